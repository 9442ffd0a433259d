"""The chart's words and formats in the reader's language."""

from datetime import date

from django.utils.translation import gettext

from dashboard.charts.chart_texts import ChartTexts
from dashboard.texts import formats
from dashboard.texts.formats import day, money


def chart_words(currency: str, *, by_litre: bool) -> ChartTexts:
    """Return the words for a chart in this currency, per litre or per pack."""
    unit = "/l" if by_litre else ""
    return ChartTexts(
        low=gettext("low {price}, {day}"),
        forecast=gettext("forecast from here"),
        between=gettext("{share} of outcomes: {low} to {high}"),
        nothing=gettext("No price yet."),
        no_price=gettext("no price"),
        money=lambda amount: money(amount, currency) + unit,
        day=day,
        month=_month,
    )


def _month(first: date) -> str:
    month = formats.short_month(first)
    if first.day != 1:
        return f"{first.day} {month}"
    return f"{month}\n{first.year}" if first.month == 1 else month
