"""GET /api/forecasters/?shop=ID: the forecasters side by side, at past cutoffs and as published, and the odds."""

from collections.abc import Sequence
from typing import Any

from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from forecasting.api.figures import AdviceFiguresSerializer, HorizonFiguresSerializer
from forecasting.evaluation.record_figures import AdviceFigures, HorizonFigures
from forecasting.forecasters.registry import METHOD_LABELS, NAMED_METHODS, PUBLISHED
from forecasting.published_body import method_label
from forecasting.selectors.forecaster_records import forecaster_records
from forecasting.selectors.public_record import advice_records
from forecasting.selectors.training_scores import ShopScores, newest_scores
from forecasting.serialization.training_scores import (
    Difference,
    compared_on,
    leaderboard_rows,
    odds_rows,
    reliability_rows,
)
from scraping.models import Shop

PUBLISHED_NAMES = frozenset({PUBLISHED, *NAMED_METHODS})
CHANCE: dict[str, Any] = {"min_value": 0.0, "max_value": 1.0}


class ForecastersQuerySerializer(serializers.Serializer[Any]):
    """Of which shop; of every shop where none is named."""

    shop = serializers.CharField(required=False, help_text="id or name of a shop")


class ForecasterSerializer(serializers.Serializer[Any]):
    """A way to forecast."""

    name = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field of the API, beside DRF's own attribute
    published = serializers.BooleanField(help_text="whether its own forecasts are published and scored")


class RatioIntervalField(serializers.ListField):
    """A 95 % interval: its low and its high end."""

    def __init__(self, **options: Any) -> None:
        super().__init__(child=serializers.FloatField(), min_length=2, max_length=2, allow_null=True, **options)


class LeaderboardRowSerializer(serializers.Serializer[Any]):
    """One forecaster at past cutoffs over days 1 to `days`; figures relative to the last price: below 1 is better."""

    forecaster = serializers.CharField()
    days = serializers.IntegerField()
    n = serializers.IntegerField(help_text="prices compared")
    cutoffs = serializers.IntegerField(help_text="past days from which it was forecast")
    rel_mae = serializers.FloatField(allow_null=True, help_text="mean absolute error over the last price's")
    rel_mae_95 = RatioIntervalField(help_text="by a paired block bootstrap over cutoffs; null with too few of them")
    difference = serializers.ChoiceField(
        choices=[(one.value, one.value) for one in Difference],
        allow_null=True,
        help_text="`not_measurable` where the interval of rel_mae holds 1; null without an interval",
    )
    rel_crps = serializers.FloatField(
        allow_null=True, help_text="CRPS over that of the last price with conformal intervals"
    )
    rel_crps_95 = RatioIntervalField()
    dm = serializers.FloatField(
        allow_null=True, help_text="p-value of Diebold and Mariano: that both CRPS are alike; null with few cutoffs"
    )
    crps_pct = serializers.FloatField(allow_null=True, help_text="CRPS in % of the last price")
    coverage_80 = serializers.FloatField(allow_null=True)
    coverage_95 = serializers.FloatField(allow_null=True)


class ForecasterRecordSerializer(serializers.Serializer[Any]):
    """How the forecasts that one forecaster published turned out, ever."""

    forecaster = serializers.CharField()
    horizons = HorizonFiguresSerializer(many=True)


class OddsScoreSerializer(serializers.Serializer[Any]):
    """Stated chances of a fall by `fall_pct` % within `days` days, at past cutoffs, and what came."""

    fall_pct = serializers.IntegerField()
    days = serializers.IntegerField()
    n = serializers.IntegerField(help_text="chances whose days have passed")
    stated = serializers.FloatField(allow_null=True, help_text="their mean", **CHANCE)
    came = serializers.FloatField(allow_null=True, help_text="the share that came", **CHANCE)
    brier = serializers.FloatField(allow_null=True)
    brier_skill = serializers.FloatField(
        allow_null=True, help_text="against always stating the share that came: 0 is no better, 1 is perfect"
    )


