"""GET /api/products/ and /api/shops/."""

from typing import Any, ClassVar

import django_filters
from rest_framework.viewsets import ReadOnlyModelViewSet

from scraping.api.serializers import ProductSerializer, ShopSerializer
from scraping.models import Product, Shop
from scraping.models.product import GRADES


class ProductFilter(django_filters.FilterSet):  # type: ignore[misc]  # django-filter ships no types
    """Which products."""

    shop = django_filters.CharFilter(field_name="shop__name", label="the shop's name")
    grade = django_filters.ChoiceFilter(choices=GRADES)
    search = django_filters.CharFilter(field_name="title", lookup_expr="icontains", label="part of the title")

    class Meta:
        model = Product
        fields: ClassVar = ["shop", "grade", "sku", "watched", "search"]


class ProductViewSet(ReadOnlyModelViewSet[Any]):
    """The products and the offers last seen."""

    queryset = Product.objects.select_related("shop", "latest_spell").order_by("id")
    serializer_class = ProductSerializer
    filterset_class = ProductFilter


class ShopViewSet(ReadOnlyModelViewSet[Any]):
    """The shops."""

    queryset = Shop.objects.order_by("id")
    serializer_class = ShopSerializer
