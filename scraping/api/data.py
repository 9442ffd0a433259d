"""GET /api/data/: price history as it is stored or by day, week and month; as JSON, CSV, Parquet or columns."""

import io
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.pagination import PageNumberPagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from scraping.http.safe_csv import csv_lines
from scraping.models import Product
from scraping.models.product import GRADES
from scraping.price_kinds import COLUMN_OF, LABELS
from scraping.selectors import EARLIEST, LATEST, HistoryQuery, grade_history, product_history, spells


class HistoryPages(PageNumberPagination):
    """Long pages: a year of days is one page."""

    page_size = 5000
    page_size_query_param = "page_size"
    max_page_size = 20_000


class DataQuerySerializer(serializers.Serializer[Any]):
    """Which history, and how."""

    product = serializers.IntegerField(required=False, min_value=1, max_value=2**63 - 1)
    grade = serializers.ChoiceField(required=False, choices=GRADES)
    resolution = serializers.ChoiceField(choices=["spell", "day", "week", "month"], default="day")
    to = serializers.DateField(required=False, default=LATEST)
    format = serializers.ChoiceField(choices=["json", "csv", "parquet", "columns"], default="json")

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python, so it cannot be an attribute."""
        return {**super().get_fields(), "from": serializers.DateField(required=False, default=EARLIEST)}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Exactly one subject, and a range that runs forward."""
        if ("product" in attrs) == ("grade" in attrs):
            raise serializers.ValidationError("Name one product (?product=ID) or one grade (?grade=extra_virgin).")
        if attrs["from"] > attrs["to"]:
            raise serializers.ValidationError({"from": [f"{attrs['from']} is after to={attrs['to']}."]})
        return attrs


class HistoryRowSerializer(serializers.Serializer[Any]):
    """A day, week or month with a price.

    With `resolution=spell` a row has `first_seen`, `last_seen` and `state` instead of `date`, and also `regular_price`,
    `coupon`, `shipping`, `seller`, `seller_kind` and `condition`; times without a price have a row there.
    """

    date = serializers.DateField()
    price = serializers.DecimalField(max_digits=14, decimal_places=4)
    price_per_litre = serializers.DecimalField(max_digits=14, decimal_places=4, allow_null=True)
    low = serializers.DecimalField(max_digits=14, decimal_places=4)
    high = serializers.DecimalField(max_digits=14, decimal_places=4)
    days = serializers.IntegerField(required=False)
    products = serializers.IntegerField(required=False)

    def get_fields(self) -> dict[str, Any]:
        """A product's rows have each other kind of price too."""
        return {**super().get_fields(), **{column: _mean_price(LABELS[kind]) for kind, column in COLUMN_OF.items()}}


def _mean_price(label: str) -> "serializers.DecimalField":
    return serializers.DecimalField(
        max_digits=14,
        decimal_places=4,
        required=False,
        allow_null=True,
        help_text=f"of a product: {label}, the mean of the days it was seen on; null where it never was",
    )


PAGE_PARAMETERS = [
    OpenApiParameter("page", int, description="which page of the JSON rows, from 1"),
    OpenApiParameter("page_size", int, description="rows a page"),
]


class PaginatedHistoryRowListSerializer(serializers.Serializer[Any]):
    """One page of the history."""

    count = serializers.IntegerField()
    next = serializers.URLField(allow_null=True)
    previous = serializers.URLField(allow_null=True)
    results = HistoryRowSerializer(many=True)


class DataView(APIView):
    """Price history."""

    @extend_schema(
        operation_id="data_list",
        parameters=[DataQuerySerializer, *PAGE_PARAMETERS],
        responses={
            (200, "application/json"): PaginatedHistoryRowListSerializer,
            (200, "text/csv"): OpenApiTypes.STR,
            (200, "application/vnd.apache.parquet"): OpenApiTypes.BINARY,
            404: OpenApiResponse(description="no such product"),
        },
    )
    def get(self, request: Request) -> HttpResponseBase:
        """The history of a product or a grade, in time order, in the shop's currency and per litre."""
        params = DataQuerySerializer(data=request.query_params)
        params.is_valid(raise_exception=True)
        query: dict[str, Any] = params.validated_data
        if "product" in query:
            get_object_or_404(Product, pk=query["product"])
        rows = _history(query)
        if query["format"] == "json":
            pages = HistoryPages()
            return pages.get_paginated_response(pages.paginate_queryset(rows, request, view=self))
        columns = list(rows[0]) if rows else ["date", "price", "price_per_litre"]
        if query["format"] == "columns":
            return Response({name: [_number(row[name]) for row in rows] for name in columns})
        return _file(query, columns, rows)


def _history(params: dict[str, Any]) -> list[dict[str, Any]]:
    query = HistoryQuery(params.get("product"), params.get("grade"), params["from"], params["to"])
    if params["resolution"] == "spell":
        return spells(query)
    history = product_history if query.product_id is not None else grade_history
    return history(query, resolution=params["resolution"])


def _file(query: dict[str, Any], columns: list[str], rows: list[dict[str, Any]]) -> HttpResponseBase:
    name = f"oilwatch-{query.get('product') or query.get('grade')}-{query['resolution']}.{query['format']}"
    response: HttpResponseBase
    if query["format"] == "csv":
        lines = csv_lines(columns, ([_text(row[name]) for name in columns] for row in rows))
        response = StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8")
    else:
        response = HttpResponse(_parquet(columns, rows), content_type="application/vnd.apache.parquet")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _parquet(columns: list[str], rows: list[dict[str, Any]]) -> bytes:
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pa.table({name: [row[name] for row in rows] for name in columns})
    sink = io.BytesIO()
    pq.write_table(table, sink)
    return sink.getvalue()


def _number(value: Any) -> Any:
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date | datetime) else value


def _text(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date | datetime) else value
