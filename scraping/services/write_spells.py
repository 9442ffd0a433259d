"""Write the spells of many products at once: only what changed, by COPY, in the caller's transaction."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from django.db import connection

from scraping.models import PriceSpell, Product
from scraping.services.spell_rows import columns_of, point_to_latest, spell_of
from scraping.spells import Spell

BATCH = 20_000
Key = TypeVar("Key")


def write_spells(
    *, products: Mapping[Key, Product], regrouped: Callable[[Key, Product, list[Spell]], Iterable[Spell]]
) -> tuple[int, int]:
    """Replace each product's spells by what `regrouped` makes of them; returns how many were written and removed.

    The products are locked first, so that a visit made meanwhile waits and is not lost.
    """
    ids = sorted({product.pk for product in products.values()})
    list(Product.objects.select_for_update(of=("self",)).filter(pk__in=ids).order_by("pk").values_list("pk"))
    existing: dict[int, list[PriceSpell]] = defaultdict(list)
    for row in PriceSpell.objects.filter(product__in=ids).order_by("product_id", "first_seen").iterator(BATCH):
        existing[row.product_id].append(row)
    stale: list[int] = []
    fresh: list[tuple[Product, Spell]] = []
    for key, product in products.items():
        known = [(row.pk, spell_of(row)) for row in existing[product.pk]]
        old = {(spell.terms, spell.seconds): pk for pk, spell in known}
        spells = regrouped(key, product, [spell for _, spell in known])
        fresh.extend((product, spell) for spell in spells if old.pop((spell.terms, spell.seconds), None) is None)
        stale.extend(old.values())
    PriceSpell.objects.filter(pk__in=stale).delete()
    if fresh:
        _copy(fresh)
    if fresh or stale:
        point_to_latest(ids)
    return len(fresh), len(stale)


def _copy(fresh: list[tuple[Product, Spell]]) -> None:
    columns = ", ".join(columns_of(*fresh[0]))
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY scraping_pricespell ({columns}) FROM STDIN") as copy,
    ):
        for product, spell in fresh:
            row = columns_of(product, spell)
            # As PostgreSQL writes an array: a tenth of psycopg's cost.
            row["pauses"] = f"{{{','.join(map(str, spell.pauses))}}}"
            copy.write_row(tuple(row.values()))
