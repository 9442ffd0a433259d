"""A CSV of producer prices (series_id, date, price) beside a panel of shelf prices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from forecasting.market.grade_index import grade_index
from forecasting.market.producer_price import producer_price_changes
from forecasting.offline.read_prices import read_price_file
from forecasting.panel import Panel
from forecasting.series import Series
from scraping.errors import BadFile


def with_producer_price(panel: Panel, path: Path) -> Panel:
    """The panel with the producer price as it was known on each of its days; several series become one index.

    Raises BadFile where the file cannot be read, or the panel is not daily.
    """
    if panel.freq != "daily":
        raise BadFile(f"a producer price needs daily prices beside it, and the file's are {panel.freq}")
    market = read_price_file(path).panel
    catalogue = [
        Series(key, market.start, market.prices[row], market.observed[row]) for row, key in enumerate(market.keys)
    ]
    index = grade_index(catalogue)
    if index is None:
        raise BadFile(f"{path.name} holds no prices")
    series = index.series("producer_price", index.end)
    return replace(panel, producer_price=producer_price_changes(series, panel.start, panel.steps))
