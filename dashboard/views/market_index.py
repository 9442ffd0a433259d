"""The market page's part about the index: what one oil costs over all shops, where it is going, and from where."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext

from dashboard.charts.chart_unit import ChartUnit
from dashboard.frame_address import frame_address
from dashboard.index_chart_data import IndexMonth, index_chart, index_months
from dashboard.index_data import IndexData, index_data
from dashboard.query_params.market_query import RANGES, MarketQuery
from dashboard.query_params.shown_kinds import ON_AN_INDEX, read_shown
from dashboard.selectors.grades import GradeLine
from dashboard.selectors.shops import MarketMoment
from dashboard.shown_chart import ShownChart, shown_chart
from dashboard.texts.indices import index_method, index_outlook, index_sentence
from dashboard.texts.trust import trust_sentence
from forecasting.selectors.index_series import Basket


@dataclass(frozen=True, slots=True)
class ShownIndex:
    """The index with its words, its table and its chart."""

    data: IndexData
    sentence: str
    outlook: str
    method: str
    trust: str
    months: list[IndexMonth]
    chart: ShownChart
    frame: str
    csv: str


def shown_index(line: GradeLine | None, query: MarketQuery, moment: MarketMoment) -> ShownIndex | None:
    """Return the index of the oil that leads the page, simulated prices apart from real ones as the lead is."""
    if line is None:
        return None
    basket = Basket(line.grade, moment.currency, simulated=line.cheapest.adapter == "demo")
    data = index_data(basket)
    if data is None:
        return None
    return ShownIndex(
        data=data,
        sentence=index_sentence(data),
        outlook=index_outlook(data),
        method=index_method(data),
        trust=trust_sentence(data.skill),
        months=index_months(data, over=RANGES[query.over]),
        chart=shown_chart(
            index_chart(data).showing(read_shown(query.show, ON_AN_INDEX)),
            ChartUnit(basket.currency, by_litre=True),
            over=query.over,
            usual=ON_AN_INDEX,
            label=gettext("Chart of the index and its forecast; the table below shows the same figures"),
        ),
        frame=frame_address("index", grade=basket.grade, currency=basket.currency, simulated=int(basket.simulated)),
        csv=f"{reverse('data')}?grade={basket.grade}&format=csv",
    )
