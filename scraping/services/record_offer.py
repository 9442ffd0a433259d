"""Record one observation of an offer, or take one back: extend, open, join or split spells."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from scraping.models import PriceSpell, Product
from scraping.services.spell_rows import point_to_latest, replace, spell_of
from scraping.spells import Terms, from_seconds, group, merge, to_seconds


@transaction.atomic
def record_offer(*, product_id: int, at: datetime, terms: Terms) -> bool:
    """Record that these terms were seen at this moment; returns whether any spell changed.

    The same observation again, late or out of order, gives the same rows: only the spells around it are regrouped,
    which is enough because a spell's borders depend on neighbouring observations alone.
    """
    product = Product.objects.select_for_update(of=("self",)).select_related("shop").get(pk=product_id)
    moment = from_seconds(to_seconds(at))
    rows = _around(product, moment, product.shop.max_gap)
    observations = merge((spell_of(row) for row in rows), [(to_seconds(moment), terms)])
    changed = replace(product, rows=rows, spells=group(observations, max_gap=product.shop.max_gap))
    if changed:
        point_to_latest([product.pk])
    return changed


@transaction.atomic
def forget_observation(*, product_id: int, at: datetime) -> bool:
    """Take back what was recorded at this moment: the other observations stay; returns whether any spell changed."""
    product = Product.objects.select_for_update(of=("self",)).select_related("shop").get(pk=product_id)
    moment = from_seconds(to_seconds(at))
    rows = _around(product, moment, product.shop.max_gap)
    observations = merge((spell_of(row) for row in rows), ())
    observations.pop(to_seconds(moment), None)
    changed = replace(product, rows=rows, spells=group(observations, max_gap=product.shop.max_gap))
    if changed:
        point_to_latest([product.pk])
    return changed


def _around(product: Product, moment: datetime, max_gap: timedelta) -> list[PriceSpell]:
    """The spells that hold the moment or begin or end so near that it could join them."""
    return list(
        PriceSpell.objects.filter(
            Q(last_seen__gte=moment - max_gap) & Q(first_seen__lte=moment + max_gap), product=product
        ).order_by("first_seen")
    )
