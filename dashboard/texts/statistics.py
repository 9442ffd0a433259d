"""The statistics of each kind of price with its name and the heads of its columns."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from dashboard.price_statistics import AVERAGED, PriceStatistics
from dashboard.texts.price_kinds import PRICE_KINDS
from dashboard.texts.states import Text


@dataclass(frozen=True, slots=True)
class StatisticsLine:
    """One kind of price: its averages stand beside the heads of their columns, short for a phone."""

    name: Text
    figures: PriceStatistics
    averages: list[tuple[str, float | None]]


def statistics_lines(figures: Sequence[PriceStatistics]) -> list[StatisticsLine]:
    """Return a line for each kind; the price of the chart has no kind of its own."""
    heads = [gettext("avg. %(days)s d") % {"days": over.days} for over in AVERAGED]
    return [
        StatisticsLine(
            PRICE_KINDS.get(each.kind) or gettext("Price"), each, list(zip(heads, each.averages, strict=True))
        )
        for each in figures
    ]
