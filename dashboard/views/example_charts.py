"""A good and a bad forecast as pictures on the accuracy page, each with the prices that followed."""

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext

from dashboard.charts.time_chart import TimeChart, days_line, forecast_line
from dashboard.charts.time_svg import time_svg
from dashboard.selectors.example_forecasts import ExampleForecast, Examples
from dashboard.texts.charts import chart_words
from dashboard.texts.formats import day, percent


@dataclass(frozen=True, slots=True)
class ShownExample:
    """One forecast with its picture and a sentence on how far off it was."""

    title: str
    product_id: int
    name: str
    picture: SafeString
    sentence: str


def shown_examples(examples: Examples | None) -> list[ShownExample]:
    """The good one, then the bad one; empty without any."""
    if examples is None:
        return []
    return [
        _shown(gettext("A good forecast"), examples.good),
        _shown(gettext("A bad forecast"), examples.bad),
    ]


def _shown(title: str, example: ExampleForecast) -> ShownExample:
    divisor = example.litres or 1.0
    fan = forecast_line(example.fan, key="fan", name=gettext("Forecast"), divisor=divisor)
    begin, end = min(example.prices), max(example.prices)
    chart = TimeChart(
        begin=begin,
        end=end,
        lines=(days_line("price", gettext("Price"), example.prices, divisor=divisor),),
        forecasts=(fan,),
    )
    values = {
        "day": day(example.fan.cutoff),
        "error": percent(example.error, places=1),
        "naive": percent(example.naive, places=1),
    }
    sentence = gettext(
        "Forecast of %(day)s: off by %(error)s on average over 30 days; “no change” would have been off by %(naive)s."
    )
    label = gettext("Chart of a forecast with its range, and the prices that came; the sentence below says the same")
    texts = chart_words(example.currency, by_litre=example.litres is not None)
    picture = time_svg(chart, texts, first=begin, last=max(end, fan.end), label=label)
    return ShownExample(
        title=title,
        product_id=example.product_id,
        name=example.name,
        picture=mark_safe(picture),  # noqa: S308 - numbers and escaped texts
        sentence=sentence % values,
    )
