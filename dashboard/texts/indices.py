"""What a grade's index says, in sentences: where it stands, how it moved, where it is expected."""

from datetime import timedelta

from django.utils.translation import gettext

from dashboard.charts.fan import at_level
from dashboard.index_data import IndexData
from dashboard.texts.formats import day, per_litre, percent
from forecasting.forecasters.registry import SUM_OF_PRODUCTS

MOVES = (30, 365)


def index_sentence(index: IndexData) -> str:
    """Say the newest value and its moves; a move over a time the index does not reach back to is left out."""
    values = {"price": per_litre(index.last, index.basket.currency), "day": day(index.end)}
    moves = [
        _over(days) % {"change": percent(index.last / then - 1, places=1, signed=True)}
        for days in MOVES
        if (then := index.at(index.end - timedelta(days=days)))
    ]
    if not moves:
        return gettext("%(price)s on %(day)s.") % values
    return gettext("%(price)s on %(day)s: %(moves)s.") % {**values, "moves": ", ".join(moves)}


def _over(days: int) -> str:
    return gettext("%(change)s in a year") if days == 365 else gettext("%(change)s in 30 days")


def index_outlook(index: IndexData) -> str:
    """Say where the index is expected at the end of its forecast; empty without one."""
    fan, currency = index.fan, index.basket.currency
    if fan is None:
        return ""
    return gettext("In %(days)s days: %(point)s expected, 80%% of outcomes between %(low)s and %(high)s.") % {
        "days": len(fan.point),
        "point": per_litre(fan.point[-1], currency),
        "low": per_litre(at_level(fan, 0.10)[-1], currency),
        "high": per_litre(at_level(fan, 0.90)[-1], currency),
    }


def index_method(index: IndexData) -> str:
    """Say what the forecast is made of; empty without one, and for one that an earlier version made otherwise."""
    if index.method != SUM_OF_PRODUCTS:
        return ""
    return gettext(
        "The forecast is the sum of its products: it moves by the mean of the changes forecast for them, so it agrees "
        "with their own forecasts. The width of the bands comes from the spread of those and from past errors."
    )
