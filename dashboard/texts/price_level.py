"""How today's price compares with its own past year: the sentence people quote."""

from decimal import Decimal

from django.utils.translation import ngettext

from dashboard.history import Statistics
from dashboard.texts import formats

FEWEST_DAYS = 30


def standing(price: Decimal | None, figures: Statistics | None, currency: str) -> str:
    """Say how far above its low the price is; empty where there is no price or too short a past."""
    if figures is None or price is None or figures.days < FEWEST_DAYS:
        return ""
    months = max(1, min(12, round((figures.last - figures.first).days / 30.4)))
    if float(price) <= figures.low * 1.0001:
        text = ngettext(
            "The lowest price of the last month.", "The lowest price of the last %(months)s months.", months
        )
        return text % {"months": months}
    text = ngettext(
        "%(share)s above its low of the last month (%(low)s).",
        "%(share)s above its low of the last %(months)s months (%(low)s).",
        months,
    )
    return text % {
        "share": formats.percent(float(price) / figures.low - 1),
        "months": months,
        "low": formats.money(figures.low, currency),
    }
