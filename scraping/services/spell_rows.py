"""Between spells and their rows: read, compare, write only what changed."""

from collections.abc import Collection, Iterable, Sequence
from decimal import Decimal
from typing import Any

from django.db import connection

from scraping.models import PriceSpell, Product
from scraping.spells import Spell, observations_of


def spell_of(row: PriceSpell) -> Spell:
    """A row as the pure rule knows it."""
    return Spell(row.terms, observations_of(row.first_seen, row.pauses))


def litres_of(product: Product, spell: Spell) -> Decimal | None:
    """How much the product held during the spell; None where the SKU meant another product then."""
    of_another = product.series_since is not None and spell.first_seen < product.series_since
    return None if of_another else product.litres


def change_volume(*, product: Product, litres: Decimal | None) -> None:
    """Write a corrected volume to the product and to its own spells, and so to their prices per litre."""
    product.litres = litres
    product.save(update_fields=["litres"])
    PriceSpell.objects.own().filter(product=product).update(litres=litres)


def columns_of(product: Product, spell: Spell) -> dict[str, Any]:
    """The columns of a spell's row: the one place that says which value goes where."""
    return {
        "product_id": product.pk,
        **PriceSpell.columns(spell.terms),
        "litres": litres_of(product, spell),
        "first_seen": spell.first_seen,
        "last_seen": spell.last_seen,
        "pauses": spell.pauses,
    }


def replace(product: Product, *, rows: Sequence[PriceSpell], spells: Iterable[Spell]) -> bool:
    """Make these rows of the product into these spells; unchanged ones stay untouched. Returns whether any changed.

    A spell that only grew keeps its row (and its id): deliveries and charts may point to it.
    """
    known = {(row.first_seen, spell_of(row).terms): row for row in rows}
    stale = {row.pk for row in rows}
    grown, fresh = [], []
    for spell in spells:
        row = known.get((spell.first_seen, spell.terms))
        if row is None:
            fresh.append(PriceSpell(**columns_of(product, spell)))
            continue
        stale.discard(row.pk)
        if row.pauses != spell.pauses:
            row.pauses, row.last_seen = spell.pauses, spell.last_seen
            grown.append(row)
    # What is gone makes room first, then kept rows take their new length, then the new come in: no step overlaps.
    PriceSpell.objects.filter(pk__in=stale).delete()
    for row in sorted(grown, key=lambda each: each.last_seen):
        row.save(update_fields=["pauses", "last_seen"])
    PriceSpell.objects.bulk_create(fresh)
    return bool(stale or grown or fresh)


def point_to_latest(product_ids: Collection[int]) -> None:
    """Keep the products' pointers to their newest spells, which make "prices of all products now" one join."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE scraping_product AS product
            SET latest_spell_id = latest.id, last_visit_at = latest.last_seen
            FROM unnest(%s::bigint[]) AS wanted (id)
            LEFT JOIN LATERAL (
                SELECT id, last_seen FROM scraping_pricespell AS spell
                WHERE spell.product_id = wanted.id ORDER BY last_seen DESC LIMIT 1
            ) AS latest ON true
            WHERE product.id = wanted.id
            """,
            [list(product_ids)],
        )
