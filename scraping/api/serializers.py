"""Requests and responses of the scraping endpoints."""

from typing import Any, ClassVar

from rest_framework import serializers

from scraping.models import Product, Shop, Visit, VisitStatus
from scraping.price_kinds import COLUMNS

RUN_STATUSES = ["queued", "running", "done"]


class ShopSerializer(serializers.ModelSerializer[Shop]):
    """A shop."""

    class Meta:
        model = Shop
        fields: ClassVar = [
            "id",
            "name",
            "adapter",
            "currency",
            "language",
            "country",
            "timezone",
            "simulated",
            "price_basis",
            "delivery_place",
        ]


def _of_offer(column: str) -> serializers.DecimalField:
    """An amount of the offer last seen."""
    return serializers.DecimalField(
        source=f"latest_spell.{column}", max_digits=14, decimal_places=4, default=None, allow_null=True
    )


def _words_of_offer(column: str) -> serializers.CharField:
    return serializers.CharField(source=f"latest_spell.{column}", default=None, allow_null=True)


class ProductSerializer(serializers.ModelSerializer[Product]):
    """A product with the offer last seen."""

    shop = serializers.CharField(source="shop.name")
    currency = serializers.CharField(source="shop.currency")
    simulated = serializers.BooleanField(source="shop.simulated")
    state = _words_of_offer("state")
    price = _of_offer("price")
    price_per_litre = _of_offer("price_per_litre")
    list_price = _of_offer("list_price")
    prime_price = _of_offer("prime_price")
    subscribe_price = _of_offer("subscribe_price")
    coupon_price = _of_offer("coupon_price")
    used_price = _of_offer("used_price")
    shipping = _of_offer("shipping")
    seller = _words_of_offer("seller")
    condition = _words_of_offer("condition")
    last_look_at = serializers.DateTimeField(source="last_visit_at", read_only=True, allow_null=True)

    class Meta:
        model = Product
        fields: ClassVar = [
            *("id", "shop", "sku", "title", "brand", "grade", "litres", "pack", "watched", "simulated"),
            *("currency", "state", "price", "price_per_litre", *COLUMNS, "shipping", "seller", "condition"),
            *("rating", "reviews", "category", "gtin", "image_url", "last_look_at"),
        ]


class ScrapeOrderSerializer(serializers.Serializer[Any]):
    """What to scrape: nothing named means every watched product."""

    products = serializers.ListField(
        child=serializers.IntegerField(min_value=1, max_value=2**63 - 1),
        required=False,
        max_length=10_000,
        allow_empty=False,
    )
    url = serializers.CharField(required=False, max_length=2048, help_text="an Amazon product address or an ASIN")

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """One of the two, not both; no words we do not know."""
        if "products" in attrs and "url" in attrs:
            raise serializers.ValidationError("Give products or url, not both.")
        unknown = set(self.initial_data) - set(self.fields)
        if unknown:
            raise serializers.ValidationError(f"Unknown: {', '.join(sorted(unknown))}. Known: products, url.")
        return attrs


class RunStartedSerializer(serializers.Serializer[Any]):
    """The receipt of an order."""

    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=RUN_STATUSES)
    url = serializers.CharField(help_text="where to follow it")
    visits = serializers.IntegerField(help_text="number of checks started")
    notes = serializers.ListField(child=serializers.CharField(), help_text="what will not be checked, and why")


class VisitSerializer(serializers.ModelSerializer[Visit]):
    """One visit and how it ended."""

    class Meta:
        model = Visit
        fields: ClassVar = [
            *("id", "product", "status", "reason", "due_at", "started_at", "finished_at"),
            *("duration_ms", "http_status", "page_bytes", "attempts"),
        ]


class RunSerializer(serializers.Serializer[Any]):
    """A run with its progress and its visits."""

    id = serializers.IntegerField()
    status = serializers.ChoiceField(choices=RUN_STATUSES)
    source = serializers.CharField()  # type: ignore[assignment]  # a field of ours, not the serializer's own source
    created_at = serializers.DateTimeField()
    total = serializers.IntegerField()
    done = serializers.IntegerField()
    outcomes = serializers.DictField(child=serializers.IntegerField(), help_text=", ".join(VisitStatus.values))
    visits = VisitSerializer(many=True)
