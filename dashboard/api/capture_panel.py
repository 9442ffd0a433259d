"""GET /api/captures/panel/?url=...: what oilwatch knows of the product on a page, for the panel in the browser."""

from datetime import timedelta
from decimal import Decimal
from typing import Any, get_args

from django.urls import reverse
from django.utils import timezone
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import ValidationError
from rest_framework.permissions import IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from dashboard.history import daily, joined, statistics_over
from dashboard.selectors.product import ProductFacts, product_facts, product_stretches
from dashboard.texts import formats
from dashboard.texts.product_advice import outlook_that_holds, product_advice
from forecasting.policy.advice import Action
from scraping.api.capture_authentication import CAPTURE_AUTHENTICATION
from scraping.errors import UnknownAddress
from scraping.models import Product
from scraping.services.receive_capture import may_start_watching
from scraping.services.watch_product import located

LONGEST_URL = 2048
LOW_OVER = timedelta(days=90)
YEAR = timedelta(days=365)


class PanelAdviceSerializer(serializers.Serializer[Any]):
    """Whether to buy, wait or not hurry, in the language of the request."""

    code = serializers.ChoiceField(choices=get_args(Action))
    word = serializers.CharField()
    text = serializers.CharField()


class PanelSerializer(serializers.Serializer[Any]):
    """Where a product is not watched, only `watched` and `may_add` are filled."""

    watched = serializers.BooleanField()
    may_add = serializers.BooleanField(help_text="whether a page sent with this key begins to watch the product")
    product = serializers.IntegerField(allow_null=True)
    title = serializers.CharField()
    price = serializers.DecimalField(max_digits=14, decimal_places=4, allow_null=True)
    currency = serializers.CharField()
    price_per_litre = serializers.DecimalField(max_digits=14, decimal_places=4, allow_null=True)
    lowest = serializers.DecimalField(
        max_digits=14, decimal_places=4, allow_null=True, help_text="of 90 days; a litre, or the pack where it has none"
    )
    now_text = serializers.CharField(help_text="the price per litre as the language writes it")
    lowest_text = serializers.CharField()
    advice = PanelAdviceSerializer(allow_null=True)
    page = serializers.CharField(help_text="the product's page here")


class CapturePanelView(APIView):
    """What is known of one address."""

    authentication_classes = CAPTURE_AUTHENTICATION
    permission_classes = (IsAuthenticated,)

    @extend_schema(
        parameters=[OpenApiParameter("url", str, required=True, description="the address of the page in the browser")],
        responses=PanelSerializer,
    )
    def get(self, request: Request) -> Response:
        """The price, the low of 90 days and the advice on the product of an address; asks no shop."""
        url = request.query_params.get("url", "")[:LONGEST_URL]
        try:
            shop, sku = located(url.replace("\0", ""), follow=False)
        except UnknownAddress as error:
            raise ValidationError({"url": [str(error)]}) from error
        may_add = may_start_watching(request.user)
        product = Product.objects.filter(shop=shop, sku=sku, watched=True).first() if shop.pk else None
        facts = product_facts(product.pk) if product else None
        body = _known(facts, request) if facts else dict(_NOTHING)
        return Response(PanelSerializer({**body, "may_add": may_add}).data)


_NOTHING: dict[str, Any] = {
    **dict.fromkeys(("product", "price", "price_per_litre", "lowest", "advice")),
    **dict.fromkeys(("title", "currency", "now_text", "lowest_text", "page"), ""),
    "watched": False,
}


def _known(facts: ProductFacts, request: Request) -> dict[str, Any]:
    now = timezone.now()
    prices = daily(joined(product_stretches(facts.id), max_gap=facts.max_gap), max_gap=facts.max_gap)
    outlook, leapt = outlook_that_holds(facts)
    advice = product_advice(facts, statistics_over(prices, YEAR), outlook, now, leapt=leapt)
    lately = statistics_over(prices, LOW_OVER)
    lowest = Decimal(str(lately.low)) / (facts.litres or 1) if lately else None
    return {
        "watched": True,
        "product": facts.id,
        "title": facts.name,
        "price": facts.price,
        "currency": facts.currency,
        "price_per_litre": facts.per_litre,
        "lowest": round(lowest, 4) if lowest is not None else None,
        "now_text": _written(facts, facts.per_litre if facts.litres else facts.price),
        "lowest_text": _written(facts, lowest),
        "advice": {"code": advice.word, "word": advice.state, "text": advice.sentence},
        "page": request.build_absolute_uri(reverse("product", args=[facts.id])),
    }


def _written(facts: ProductFacts, amount: Decimal | None) -> str:
    """The amount per litre, or for the pack where nobody knows its volume."""
    if amount is None:
        return ""
    return formats.per_litre(amount, facts.currency) if facts.litres else formats.money(amount, facts.currency)
