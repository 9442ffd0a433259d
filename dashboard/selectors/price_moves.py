"""How far prices have moved by their last visit, computed by PostgreSQL: over so many days, and above the year's low.

As SQL it costs four index look-ups a product, so that a table can be sorted by it; in Python it would mean fetching a
year of spells for every product.
"""

from datetime import timedelta

from django.db.models import Case, Exists, F, FloatField, OuterRef, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast

from scraping.models import PriceSpell

YEAR = timedelta(days=365)
FEWEST_DAYS = timedelta(days=30)  # a shorter history has no low worth a distance from it
LAST_VISIT = "latest_spell__last_seen"


def change_over(days: int) -> Combinable:
    """Return the relative change over so many days; null where no price stood then, or none stands now."""
    then = OuterRef(LAST_VISIT) - Value(timedelta(days=days))
    spells = PriceSpell.objects.own().filter(
        product=OuterRef("pk"),
        first_seen__lte=then,
        last_seen__gte=then - OuterRef("shop__max_gap"),
    )
    return _relative_to(Subquery(spells.order_by("-first_seen").values("price")[:1]))


def above_low() -> Combinable:
    """Return how far the price lies above its lowest of 365 days, as a share; null for less than 30 days of history."""
    year = PriceSpell.objects.own().filter(product=OuterRef("pk"), last_seen__gte=OuterRef(LAST_VISIT) - Value(YEAR))
    enough = year.filter(first_seen__lte=OuterRef(LAST_VISIT) - Value(FEWEST_DAYS))
    low = Subquery(year.filter(price__isnull=False).order_by("price").values("price")[:1])
    return Case(When(Exists(enough), then=_relative_to(low)), output_field=FloatField())


def _relative_to(price: Subquery) -> Combinable:
    return Cast(F("latest_spell__price"), FloatField()) / Cast(price, FloatField()) - Value(1.0)


MOVES = {
    "change_7": change_over(7),
    "change_30": change_over(30),
    "change_365": change_over(365),
    "above_low": above_low(),
}
