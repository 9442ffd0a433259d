"""/api/products/: the products with the offer last seen, their pages and pictures, and the advice that holds now."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any, ClassVar

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import extend_schema_field, extend_schema_serializer
from rest_framework import serializers

from dashboard.selectors.latest_forecasts import Outlook, latest_outlooks
from dashboard.shop_page import shop_page
from dashboard.texts.product_advice import row_advice
from forecasting.policy.advice import ADVISED
from scraping.api.catalogue import ProductViewSet
from scraping.api.serializers import ProductSerializer
from scraping.models import Product


class AdviceNowSerializer(serializers.Serializer[Any]):
    """The advice that holds now, as lists, pages and /api/predict/ give it."""

    word = serializers.ChoiceField(choices=ADVISED)
    text = serializers.CharField(help_text="the sentence of the product's page, in the language of the request")
    until = serializers.DateField(allow_null=True)
    limit_price = serializers.FloatField(allow_null=True, help_text="of the pack, in the shop's currency")


@dataclass(frozen=True, slots=True)
class _Offer:
    """The offer last seen, as the rule of the advice takes it."""

    price: Decimal | None
    seen: datetime | None
    state: str | None
    currency: str
    litres: Decimal | None


@extend_schema_serializer(component_name="Product")
class ProductWithAdviceSerializer(ProductSerializer):
    """A product with the offer last seen, where to see and to buy it, and what to do now."""

    page = serializers.SerializerMethodField(help_text="its page here")
    shop_url = serializers.SerializerMethodField(help_text="where it is sold; empty for imported prices")
    image = serializers.SerializerMethodField(help_text="its picture as this site serves it, WebP; null without one")
    advice = serializers.SerializerMethodField()

    class Meta(ProductSerializer.Meta):
        fields: ClassVar = [*ProductSerializer.Meta.fields, "page", "shop_url", "image", "advice"]

    def get_page(self, product: Product) -> str:
        """The address of its page."""
        return self._absolute(reverse("product", args=[product.pk]))

    def get_shop_url(self, product: Product) -> str:
        """The address of its page in the shop."""
        return shop_page(adapter=product.shop.adapter, shop=product.shop.name, sku=product.sku)

    def get_image(self, product: Product) -> str | None:
        """The address of its picture, which changes with the picture."""
        kept: str | None = getattr(product, "picture_hash", None)
        return self._absolute(f"{reverse('product_picture', args=[product.pk])}?{kept[:12]}") if kept else None

    @extend_schema_field(AdviceNowSerializer)
    def get_advice(self, product: Product) -> dict[str, Any]:
        """What its page says."""
        outlooks: Mapping[int, Outlook] = self.context["outlooks"]
        outlook, spell = outlooks.get(product.pk), product.latest_spell
        offer = _Offer(
            price=spell.price if spell else None,
            seen=spell.last_seen if spell else None,
            state=spell.state if spell else None,
            currency=product.shop.currency,
            litres=product.litres,
        )
        shown = row_advice(outlook, offer, timezone.now())
        holds = outlook is not None and shown.word == outlook.advice.action
        return {
            "word": shown.word,
            "text": shown.sentence,
            "until": outlook.advice.deadline if outlook and holds else None,
            "limit_price": outlook.advice.limit_price if outlook and holds else None,
        }

    def _absolute(self, address: str) -> str:
        return str(self.context["request"].build_absolute_uri(address))


class ProductWithAdviceViewSet(ProductViewSet):
    """The products and the offers last seen, with the advice that holds now."""

    queryset = ProductViewSet.queryset.annotate(picture_hash=F("picture__content_hash"))
    serializer_class = ProductWithAdviceSerializer

    def get_serializer(self, *args: Any, **kwargs: Any) -> Any:
        """With the forecasts of all products that are shown: one query."""
        shown: Iterable[Product] = args[0] if kwargs.get("many") else args[:1]
        outlooks = latest_outlooks([product.pk for product in shown])
        context = {**self.get_serializer_context(), "outlooks": outlooks}
        return self.get_serializer_class()(*args, **{**kwargs, "context": context})
