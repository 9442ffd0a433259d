"""The chart's words and formats in the reader's language."""

from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext

from dashboard.charts.chart_texts import ChartTexts
from dashboard.texts import formats
from dashboard.texts.formats import day, money
from dashboard.texts.methods import METHOD_NAMES
from dashboard.texts.price_kinds import PRICE_KINDS


def chart_words(currency: str, *, by_litre: bool) -> ChartTexts:
    """Return the words for a chart in this currency, per litre or per pack."""
    unit = "/l" if by_litre else ""
    return ChartTexts(
        price=gettext("Price"),
        list_price=gettext("List price"),
        kinds={kind: capfirst(str(name)) for kind, name in PRICE_KINDS.items()},
        methods={method: str(name) for method, name in METHOD_NAMES.items()},
        low=gettext("low {price}, {day}"),
        forecast=gettext("forecast from here"),
        expected=gettext("expected"),
        between=gettext("{share} of outcomes: {low} to {high}"),
        nothing=gettext("No price yet."),
        money=lambda amount: money(amount, currency) + unit,
        day=day,
        month=_month,
    )


def _month(first: date) -> str:
    month = formats.short_month(first)
    if first.day != 1:
        return f"{first.day} {month}"
    return f"{month}\n{first.year}" if first.month == 1 else month
