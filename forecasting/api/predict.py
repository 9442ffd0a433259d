"""GET /api/predict/?product=ID&days=30: the latest forecast, how good such forecasts were, and what to do.

With `&method=prophet` the same of Prophet's own forecast, without advice and odds.
"""

from datetime import date, timedelta
from functools import partial
from typing import Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from forecasting.api.figures import HorizonFiguresSerializer, ProductRecordSerializer
from forecasting.evaluation.odds import ODDS_DAYS
from forecasting.evaluation.record_figures import LEAST_SCORED, RECORD_SPAN
from forecasting.forecasters.price_fall import SIZES
from forecasting.forecasters.registry import METHOD_LABELS, NAMED_METHODS
from forecasting.models import Forecast, MethodForecast
from forecasting.panel import HORIZON
from forecasting.policy.advice import NO_ADVICE
from forecasting.product_forecast import FallOdds, ForecastSkill
from forecasting.published_body import advice_body, method_label, odds_body, skill_body
from forecasting.selectors.advice_now import Withheld, why_withheld
from forecasting.selectors.cheaper_offer import cheaper_offer
from forecasting.selectors.current_forecast import NoForecast, current_forecast, current_method_forecast
from forecasting.selectors.forecast_context import smallest_saving
from forecasting.selectors.method_record import product_method_record, shop_method_record
from forecasting.selectors.product_record import product_record, shop_record
from scraping.http.problems import Conflict
from scraping.models import Product

NO_ADVICE_OF_A_METHOD = "The published forecast alone gives advice: ask without `method`."

WHY_WITHHELD = {
    Withheld.NOT_IN_STOCK: "It is not in stock right now.",
    Withheld.EXPIRED: "The last advice has expired.",
    Withheld.LEAPT: "Its price has just changed by a large factor.",
    Withheld.OUTLIVED: "There is no forecast based on its latest price.",
}


class PredictQuerySerializer(serializers.Serializer[Any]):
    """Which product, how far ahead."""

    product = serializers.IntegerField(min_value=1, max_value=2**63 - 1)
    days = serializers.IntegerField(min_value=1, max_value=HORIZON, default=HORIZON)
    method = serializers.ChoiceField(
        choices=[(name, METHOD_LABELS[name]) for name in NAMED_METHODS],
        required=False,
        help_text="the forecast of this method alone; without it, the published forecast, chosen by its past",
        error_messages={"invalid_choice": f"Unknown method {{input}}; one of: {', '.join(NAMED_METHODS)}."},
    )


class DaySerializer(serializers.Serializer[Any]):
    """One day ahead."""

    date = serializers.DateField()
    day = serializers.IntegerField()
    point = serializers.FloatField(help_text="the one figure to act on, in the shop's currency")
    quantiles = serializers.DictField(child=serializers.FloatField(), help_text='by level: "0.025" ... "0.975"')
    per_litre = serializers.FloatField(allow_null=True, help_text="the point per litre")


class FallChancesSerializer(serializers.Serializer[Any]):
    """P(the price falls by that much) within 7, 14 and 30 days after `origin`; null where it is not known."""

    def get_fields(self) -> dict[str, Any]:
        """Numbers cannot be attributes."""
        chance = partial(serializers.FloatField, allow_null=True, min_value=0, max_value=1)
        return {str(days): chance(help_text=f"within {days} days") for days in ODDS_DAYS}


class OddsSerializer(serializers.Serializer[Any]):
    """How likely the price falls by 5 % and by 10 %."""

    days_to_fall = serializers.IntegerField(
        allow_null=True,
        help_text="days after `origin` by which a fall by 5 % is as likely as not; null where not within 30 days",
    )

    def get_fields(self) -> dict[str, Any]:
        """Numbers cannot be attributes."""
        sizes = {f"{100 * size:g}": FallChancesSerializer(help_text=f"a fall by {size:.0%}") for size in SIZES}
        return {**sizes, **super().get_fields()}


class CheaperOfferSerializer(serializers.Serializer[Any]):
    """The same oil cheaper per litre right now, in another pack or shop."""

    product = serializers.IntegerField()
    title = serializers.CharField()
    price_per_litre = serializers.DecimalField(max_digits=14, decimal_places=4, help_text="in the same currency")
    saving = serializers.FloatField(help_text="share of this product's price per litre, at least the smallest saving")


