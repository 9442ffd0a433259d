"""Which advice holds on a product at the moment: one rule for lists, pages, filters and the API.

The advice of the newest served forecast holds while its deadline and its thirty days have not passed, the product is
in stock, and the price is still one the forecast can speak of: seen soon enough after it, and not a jump away.
"""

from datetime import date
from enum import StrEnum

from django.db.models import F, FloatField, Q, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast

from forecasting.features.unit_change import FACTOR, jumped
from forecasting.models import Forecast
from forecasting.models.published import STALE_AFTER, is_stale
from forecasting.panel import HORIZON
from forecasting.policy.advice import Action, Advice
from scraping.offer import OfferState


class Withheld(StrEnum):
    """Why the advice of a forecast is not given."""

    LEAPT = "leapt"
    OUTLIVED = "outlived"
    NOT_IN_STOCK = "not_in_stock"
    EXPIRED = "expired"


def why_withheld(
    advice: Advice,
    *,
    cutoff: date,
    last_price: float,
    price: float | None,
    seen_on: date | None,
    state: str | None,
    today: date,
) -> Withheld | None:
    """Return why a forecast's advice does not hold for an offer; None where it does.

    `last_price` is the price the forecast was made from, `price` the one seen last, both for the pack.
    """
    if price is not None and jumped(last_price, price):
        return Withheld.LEAPT
    if seen_on is not None and is_stale(cutoff, seen_on):
        return Withheld.OUTLIVED
    if state != OfferState.IN_STOCK:
        return Withheld.NOT_IN_STOCK
    if advice.expired(today) or (today - cutoff).days > HORIZON:
        return Withheld.EXPIRED
    return None


def products_advised(action: Action, *, today: date) -> QuerySet[Forecast, int]:
    """The ids of the products on which this advice holds, for `pk__in`: the rule of `why_withheld` as SQL."""
    within_horizon = Q(cutoff__gte=date.fromordinal(today.toordinal() - HORIZON))
    newest = Forecast.objects.served().filter(within_horizon).latest_per_product().values("pk")
    price = Cast("product__latest_spell__price", FloatField())
    forecasts = Forecast.objects.filter(pk__in=newest).annotate(
        word=KeyTextTransform("word", "advice"), until=KeyTextTransform("until", "advice"), price_now=price
    )
    advised: QuerySet[Forecast, int] = (
        forecasts.filter(word=action, product__latest_spell__state=OfferState.IN_STOCK)
        .filter(Q(until__isnull=True) | Q(until__gte=today.isoformat()))
        .filter(last_price__lte=FACTOR * F("price_now"), price_now__lte=FACTOR * F("last_price"))
        .filter(product__latest_spell__last_seen__date__lte=F("cutoff") + STALE_AFTER)
        .values_list("product_id", flat=True)
    )
    return advised
