"""A shop's shelves as daily series, all to the same last day."""

import zoneinfo
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import numpy as np
from django.db.models import Exists, F, OuterRef, QuerySet
from django.utils import timezone

from forecasting.selection.propose import spread
from forecasting.selectors.spell_days import spell_days
from forecasting.series import Series, series_of_many
from scraping.models import Adapter, PriceSpell, Product, Shop

CHUNK = 1_000  # products at a time
LONGEST_HISTORY = timedelta(days=1100)  # three years: older shelves say nothing about the next month


def catalogue_of(shop: Shop, *, product_ids: Iterable[int] = (), moment: datetime | None = None) -> list[Series]:
    """The daily price series of a shop's products (keys are product ids), all to the same last day.

    That day is today (or the day of `moment`) for a shop that is visited, and the newest imported day for an
    import.
    """
    zone = zoneinfo.ZoneInfo(shop.timezone)
    rows = _spells(shop)
    newest = rows.order_by("-last_seen").values_list("last_seen", flat=True).first()
    if newest is None:
        return []
    until = (newest if shop.adapter == Adapter.IMPORT else moment or timezone.now()).astimezone(zone).date()
    wanted = list(product_ids)
    if wanted:
        rows = rows.filter(product__in=wanted)
    return _series(rows.filter(last_seen__gte=newest - LONGEST_HISTORY), shop, until, zone)


def catalogue_until(shop: Shop, until: date, *, most: int) -> list[Series]:
    """The daily series of `most` of a shop's products, spread over all of them, as they were known on a day."""
    zone = zoneinfo.ZoneInfo(shop.timezone)
    chosen = ids_to_learn_from(shop, most=most)
    after = datetime.combine(until + timedelta(days=1), time(), zone)
    rows = _spells(shop).filter(product__in=chosen, first_seen__lt=after, last_seen__gte=after - LONGEST_HISTORY)
    return _series(rows, shop, until, zone)


def _spells(shop: Shop) -> QuerySet[PriceSpell]:
    return PriceSpell.objects.own().filter(product__shop=shop, price__isnull=False).order_by("product_id", "first_seen")


def ids_of_share(shop: Shop, *, share: int, shares: int) -> list[int]:
    """The products of one of so many shares of a shop, by the ids: another product changes the share of none."""
    return list(
        Product.objects.filter(shop=shop)
        .alias(remainder=F("pk") % shares)
        .filter(remainder=share)
        .order_by("pk")
        .values_list("pk", flat=True)
    )


def ids_to_learn_from(shop: Shop, *, most: int) -> list[int]:
    """So many of a shop's products that ever had a price, spread over all of them."""
    priced = Exists(PriceSpell.objects.filter(product=OuterRef("pk"), price__isnull=False))
    products = list(Product.objects.filter(priced, shop=shop).order_by("pk").values_list("pk", flat=True))
    return [products[place] for place in spread(len(products), most)]


def _series(rows: QuerySet[PriceSpell], shop: Shop, until: date, zone: zoneinfo.ZoneInfo) -> list[Series]:
    spells = spell_days(rows, zone)
    products, owners = np.unique(spells["product"], return_inverse=True)
    grades = dict(Product.objects.filter(shop=shop).values_list("pk", "grade"))
    names = [(str(product), f"{shop.name} {grades.get(product, '')}") for product in products.tolist()]
    catalogue: list[Series] = []
    for first in range(0, len(names), CHUNK):
        chunk = names[first : first + CHUNK]
        begin, end = np.searchsorted(owners, (first, first + len(chunk)))
        own = spells[begin:end]
        days = np.stack([own["first"], own["last"]], axis=1)
        catalogue += series_of_many(chunk, owners[begin:end] - first, days, own["price"], until=until)
    return catalogue
