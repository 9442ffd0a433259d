"""What the newest served training of everything measured on past prices, shop by shop."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models.fields.json import KeyTransform

from forecasting.models import Standing, Training
from scraping.models import Adapter, Shop


@dataclass(frozen=True, slots=True)
class ShopScores:
    """One shop's figures in that training; `shop_id` is None where the shop is no longer there."""

    shop_id: int | None
    shop: str
    simulated: bool
    training: int
    trained_at: datetime | None
    figures: Mapping[str, Any]


def newest_scores() -> list[ShopScores]:
    """The newest measure of each shop, by name: two queries."""
    shops = {name: (pk, adapter) for pk, name, adapter in Shop.objects.values_list("pk", "name", "adapter")}
    newest = (
        Training.objects.filter(standing=Standing.SERVED, scope="all")
        .order_by("-id")
        .values_list("pk", "finished_at", "scores")
        .first()
    )
    if newest is None:
        return []
    training, trained_at, scores = newest
    return [
        ShopScores(pk, name, adapter == Adapter.DEMO, training, trained_at, figures)
        for name, figures in sorted(scores.items() if isinstance(scores, Mapping) else ())
        if isinstance(figures, Mapping)
        for pk, adapter in [shops.get(name, (None, None))]
    ]


def scores_of_shop(shop: str) -> Mapping[str, Any]:
    """The newest figures of one shop, {} without any: one query, of that shop's figures alone."""
    figures = (
        Training.objects.filter(standing=Standing.SERVED, scope="all")
        .order_by("-id")
        .values_list(KeyTransform(shop, "scores"), flat=True)
        .first()
    )
    return figures if isinstance(figures, Mapping) else {}
