"""Retraining a large catalogue by the platform's own task on two real Celery workers, beside stock Prophet in a loop.

`python -m benchmarks.retraining`; the prices are read from ../shared or OILWATCH_SHARED.
"""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import numpy as np

from benchmarks.data_folder import fresh_platform
from benchmarks.forecasting import CATALOGUE, DAYS, SETS, folder, long_catalogue
from forecasting.evaluation.stock_prophet import fit_stock
from forecasting.offline.read_prices import read_prices
from forecasting.series import Series

WORKERS = 2
STOCK_FITS = 24
LONGEST_WAIT = 600.0  # seconds for one training
GOAL_HOURLY, GOAL_RATIO, GOAL_WITH_CURVES = 400_000, 15.0, 5.0
ABOUT = f"""{CATALOGUE} series of {DAYS} days in PostgreSQL, ordered like any training and made by a Celery worker
with {WORKERS} processes: read, cross-validated, forecast, scored, compared with the champion and published. Stock
Prophet fits and forecasts in a loop, in memory; its hourly figure counts both cores. Peak MB is of the largest
process."""
SHELVES = {"shelves": "Ocado basket", "markets": "Indonesian cooking oil"}


def write_prices(catalogue: list[Series], path: Path) -> None:
    """The catalogue as a tidy CSV, the way prices come into the platform."""
    with path.open("w", encoding="utf-8") as file:
        file.write("series_id,date,price,currency\n")
        for series in catalogue:
            for place, price in enumerate(series.prices):
                file.write(f"{series.key},{series.start + timedelta(days=place)},{price:.2f},EUR\n")


@dataclass(slots=True)
class Peak:
    """MB of the largest worker process, known when the workers have ended."""

    megabytes: float = 0.0


def import_file(path: Path) -> None:
    """Import prices by the command, in a process of its own.

    A child's peak counts what its parent held when it was started: this process has to stay small.
    """
    subprocess.run([sys.executable, "manage.py", "import_prices", str(path)], check=True, capture_output=True)


@contextmanager
def workers() -> Iterator[Peak]:
    """Worker processes as the Procfile starts them, gone afterwards."""
    options = {"queues": "default,train", "concurrency": str(WORKERS), "loglevel": "ERROR"}
    text = [word for name, value in options.items() for word in (f"--{name}", value)]
    running = subprocess.Popen([sys.executable, "-m", "celery", "--quiet", "--app", "oilwatch", "worker", *text])
    peak = Peak()
    try:
        yield peak
    finally:
        running.terminate()
        _, status, usage = os.wait4(running.pid, 0)  # of the worker and of the processes it waited for
        running.returncode = os.waitstatus_to_exitcode(status)
        peak.megabytes = usage.ru_maxrss / 1024


def trained() -> float:
    """Seconds from the order to the publication of one training of everything."""
    from forecasting.models import Training, TrainingStatus
    from forecasting.services.order_training import order_training

    began = time.perf_counter()
    training = order_training(source="command")
    while (status := Training.objects.values_list("status", flat=True).get(pk=training.pk)) in ("queued", "running"):
        if time.perf_counter() - began > LONGEST_WAIT:
            raise TimeoutError(f"the training is still {status}")
        time.sleep(0.05)
    if status != TrainingStatus.DONE:
        raise RuntimeError(Training.objects.get(pk=training.pk).reason)
    return time.perf_counter() - began


def stock_seconds(catalogue: list[Series]) -> float:
    """Seconds a series takes stock Prophet, fitted and asked for 30 days, one after the other on one core."""
    days = np.arange(DAYS, dtype=float) + 19_000
    ahead = days[-1] + np.arange(1, 31)
    chosen = catalogue[:: len(catalogue) // STOCK_FITS][:STOCK_FITS]
    fit_stock((days, chosen[0].prices, ahead))  # imports and the first start of Stan are nobody's fault
    began = time.perf_counter()
    for series in chosen:
        fit_stock((days, series.prices, ahead))
    return (time.perf_counter() - began) / len(chosen)


def measured(label: str) -> tuple[float, float]:
    """Seconds of one training of the catalogue on a platform of its own, and MB of the largest process meanwhile."""
    fresh_platform()
    from forecasting.models import Forecast

    catalogue = long_catalogue(read_prices(folder() / SETS[SHELVES[label]]))
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / f"{label}.csv"
        write_prices(catalogue, path)
        import_file(path)
    with workers() as peak:
        trained()  # the first one starts the workers and imports the libraries
        seconds = min(trained() for _ in range(2))
    if Forecast.objects.values("product").distinct().count() < 0.9 * CATALOGUE:
        raise RuntimeError("fewer than 90 % of the series have a forecast")
    return seconds, peak.megabytes


def _in_a_process(label: str, *, curves: bool) -> tuple[float, float]:
    """The same in a process of its own: published forecasts are never deleted, so each catalogue needs a platform."""
    environment = {**os.environ, "OILWATCH_PROPHET_CURVES": str(curves).lower(), "OILWATCH_LEADERBOARD_DAYS": "0"}
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.retraining", label],
        env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds, megabytes = done.stdout.split()[-2:]
    return float(seconds), float(megabytes)


def section() -> str:
    """Return the figures as a section of the benchmark report."""
    rows = [
        "## Retraining a catalogue on two workers",
        "",
        ABOUT,
        "",
        "| catalogue | Prophet curves | seconds | series an hour | stock Prophet's | times as many | peak MB | goal |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for label, name in SHELVES.items():
        stock = WORKERS * 3600 / stock_seconds(long_catalogue(read_prices(folder() / SETS[name])))
        for curves in (False, True):
            seconds, megabytes = _in_a_process(label, curves=curves)
            hourly = CATALOGUE / seconds * 3600
            least, times = (0, GOAL_WITH_CURVES) if curves else (GOAL_HOURLY, GOAL_RATIO)
            held = hourly >= least and hourly >= times * stock
            goal = f"{times:.0f} x" if curves else f"{least:,} and {times:.0f} x"
            rows.append(
                f"| {label} | {'yes' if curves else 'no'} | {seconds:.1f} | {hourly:,.0f} | {stock:,.0f} "
                f"| {hourly / stock:.1f} x | {megabytes:.0f} | {goal}: {'held' if held else 'MISSED'} |"
            )
    return "\n".join(rows)


if __name__ == "__main__":
    print(*measured(sys.argv[1])) if len(sys.argv) > 1 else print(section())
