"""A tidy CSV of prices (series_id, date, price, ...) -> a panel on the file's own calendar."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd

from forecasting.panel import Freq, Panel
from forecasting.series import fill_forward

NEEDED = ("series_id", "date", "price")
# How many steps a price may be carried over a gap: two weeks on shelves; producer quotations are silent for
# whole weeks without a trade.
LONGEST_GAP: dict[Freq, int] = {"daily": 14, "weekly": 3, "monthly": 2}
LONGEST_GAP_IRREGULAR = 30
FREQUENCY: dict[Freq, str] = {"daily": "D", "weekly": "W-MON", "monthly": "MS"}


class BadFile(ValueError):
    """The file is no tidy price file; the message says what to change."""


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
    """The three columns, parsed and checked."""
    try:
        rows = pd.read_csv(path, dtype={"series_id": str})
    except FileNotFoundError as error:
        raise BadFile(f"{path}: there is no such file") from error
    except (OSError, UnicodeDecodeError, pd.errors.ParserError, pd.errors.EmptyDataError) as error:
        raise BadFile(f"{path}: not a readable CSV ({error}); give a plain or .gz CSV with a header") from error
    missing = [name for name in NEEDED if name not in rows.columns]
    if missing:
        raise BadFile(f"{path}: missing column {', '.join(missing)}; the header must name {', '.join(NEEDED)}")
    if rows.empty:
        raise BadFile(f"{path}: there are no rows; give at least a few weeks of prices")
    dates = pd.to_datetime(rows["date"], errors="coerce", format="ISO8601", utc=True).dt.tz_localize(None)
    prices = pd.to_numeric(rows["price"], errors="coerce")
    _refuse(path, rows, dates.isna(), "date", "write dates as 2026-01-31")
    # an empty price is a day without an offer; words are mistakes
    _refuse(path, rows, prices.isna() & rows["price"].notna(), "price", "write prices as 12.34")
    _refuse(path, rows, (prices <= 0) | np.isinf(prices), "price", "leave days without an offer out")
    parsed = pd.DataFrame({"series_id": rows["series_id"], "date": dates.dt.normalize(), "price": prices})
    parsed = parsed.dropna()
    if parsed.empty:
        raise BadFile(f"{path}: no row has a price; give at least a few weeks of prices")
    return parsed


def _refuse(path: Path, rows: pd.DataFrame, wrong: pd.Series[bool], column: str, remedy: str) -> None:
    if wrong.any():
        place = int(np.flatnonzero(wrong.to_numpy())[0])
        value = str(rows[column].iloc[place])
        raise BadFile(
            f"{path}: {int(wrong.sum())} rows have an unusable {column}, first on line {place + 2}: {value!r}; {remedy}"
        )