class ReliabilitySerializer(serializers.Serializer[Any]):
    """Of the chances stated between two edges: how many, their mean and the share that came."""

    fall_pct = serializers.IntegerField()
    days = serializers.IntegerField()
    n = serializers.IntegerField()
    to = serializers.FloatField(source="high", **CHANCE)
    stated = serializers.FloatField(**CHANCE)
    came = serializers.FloatField(**CHANCE)

    def get_fields(self) -> dict[str, Any]:
        """`from` is a word of Python, so it cannot be an attribute."""
        return {**super().get_fields(), "from": serializers.FloatField(source="low", **CHANCE)}


class OddsScoresSerializer(serializers.Serializer[Any]):
    """How the odds did at past cutoffs."""

    scores = OddsScoreSerializer(many=True)
    reliability = ReliabilitySerializer(many=True)


class ShopForecastersSerializer(serializers.Serializer[Any]):
    """One shop."""

    shop = serializers.CharField()
    id = serializers.IntegerField()
    simulated = serializers.BooleanField()
    training = serializers.IntegerField(allow_null=True, help_text="whose scores these are; null before the first one")
    trained_at = serializers.DateTimeField(allow_null=True)
    compared_on = serializers.DateField(
        allow_null=True, help_text="the day of the leaderboard: trainings in between carry it on"
    )
    leaderboard = LeaderboardRowSerializer(many=True)
    published = ForecasterRecordSerializer(many=True, help_text="forecasters with scored published forecasts")
    advice = AdviceFiguresSerializer(help_text="what following the published advice saved, ever")
    odds = OddsScoresSerializer()


class ForecastersSerializer(serializers.Serializer[Any]):
    """The forecasters, and how they did in each shop."""

    forecasters = ForecasterSerializer(many=True)
    shops = ShopForecastersSerializer(many=True)


class ForecastersView(APIView):
    """The forecasters side by side."""

    @extend_schema(
        parameters=[ForecastersQuerySerializer],
        responses={200: ForecastersSerializer, 404: OpenApiResponse(description="no such shop")},
    )
    def get(self, request: Request) -> Response:
        """The leaderboard of the newest training, the published record of each, and how the odds did."""
        params = ForecastersQuerySerializer(data=request.query_params)
        params.is_valid(raise_exception=True)
        shops = _shops(params.validated_data.get("shop"))
        scores, records = {one.shop_id: one for one in newest_scores()}, forecaster_records()
        advice = advice_records()
        body = {
            "forecasters": [
                {"name": name, "label": method_label(name), "published": name in PUBLISHED_NAMES}
                for name in METHOD_LABELS
            ],
            "shops": [
                _shop(shop, scores.get(shop.pk), records.get(shop.pk, {}), advice.get(shop.pk, AdviceFigures()))
                for shop in shops
            ],
        }
        return Response(ForecastersSerializer(body).data)


def _shops(named: str | None) -> Sequence[Shop]:
    """Every shop, or the one of this name or id."""
    shops = list(Shop.objects.order_by("name"))
    if named is None:
        return shops
    chosen = [shop for shop in shops if shop.name == named] or [shop for shop in shops if str(shop.pk) == named]
    if not chosen:
        raise NotFound(f"There is no shop {named!r}; /api/shops/ lists them.")
    return chosen


def _shop(
    shop: Shop, scores: ShopScores | None, records: dict[str, tuple[HorizonFigures, ...]], advice: AdviceFigures
) -> dict[str, Any]:
    figures = scores.figures if scores else {}
    return {
        "shop": shop.name,
        "id": shop.pk,
        "simulated": shop.simulated,
        "training": scores.training if scores else None,
        "trained_at": scores.trained_at if scores else None,
        "compared_on": compared_on(figures),
        "leaderboard": leaderboard_rows(figures),
        "published": [{"forecaster": name, "horizons": horizons} for name, horizons in sorted(records.items())],
        "advice": advice,
        "odds": {"scores": odds_rows(figures), "reliability": reliability_rows(figures)},
    }
