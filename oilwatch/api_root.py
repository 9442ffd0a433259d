"""GET /api/: what there is."""

from typing import Any

from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

# name in the answer -> the name of its address
ENDPOINTS = {
    "products": "product-list",
    "shops": "shop-list",
    "data": "data",
    "predict": "predict",
    "forecasters": "forecasters",
    "index": "index",
    "scraper": "scraper",
    "retrain": "retrain",
    "captures": "captures",
    "captures_panel": "capture-panel",
    "alerts": "alert-list",
    "channels": "channel-list",
    "addresses": "mailaddress-list",
    "docs": "docs",
    "schema": "schema",
}


class EndpointsSerializer(serializers.Serializer[Any]):
    """The address of each endpoint by its name."""

    def get_fields(self) -> dict[str, Any]:
        """One address a name."""
        return {name: serializers.URLField() for name in ENDPOINTS}


class ApiRootView(APIView):
    """The endpoints of the API."""

    @extend_schema(responses=EndpointsSerializer, operation_id="endpoints")
    def get(self, request: Request) -> Response:
        """List the endpoints with their addresses; `docs` says what each takes and gives."""
        return Response({name: request.build_absolute_uri(reverse(view)) for name, view in ENDPOINTS.items()})
