"""A chart's figures for the page's script, small: runs of equal days, differences between prices. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby, pairwise

from dashboard.charts.chart_texts import ChartTexts
from dashboard.charts.time_chart import TimeChart
from dashboard.charts.time_svg import frame_of

READ_BAND = "80"  # the one whose ends are read at a day
UNIT = 10_000  # a price is sent in ten-thousandths, as prices per litre are kept


def payload(chart: TimeChart, texts: ChartTexts, *, first: date, last: date) -> dict[str, object]:
    """Return what is shown between two days as JSON values, and where: days are numbers from `begin` on.

    `frame`: the days and the prices at the edges of the plot; null where nothing is drawn.
    """
    frame = frame_of(chart, first, last)

    def place(day: date) -> int:
        return (day - chart.begin).days

    return {
        "begin": chart.begin.isoformat(),
        "end": place(chart.end),
        "frame": frame and [place(frame.first), place(frame.last), frame.low, frame.high],
        "texts": {"between": texts.between, "none": texts.no_price},
        "lines": [
            {
                "key": line.key,
                "name": line.name,
                "label": line.label,
                "start": place(max(line.start, first)),
                "runs": runs(value for _, value in line.within(first, last)),
            }
            for line in chart.lines
            if line.shown
        ],
        "forecasts": [
            {
                "key": each.key,
                "name": each.name,
                "start": place(each.cutoff),
                "values": differences(each.values),
                "bands": [
                    [differences(band.low), differences(band.high)] for band in each.bands if band.share == READ_BAND
                ],
            }
            for each in chart.forecasts
            if each.shown
        ],
        "gaps": [[place(gap.first), place(gap.last), gap.reason] for gap in chart.gaps],
    }


def runs(values: Iterable[float | None]) -> list[int | None]:
    """Return pairs, flat: how many days a price stood, and its difference from the price before (None: no price)."""
    flat: list[int | None] = []
    before = 0
    for price, days in groupby(None if value is None else round(value * UNIT) for value in values):
        flat += [len(list(days)), None if price is None else price - before]
        before = before if price is None else price
    return flat


def differences(values: Sequence[float]) -> list[int]:
    """Return each price as its difference from the one before; the first from zero."""
    whole = [0, *(round(value * UNIT) for value in values)]
    return [price - before for before, price in pairwise(whole)]
