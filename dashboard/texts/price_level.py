"""How today's price compares with its own past year: the sentence people quote."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import ngettext

from dashboard.history import Statistics
from dashboard.texts import formats

FEWEST_DAYS = 30


@dataclass(frozen=True, slots=True)
class PriceLevel:
    """How far today's price is `above` the low of so many months, as a share of it; 0 at the low itself."""

    above: float
    months: int


def level_of(price: Decimal | None, figures: Statistics | None) -> PriceLevel | None:
    """Where a price stands against its low; None where there is no price or too short a past."""
    if figures is None or price is None or figures.days < FEWEST_DAYS:
        return None
    months = max(1, min(12, round((figures.last - figures.first).days / 30.4)))
    at_low = float(price) <= figures.low * 1.0001
    return PriceLevel(0.0 if at_low else float(price) / figures.low - 1, months)


def standing(price: Decimal | None, figures: Statistics | None, currency: str) -> str:
    """Say how far above its low the price is; empty where there is no price or too short a past."""
    level = level_of(price, figures)
    if level is None or figures is None:
        return ""
    if level.above == 0:
        text = ngettext(
            "The lowest price of the last month.", "The lowest price of the last %(months)s months.", level.months
        )
        return text % {"months": level.months}
    text = ngettext(
        "%(share)s above its low of the last month (%(low)s).",
        "%(share)s above its low of the last %(months)s months (%(low)s).",
        level.months,
    )
    return text % {
        "share": formats.percent(level.above),
        "months": level.months,
        "low": formats.money(figures.low, currency),
    }
