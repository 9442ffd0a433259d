"""A chart with all that a chart can have, for the tests of its pictures."""

from dataclasses import replace
from datetime import date, timedelta

from dashboard.charts.fan import Fan
from dashboard.charts.time_chart import GapDays, TimeChart, days_line, forecast_line

HOSTILE = "<img src=x onerror=alert(1)>"
BEGIN = date(2026, 1, 1)
DAY = timedelta(days=1)


def days(first, last, price):
    """The same price for some days, by their numbers."""
    return {BEGIN + number * DAY: price for number in range(first, last + 1)}


def full_chart(**more):
    """Sixty days at 10, 30 at 8, twenty without a price, ten at 9; a list price, a weekly line, a fan and Prophet."""
    prices = days(0, 59, 10.0) | days(60, 89, 8.0) | days(110, 119, 9.0)
    fan = Fan(
        cutoff=BEGIN + 119 * DAY,
        last_price=9.0,
        levels=(0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975),
        quantiles=tuple((8.0 - h / 100, 8.4, 8.8, 9.0, 9.2, 9.5, 10.0 + h / 100) for h in range(30)),
        point=(8.95,) * 30,
    )
    chart = TimeChart(
        begin=BEGIN,
        end=BEGIN + 119 * DAY,
        lines=(
            days_line("price", f"Price {HOSTILE}", prices),
            days_line("list", "List price", days(0, 40, 11.0)),
            days_line(
                "producer_price", "Producer price", {BEGIN + n * DAY: 6 + n / 100 for n in range(100)}, steps=False
            ),
        ),
        forecasts=(
            forecast_line(fan, key="fan", name="Forecast"),
            forecast_line(replace(fan, point=(8.5,) * 30), key="prophet", name="Prophet", shares=("80",)),
        ),
        gaps=(GapDays(BEGIN + 90 * DAY, BEGIN + 109 * DAY, HOSTILE),),
        marks_low=True,
    )
    return replace(chart, **more)
