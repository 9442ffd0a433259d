"""Retraining a shop of 20,000 products that were looked at weekly for two years, on two real Celery workers.

`python -m benchmarks.retraining_many`; the prices are read from ../shared or OILWATCH_SHARED.
"""

import os
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from benchmarks.data_folder import fresh_platform
from benchmarks.forecasting import SETS, folder
from benchmarks.retraining import WORKERS, import_file, trained, workers
from forecasting.offline.read_prices import read_prices
from forecasting.panel import Panel

SIZES = (2_000, 5_000, 20_000)
DAYS, LOOK_EVERY, BEGIN = 728, 7, date(2024, 1, 1)
PRICES = "Indonesian cooking oil"  # of which nearly every look brings another price: as many spells as looks
GOAL_MB, LARGEST_GROWTH = 1_000, 1.1  # of the time a series takes in the largest shop, as a multiple of the smallest's
ABOUT = f"""One shop of {DAYS // LOOK_EVERY} weekly looks at each product, in PostgreSQL as spells, retrained by the
platform's own task on a Celery worker with {WORKERS} processes. Peak MB is of the largest process. Goals: under
{GOAL_MB:,} MB, and a series of the largest shop takes at most {LARGEST_GROWTH:.1f} times as long as one of
the smallest."""


def write_looks(panel: Panel, series: int, path: Path) -> None:
    """Real series, each begun elsewhere and looked at once a week, as a tidy CSV."""
    rng = np.random.default_rng(0)
    with path.open("w", encoding="utf-8") as file:
        file.write("series_id,date,price,currency\n")
        for number in range(series):
            known = panel.prices[number % len(panel)]
            prices = np.roll(np.resize(known[np.isfinite(known)], DAYS), int(rng.integers(DAYS)))
            for day in range(0, DAYS, LOOK_EVERY):
                file.write(f"{number},{BEGIN + timedelta(days=day)},{prices[day]:.2f},EUR\n")


def measured(series: int) -> tuple[int, float, float]:
    """Spells, seconds of one training on a platform of its own, and MB of the largest process meanwhile."""
    fresh_platform()
    from forecasting.models import Forecast
    from scraping.models import PriceSpell

    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "looks.csv"
        write_looks(read_prices(folder() / SETS[PRICES]), series, path)
        import_file(path)
    with workers() as peak:
        trained()  # the first one starts the workers and imports the libraries
        seconds = trained()
    if Forecast.objects.values("product").distinct().count() < 0.9 * series:
        raise RuntimeError("fewer than 90 % of the series have a forecast")
    return PriceSpell.objects.count(), seconds, peak.megabytes


def _in_a_process(series: int) -> tuple[int, float, float]:
    """The same in a process of its own: published forecasts are never deleted, so each shop needs a platform."""
    environment = {**os.environ, "OILWATCH_PROPHET_CURVES": "false", "OILWATCH_LEADERBOARD_DAYS": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.retraining_many", str(series)],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    spells, seconds, megabytes = done.stdout.split()[-3:]
    return int(spells), float(seconds), float(megabytes)


def section() -> str:
    """Return the figures as a section of the benchmark report."""
    rows = [
        "## Retraining a shop of many products",
        "",
        ABOUT,
        "",
        "| products | spells | seconds | series an hour | peak MB | goal |",
        "|---|---|---|---|---|---|",
    ]
    each = []
    for series in SIZES:
        spells, seconds, megabytes = _in_a_process(series)
        each.append(seconds / series)
        held = megabytes < GOAL_MB and each[-1] <= LARGEST_GROWTH * each[0]
        rows.append(
            f"| {series:,} | {spells:,} | {seconds:.1f} | {3600 * series / seconds:,.0f} | {megabytes:.0f} "
            f"| {'held' if held else 'MISSED'} |"
        )
    return "\n".join(rows)


if __name__ == "__main__":
    print(*measured(int(sys.argv[1]))) if len(sys.argv) > 1 else print(section())
