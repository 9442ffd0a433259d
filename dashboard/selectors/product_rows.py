"""Products with their shop and latest offer as rows of a dataclass, filled by name."""

from collections.abc import Iterator
from dataclasses import MISSING, fields
from typing import Any, TypeVar

from django.db.models import Q, QuerySet
from django.db.models.expressions import BaseExpression, Combinable

from scraping.models import Product, Proposal
from scraping.price_kinds import COLUMNS as KIND_COLUMNS

# field of a row -> column, where the two differ
COLUMNS = {
    "shop": "shop__name",
    "adapter": "shop__adapter",
    "currency": "shop__currency",
    "timezone": "shop__timezone",
    "delivery_place": "shop__delivery_place",
    "visit_interval": "shop__visit_interval",
    "max_gap": "shop__max_gap",
    "state": "latest_spell__state",
    "price": "latest_spell__price",
    "per_litre": "latest_spell__price_per_litre",
    "price_basis": "shop__price_basis",
    **{column: f"latest_spell__{column}" for column in ("regular_price", *KIND_COLUMNS)},
    "coupon": "latest_spell__coupon",
    "shipping": "latest_spell__shipping",
    "seller": "latest_spell__seller",
    "condition": "latest_spell__condition",
    "seller_kind": "latest_spell__seller_kind",
    "seen": "latest_spell__last_seen",
    "picture": "picture__content_hash",
}
Row = TypeVar("Row")


def product_rows(
    row: type[Row], products: "QuerySet[Product]", **computed: BaseExpression | Combinable
) -> Iterator[Row]:
    """Each product as a `row`: fields without a default from its columns, `computed` ones from an expression."""
    required = (field.name for field in fields(row) if field.default is MISSING)  # type: ignore[arg-type]
    columns = {name: COLUMNS.get(name, name) for name in required}
    selected: Any = products.values(*columns.values(), **computed)
    for values in selected:
        yield row(
            **{name: values[column] for name, column in columns.items()},
            **{name: values[name] for name in computed},
        )


UNLISTED = (Proposal.WAITING, Proposal.DECLINED)

LISTED = ~Q(proposal__in=UNLISTED)


def matching(words: str) -> Q:
    """Products with each of the words in their title or brand, or as their number at the shop; all without words."""
    matches = Q()
    for word in words.split():
        matches &= Q(title__icontains=word) | Q(brand__icontains=word) | Q(sku__iexact=word)
    return matches
