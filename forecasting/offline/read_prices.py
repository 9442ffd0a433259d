"""A tidy CSV of prices (series_id, date, price, ...) -> a panel on the file's own calendar."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from forecasting.panel import Freq, Panel
from forecasting.series import fill_forward
from scraping.tidy_csv import read_tidy_csv

ANY_CURRENCY = "EUR"  # scores are relative: the file's currency does not matter
# How many steps a price may be carried over a gap: two weeks on shelves; producer quotations are silent for
# whole weeks without a trade.
LONGEST_GAP: dict[Freq, int] = {"daily": 14, "weekly": 3, "monthly": 2}
LONGEST_GAP_IRREGULAR = 30
FREQUENCY: dict[Freq, str] = {"daily": "D", "weekly": "W-MON", "monthly": "MS"}


def read_prices(path: Path) -> Panel:
    """Read a plain or gzipped CSV; its other columns and their order do not matter. Raises BadFile."""
    rows = _rows(path)
    freq, gap = detect_freq(rows)
    if freq == "weekly":
        rows = rows.assign(date=rows["date"].dt.to_period("W").dt.start_time)
    elif freq == "monthly":
        rows = rows.assign(date=rows["date"].dt.to_period("M").dt.start_time)
    rows = rows.drop_duplicates(["series_id", "date"], keep="last")
    table = rows.pivot_table(index="series_id", columns="date", values="price", aggfunc="last")
    calendar = pd.date_range(rows["date"].min(), rows["date"].max(), freq=FREQUENCY[freq])
    seen = table.reindex(columns=calendar).to_numpy(dtype=np.float64)
    keys = tuple(str(key) for key in table.index)
    return Panel(keys, calendar[0].date(), freq, fill_forward(seen, gap), np.isfinite(seen))


def detect_freq(rows: pd.DataFrame) -> tuple[Freq, int]:
    """The calendar of the file and the longest gap to carry a price over, from the gaps within series.

    A file is weekly or monthly when hardly any two neighbouring rows of a series are closer than that.
    """
    ordered = rows.sort_values(["series_id", "date"])
    gaps = ordered.groupby("series_id")["date"].diff().dt.days.dropna().to_numpy()
    gaps = gaps[gaps > 0]
    typical = float(np.median(gaps)) if len(gaps) else 1.0
    if typical >= 26:
        return "monthly", LONGEST_GAP["monthly"]
    if typical >= 4:
        return "weekly", LONGEST_GAP["weekly"]
    # trading days: a fifth of the steps skip a weekend or a day without business
    irregular = len(gaps) > 0 and float((gaps > 1).mean()) > 0.2
    return "daily", LONGEST_GAP_IRREGULAR if irregular else LONGEST_GAP["daily"]


def _rows(path: Path) -> pd.DataFrame:
    """Series, day and price of every row with a price."""
    tidy = read_tidy_csv(path, currency=ANY_CURRENCY, gaps=True)
    rows = [
        (series, second, price) for series, prices in tidy.prices.items() for second, price in sorted(prices.items())
    ]
    table = pd.DataFrame(rows, columns=["series_id", "date", "price"])
    days = pd.to_datetime(table["date"], unit="s").dt.normalize()
    return table.assign(date=days, price=table["price"].astype(float))
