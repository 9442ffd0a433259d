"""What the picture of a shared link says."""

from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext

from dashboard.chart_data import price_chart
from dashboard.charts.share_picture import ShareCard
from dashboard.history import daily, joined, statistics_over
from dashboard.index_chart_data import index_chart
from dashboard.index_data import IndexData, index_data
from dashboard.query_params.market_query import RANGES, USUAL
from dashboard.selectors.product import ProductFacts, product_facts, product_stretches
from dashboard.selectors.shops import market_moment, shop_lines
from dashboard.texts import formats
from dashboard.texts.indices import index_outlook, index_sentence
from dashboard.texts.product_advice import outlook_that_holds, product_advice
from dashboard.texts.states import GRADES, STATES
from forecasting.selectors.index_series import Basket
from scraping.grade import Grade
from scraping.models import Adapter

YEAR = RANGES[USUAL]


def product_card(product_id: int, now: datetime) -> ShareCard | None:
    """The card of a product with a year of its prices; None for an unknown one."""
    facts = product_facts(product_id)
    if facts is None:
        return None
    spells = product_stretches(product_id)
    prices = daily(joined(spells, max_gap=facts.max_gap), max_gap=facts.max_gap)
    outlook, leapt = outlook_that_holds(facts)
    data = price_chart(facts, spells, outlook, {}, [])
    advice = product_advice(facts, statistics_over(prices, YEAR), outlook, now, leapt=leapt)
    number, detail = _price(facts)
    return ShareCard(
        title=facts.name,
        number=number,
        detail=detail,
        advice=advice.sentence,
        tone=advice.word,
        foot=_foot(facts),
        chart=data.chart if data else None,
        first=data.chart.window(YEAR)[0] if data else None,
    )


def _price(facts: ProductFacts) -> tuple[str, str]:
    """The leading figure and what stands beside it."""
    if facts.price is None:
        return capfirst(str(STATES.get(facts.state or "", ""))), ""
    price = formats.money(facts.price, facts.currency)
    if facts.per_litre is None or facts.litres is None:
        return price, gettext("for the pack; volume not known")
    beside = gettext("for %(litres)s") % {"litres": formats.litres(facts.litres)}
    return formats.per_litre(facts.per_litre, facts.currency), f"{price} {beside}"


def _foot(facts: ProductFacts) -> str:
    """Where the price is from and when it was seen; a made-up one says so."""
    parts = [facts.shop]
    if facts.seen:
        parts.append(gettext("checked on %(day)s") % {"day": formats.day(facts.seen.date())})
    if facts.adapter == Adapter.DEMO:
        parts.append(gettext("simulated price"))
    return " · ".join(parts)


def market_card(now: datetime) -> ShareCard | None:
    """The card of the market: a litre of extra virgin; simulated prices only where there are no real ones."""
    currency = market_moment(shop_lines(), shop="", now=now).currency
    baskets = (Basket(Grade.EXTRA_VIRGIN.value, currency, simulated=simulated) for simulated in (False, True))
    index = next((data for basket in baskets if (data := index_data(basket))), None)
    return _index_card(index) if index else None


def _index_card(index: IndexData) -> ShareCard:
    grade, chart = str(GRADES[index.basket.grade]), index_chart(index)
    parts = [gettext("price index, all shops"), formats.day(index.end)]
    if index.basket.simulated:
        parts.append(gettext("simulated prices"))
    return ShareCard(
        title=grade,
        number=formats.per_litre(index.last, index.basket.currency),
        detail="",
        advice=index_outlook(index) or index_sentence(index),
        tone="",
        foot=" · ".join(parts),
        chart=chart,
        first=chart.window(YEAR)[0],
    )
