"""A tidy CSV of prices (series_id, date, price, ...) -> a panel on the file's own calendar."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import pandas as pd

from forecasting.features.unit_change import unit_change
from forecasting.panel import Freq, Panel
from forecasting.series import fill_forward
from scraping.tidy_csv import read_tidy_csv

ANY_CURRENCY = "EUR"  # scores are relative: the file's currency does not matter
# How many steps a price may be carried over a gap: two weeks on shelves; producer quotations are silent for
# whole weeks without a trade.
LONGEST_GAP: dict[Freq, int] = {"daily": 14, "weekly": 3, "monthly": 2}
LONGEST_GAP_IRREGULAR = 30
FREQUENCY: dict[Freq, str] = {"daily": "D", "weekly": "W-MON", "monthly": "MS"}


@dataclass(frozen=True, slots=True)
class PriceFile:
    """A file's prices on their calendar, and what a reader should know: sentences."""

    panel: Panel
    warnings: tuple[str, ...] = ()


def read_prices(path: Path) -> Panel:
    """The prices alone; see `read_price_file`."""
    return read_price_file(path).panel


def read_price_file(path: Path) -> PriceFile:
    """Read a plain or gzipped CSV; its other columns and their order do not matter. Raises BadFile.

    Each series has its own calendar; where they differ, those of the most common one are read and the others named.
    A series that changes its unit or pack on the way becomes two, before and after: neither is forecast from, nor
    scored by, prices of the other.
    """
    rows, contradictions = _rows(path)
    warnings = [f"{contradictions} rows repeat a day at another price: the lowest counts"] if contradictions else []
    calendars = rows.groupby("series_id")[["series_id", "date"]].apply(_calendar_of)
    freq = calendars.mode().iloc[0]
    for other, keys in calendars[calendars != freq].groupby(calendars):
        warnings.append(
            f"{len(keys)} series are {other} where most are {freq} ({keys.index[0]} is one): they are left out; "
            "put them into a file of their own"
        )
    rows = rows[rows["series_id"].map(calendars) == freq]
    _, gap = detect_freq(rows)
    if freq != "daily":
        rows = rows.assign(date=rows["date"].dt.to_period("W" if freq == "weekly" else "M").dt.start_time)
    twice = rows.duplicated(["series_id", "date"]) & ~rows.duplicated(["series_id", "date", "price"])
    if freq == "daily" and twice.any():
        key, day = rows.loc[twice, "series_id"].iloc[0], rows.loc[twice, "date"].iloc[0].date()
        warnings.append(f"{int(twice.sum())} days have more than one price ({key} on {day}): the last of a day counts")
    rows = rows.drop_duplicates(["series_id", "date"], keep="last")
    table = rows.pivot_table(index="series_id", columns="date", values="price", aggfunc="last")
    calendar = pd.date_range(rows["date"].min(), rows["date"].max(), freq=FREQUENCY[freq])
    seen = table.reindex(columns=calendar).to_numpy(dtype=np.float64)
    gap = gap if freq == "daily" else LONGEST_GAP[freq]
    keys = tuple(str(key) for key in table.index)
    panel = Panel(keys, calendar[0].date(), freq, fill_forward(seen, gap), np.isfinite(seen))
    split, changes = one_unit_a_row(panel)
    return PriceFile(split, (*warnings, *changes))


def one_unit_a_row(panel: Panel) -> tuple[Panel, tuple[str, ...]]:
    """The panel with a row for each unit a series was sold in, and a sentence on each change."""
    keys, prices, observed = list(panel.keys), list(panel.prices.copy()), list(panel.observed.copy())
    sentences = []
    for row in range(len(panel)):
        while (change := unit_change(prices[row], panel.start)[0]) is not None and change.confirmed:
            place = (change.day - panel.start).days  # steps, which `unit_change` takes for days
            day, steps = panel.day(place), np.arange(panel.steps)
            sentences.append(
                f"{panel.keys[row]}: the price jumps by a factor of {change.factor:.3g} on {day} and stays: another "
                "unit or pack? It is scored as two series"
            )
            keys.append(keys[row])
            prices.append(np.where(steps >= place, prices[row], np.nan))
            observed.append(observed[row] & (steps >= place))
            keys[row] = f"{panel.keys[row]} before {day}"
            prices[row] = np.where(steps < place, prices[row], np.nan)
            observed[row] = observed[row] & (steps < place)
    return replace(panel, keys=tuple(keys), prices=np.array(prices), observed=np.array(observed)), tuple(sentences)


def _calendar_of(rows: pd.DataFrame) -> str:
    """The frequency of one series."""
    return detect_freq(rows)[0]


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


def _rows(path: Path) -> tuple[pd.DataFrame, int]:
    """Series, day and price of every row with a price, and how many rows repeat a moment at another price."""
    tidy = read_tidy_csv(path, currency=ANY_CURRENCY, gaps=True)
    rows = [
        (series, second, price) for series, prices in tidy.prices.items() for second, price in sorted(prices.items())
    ]
    table = pd.DataFrame(rows, columns=["series_id", "date", "price"])
    days = pd.to_datetime(table["date"], unit="s").dt.normalize()
    return table.assign(date=days, price=table["price"].astype(float)), tidy.contradictions
