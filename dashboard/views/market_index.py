"""The market page's part about the index: what one oil costs over all shops, where it is going, and from where."""

from dataclasses import dataclass
from urllib.parse import urlencode

from dashboard.index_chart_data import IndexMonth, index_months
from dashboard.index_data import IndexData, index_data
from dashboard.query_params.market_query import RANGES, MarketQuery
from dashboard.selectors.grades import GradeLine
from dashboard.selectors.shops import MarketMoment
from dashboard.texts.indices import index_method, index_outlook, index_sentence
from dashboard.texts.trust import trust_sentence
from forecasting.selectors.index_series import Basket


@dataclass(frozen=True, slots=True)
class ShownIndex:
    """The index with its words, its table, and the address of its chart."""

    data: IndexData
    sentence: str
    outlook: str
    method: str
    trust: str
    months: list[IndexMonth]
    address: str


def shown_index(line: GradeLine | None, query: MarketQuery, moment: MarketMoment) -> ShownIndex | None:
    """Return the index of the oil that leads the page, simulated prices apart from real ones as the lead is."""
    if line is None:
        return None
    basket = Basket(line.grade, moment.currency, simulated=line.cheapest.adapter == "demo")
    data = index_data(basket)
    if data is None:
        return None
    params = {
        "grade": basket.grade,
        "currency": basket.currency,
        "simulated": int(basket.simulated),
        "over": query.over,
    }
    return ShownIndex(
        data=data,
        sentence=index_sentence(data),
        outlook=index_outlook(data),
        method=index_method(data),
        trust=trust_sentence(data.skill),
        months=index_months(data, over=RANGES[query.over]),
        address=urlencode(params),
    )
