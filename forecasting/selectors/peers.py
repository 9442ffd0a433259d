"""Other shops of a country, whose shelves teach a shop with few products of its own."""

from datetime import date

from django.db.models import Count, Q

from forecasting.selection.propose import MOST_TRAIN
from forecasting.selectors.catalogue import catalogue_until
from forecasting.series import Series
from scraping.models import Adapter, Product, Shop


def peer_shops(shop: Shop) -> list[Shop]:
    """The shops of the same country and currency, the largest first; none for a shop that can fill a model by itself.

    Simulated prices teach simulated ones alone. A shop of no known country has no peers.
    """
    if not shop.country or Product.objects.filter(shop=shop).count() >= MOST_TRAIN:
        return []
    simulated = Q(adapter=Adapter.DEMO)
    shops = Shop.objects.filter(simulated if shop.adapter == Adapter.DEMO else ~simulated)
    shops = shops.filter(country=shop.country, currency=shop.currency).exclude(pk=shop.pk)
    return list(shops.annotate(size=Count("products")).filter(size__gt=0).order_by("-size", "pk"))


def peers_of(shops: list[Shop], *, until: date) -> list[Series]:
    """The daily series of these shops' products up to a day, at most as many as a model learns from."""
    peers: list[Series] = []
    for shop in shops:
        peers += catalogue_until(shop, until, most=MOST_TRAIN - len(peers))
        if len(peers) >= MOST_TRAIN:
            break
    return peers