class PredictionSerializer(serializers.Serializer[Any]):
    """A published forecast."""

    product = serializers.IntegerField()
    title = serializers.CharField()
    currency = serializers.CharField()
    simulated = serializers.BooleanField()
    origin = serializers.DateField(help_text="the last day whose price was known")
    last_price = serializers.FloatField()
    method = serializers.CharField()
    training = serializers.IntegerField()
    inputs = serializers.ListField(
        child=serializers.CharField(),
        help_text="with `method`: codes of what was used beside prices and calendar: `producer_price` or nothing",
    )
    skill = serializers.DictField(
        help_text="cross-validated: error relative to the last price and coverage, by horizon in days; reader's notes"
    )
    record = HorizonFiguresSerializer(
        many=True,
        help_text="the shop's published forecasts of the last 90 days compared with actual prices, by horizon",
    )
    product_record = ProductRecordSerializer(help_text="the same of this product alone")
    advice = serializers.DictField(
        help_text="what the product's page says: `word` is buy, wait, no_hurry or none; none while it is not in stock"
    )
    cheaper_offer = CheaperOfferSerializer(
        allow_null=True, help_text="the same brand and oil, in stock and seen lately; null where none saves enough"
    )
    odds = OddsSerializer(help_text="chances of a fall, as /api/forecasters/ compares them with what came")
    days = DaySerializer(many=True)


class PredictView(APIView):
    """The latest forecast of a product."""

    @extend_schema(
        parameters=[PredictQuerySerializer],
        responses={
            200: PredictionSerializer,
            404: OpenApiResponse(description="no such product"),
            409: OpenApiResponse(
                description="no forecast yet, or too old a one, or its price jumped; the detail says what to do"
            ),
        },
    )
    def get(self, request: Request) -> Response:
        """The newest served forecast; 409 where there is none or it is too old. Computes and writes nothing."""
        params = PredictQuerySerializer(data=request.query_params)
        params.is_valid(raise_exception=True)
        product = get_object_or_404(
            Product.objects.select_related("shop", "latest_spell"), pk=params.validated_data["product"]
        )
        days, method = params.validated_data["days"], params.validated_data.get("method")
        try:
            body = _published(product, days) if method is None else _by_method(product, days, method)
        except NoForecast as error:
            raise Conflict(str(error)) from error
        return Response(PredictionSerializer(body).data)


def _published(product: Product, days: int) -> dict[str, Any]:
    forecast, today = current_forecast(product), timezone.now().date()
    return {
        **_body(product, forecast, days),
        "inputs": [],
        "skill": skill_body(forecast.skill),
        "record": shop_record(product.shop, since=today - RECORD_SPAN),
        "product_record": {"least_forecasts": LEAST_SCORED, "horizons": product_record(product.pk, today=today)},
        "advice": _advice_now(forecast, product, today),
        "odds": odds_body(forecast.odds),
    }


def _advice_now(forecast: Forecast, product: Product, today: date) -> dict[str, Any]:
    """The advice as pages give it: none on what is not in stock, and none after its last day."""
    spell = product.latest_spell
    reason = why_withheld(
        forecast.advice,
        cutoff=forecast.cutoff,
        last_price=forecast.last_price,
        price=float(spell.price) if spell and spell.price is not None else None,
        seen_on=spell.last_seen.date() if spell else None,
        state=spell.state if spell else None,
        today=today,
    )
    if reason is None:
        return advice_body(forecast.advice)
    return {**advice_body(NO_ADVICE), "reason": WHY_WITHHELD[reason]}


def _by_method(product: Product, days: int, method: str) -> dict[str, Any]:
    """The method's forecast with its own record; advice is given by the published forecast alone."""
    forecast, today = current_method_forecast(product, method), timezone.now().date()
    horizons = product_method_record(product.pk, method, today=today)
    return {
        **_body(product, forecast, days),
        "inputs": forecast.inputs,
        "skill": skill_body(ForecastSkill()),
        "record": shop_method_record(product.shop, method, since=today - RECORD_SPAN),
        "product_record": {"least_forecasts": LEAST_SCORED, "horizons": horizons},
        "advice": {**advice_body(NO_ADVICE), "reason": NO_ADVICE_OF_A_METHOD},
        "odds": odds_body(FallOdds()),
    }


def _body(product: Product, forecast: Forecast | MethodForecast, days: int) -> dict[str, Any]:
    litres = float(product.litres) if product.litres else None
    levels = [f"{level:g}" for level in forecast.levels]
    return {
        "product": product.pk,
        "title": product.title,
        "currency": product.shop.currency,
        "simulated": product.shop.simulated,
        "origin": forecast.cutoff,
        "last_price": forecast.last_price,
        "method": method_label(forecast.method),
        "training": forecast.training_id,
        "cheaper_offer": cheaper_offer(product, smallest=smallest_saving(), now=timezone.now()),
        "days": [
            {
                "date": forecast.cutoff + timedelta(days=ahead + 1),
                "day": ahead + 1,
                "point": point,
                "quantiles": dict(zip(levels, forecast.quantiles[ahead], strict=True)),
                "per_litre": point / litres if litres else None,
            }
            for ahead, point in enumerate(forecast.point[:days])
        ],
    }
