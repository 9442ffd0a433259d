"""GET /api/index/?grade=extra_virgin&currency=EUR: a grade's index, day by day, and where it is going."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from forecasting.api.figures import HorizonFiguresSerializer
from forecasting.market.grade_index import GradeIndex
from forecasting.models import IndexForecast
from forecasting.published_body import method_label, skill_body
from forecasting.selectors.current_forecast import latest_index_forecast
from forecasting.selectors.index_series import Basket, baskets, index_of
from forecasting.selectors.product_record import index_record
from scraping.currency import ISO_4217
from scraping.models.product import GRADES

USUAL_DAYS, MOST_DAYS = 365, 3660


class IndexQuerySerializer(serializers.Serializer[Any]):
    """Which index, and which of its days: at most ten years, the last year by default."""

    grade = serializers.ChoiceField(choices=GRADES)
    currency = serializers.RegexField(r"^[A-Z]{3}$", default="EUR", help_text="ISO 4217, for example EUR")
    simulated = serializers.BooleanField(
        default=None,
        allow_null=True,
        help_text="of the demo shop's products alone, or of real ones alone; without it, of real ones, "
        "and of simulated ones where there are no others: the answer says which",
    )
    to = serializers.DateField(required=False)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python, so it cannot be an attribute."""
        return {**super().get_fields(), "from": serializers.DateField(required=False)}

    def validate_currency(self, value: str) -> str:
        """A currency that exists."""
        if value not in ISO_4217:
            raise serializers.ValidationError(f"{value!r} is not an ISO 4217 code such as EUR.")
        return value

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """A range that runs forward and has an end."""
        last: date = attrs.setdefault("to", timezone.now().date())
        usual = date.fromordinal(max(1, last.toordinal() - USUAL_DAYS))
        first: date = attrs.setdefault("from", usual)
        if first > last:
            raise serializers.ValidationError({"from": [f"{first} is after to={last}."]})
        if (last - first).days > MOST_DAYS:
            raise serializers.ValidationError({"from": [f"At most {MOST_DAYS} days at a time; move from or to."]})
        return attrs


class IndexDaySerializer(serializers.Serializer[Any]):
    """One day of the index."""

    date = serializers.DateField()
    value = serializers.FloatField(help_text="per litre")
    products = serializers.IntegerField(help_text="number of products behind the day's change")


class IndexAheadSerializer(serializers.Serializer[Any]):
    """One day ahead."""

    date = serializers.DateField()
    day = serializers.IntegerField()
    point = serializers.FloatField()
    quantiles = serializers.DictField(child=serializers.FloatField(), help_text='by level: "0.025" ... "0.975"')


class IndexForecastSerializer(serializers.Serializer[Any]):
    """A published forecast of the index."""

    origin = serializers.DateField(help_text="the last day of the index when it was forecast")
    last_value = serializers.FloatField()
    method = serializers.CharField(
        help_text="`sum of its products`: by the mean change forecast for them; earlier versions had other names"
    )
    training = serializers.IntegerField()
    skill = serializers.DictField(help_text="error against the last value's, and coverage, by horizon in days")
    days = IndexAheadSerializer(many=True)


class IndexSerializer(serializers.Serializer[Any]):
    """An index: its level is the first day's median price per litre, and only changes of prices move it."""

    grade = serializers.CharField()
    currency = serializers.CharField()
    simulated = serializers.BooleanField(help_text="true: of made-up prices alone; the two are never mixed")
    since = serializers.DateField(help_text="the day that set the level")
    history = IndexDaySerializer(many=True)
    forecast = IndexForecastSerializer(allow_null=True, help_text="null before a training of everything made one")
    record = HorizonFiguresSerializer(
        many=True, help_text="published forecasts compared with actual prices, by horizon"
    )


class IndexView(APIView):
    """The price index of a grade."""

    @extend_schema(
        parameters=[IndexQuerySerializer],
        responses={200: IndexSerializer, 404: OpenApiResponse(description="no price per litre was ever found for it")},
    )
    def get(self, request: Request) -> Response:
        """Chained changes of the products seen on both of two days, per litre, and the latest forecast."""
        params = IndexQuerySerializer(data=request.query_params)
        params.is_valid(raise_exception=True)
        query: dict[str, Any] = params.validated_data
        basket = Basket(query["grade"], query["currency"], bool(query["simulated"]))
        index = index_of(basket)
        if index is None and query["simulated"] is None:
            basket = replace(basket, simulated=True)
            index = index_of(basket)
        if index is None:
            raise NotFound(_why_none(basket, simulated=query["simulated"]))
        body = {
            "grade": basket.grade,
            "currency": basket.currency,
            "simulated": basket.simulated,
            "since": index.start,
            "history": _history(index, query["from"], query["to"]),
            "forecast": _forecast(latest_index_forecast(basket)),
            "record": index_record(basket),
        }
        return Response(IndexSerializer(body).data)


def _why_none(basket: Basket, *, simulated: bool | None) -> str:
    """Say that there is no such price; where only simulated ones were left out, how to get them."""
    kind = {True: "simulated ", False: "real ", None: ""}[simulated]
    text = f"No {kind}price per litre in {basket.currency} was ever found for {basket.grade}."
    if simulated is False and replace(basket, simulated=True) in baskets():
        text += " There are simulated ones: ask with simulated=1."
    return text


def _history(index: GradeIndex, first: date, last: date) -> list[dict[str, Any]]:
    rows = zip(index.values.tolist(), index.products.tolist(), strict=True)
    return [
        {"date": day, "value": value, "products": products}
        for place, (value, products) in enumerate(rows)
        if products and first <= (day := index.day(place)) <= last
    ]


def _forecast(forecast: IndexForecast | None) -> dict[str, Any] | None:
    if forecast is None:
        return None
    levels = [f"{level:g}" for level in forecast.levels]
    return {
        "origin": forecast.cutoff,
        "last_value": forecast.last_value,
        "method": method_label(forecast.method),
        "training": forecast.training_id,
        "skill": skill_body(forecast.skill),
        "days": [
            {
                "date": forecast.cutoff + timedelta(days=ahead),
                "day": ahead,
                "point": point,
                "quantiles": dict(zip(levels, row, strict=True)),
            }
            for ahead, (point, row) in enumerate(zip(forecast.point, forecast.quantiles, strict=True), start=1)
        ],
    }
