"""POST /api/scraper/ orders visits; GET /api/scraper/<id>/ follows them."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import status
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from scraping.api.serializers import RunSerializer, RunStartedSerializer, ScrapeOrderSerializer
from scraping.errors import UnknownAddress
from scraping.models import Product, ScrapeRun, Source
from scraping.selectors import run_progress
from scraping.services.order_visits import order_scrape
from scraping.services.watch_product import watch_address, why_not_scraped

MOST_VISITS_SHOWN = 1000


class ScraperView(APIView):
    """Order a scrape."""

    @extend_schema(
        request=ScrapeOrderSerializer,
        responses={202: RunStartedSerializer},
        examples=[
            OpenApiExample("everything", {}, request_only=True),
            OpenApiExample("a new address", {"url": "https://www.amazon.es/dp/B00EXAMPLE"}, request_only=True),
        ],
    )
    def post(self, request: Request) -> Response:
        """Scrape everything watched, some products, or an Amazon address that is watched from now on."""
        order = ScrapeOrderSerializer(data=request.data)
        order.is_valid(raise_exception=True)
        products = _products(order.validated_data)
        run = order_scrape(products=products, source=Source.API, requested_by=request.user.get_username())
        progress = run_progress(run)
        notes = sorted({note for product in products if (note := why_not_scraped(product))})
        url = request.build_absolute_uri(reverse("scrape-run", args=[run.pk]))
        receipt = {
            "id": run.pk,
            "status": progress.status,
            "url": url,
            "visits": progress.total,
            "notes": notes,
        }
        return Response(receipt, status=status.HTTP_202_ACCEPTED, headers={"Location": url})


def _products(order: dict[str, Any]) -> list[Product]:
    if "url" in order:
        try:
            return [watch_address(text=order["url"])]
        except UnknownAddress as error:
            raise ValidationError({"url": [str(error)]}) from error
    products = Product.objects.select_related("shop")
    if "products" not in order:
        return list(products.scrapable())
    chosen = list(products.filter(pk__in=order["products"]))
    if unknown := sorted(set(order["products"]) - {product.pk for product in chosen}):
        raise ValidationError({"products": [f"No product has the id {', '.join(map(str, unknown[:20]))}."]})
    return chosen


class ScrapeRunView(APIView):
    """Follow a scrape."""

    @extend_schema(responses=RunSerializer)
    def get(self, request: Request, pk: int) -> Response:
        """How far a run is, and each of its visits (the first 1,000)."""
        run = get_object_or_404(ScrapeRun, pk=pk)
        progress = run_progress(run)
        body = {
            "id": run.pk,
            "status": progress.status,
            "source": run.source,
            "created_at": run.created_at,
            "total": progress.total,
            "done": progress.done,
            "outcomes": progress.outcomes,
            "visits": run.visits.order_by("id")[:MOST_VISITS_SHOWN],
        }
        return Response(RunSerializer(body).data)
