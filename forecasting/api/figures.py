"""How good published forecasts were, as the API says it."""

from typing import Any

from rest_framework import serializers


class HorizonFiguresSerializer(serializers.Serializer[Any]):
    """How good published forecasts were over days 1 to `days`; null where nothing came due."""

    days = serializers.IntegerField()
    forecasts = serializers.IntegerField()
    days_seen = serializers.IntegerField()
    rel_mae = serializers.FloatField(allow_null=True, help_text="error over the last price's: below 1 is better")
    crps = serializers.FloatField(allow_null=True, help_text="as a share of the last price")
    coverage_80 = serializers.FloatField(allow_null=True)
    coverage_95 = serializers.FloatField(allow_null=True)
    no_better_than_last_price = serializers.BooleanField(
        source="no_better", allow_null=True, help_text="true where guessing no change was as accurate"
    )


class ProductRecordSerializer(serializers.Serializer[Any]):
    """How good the published forecasts of one product were, once there are enough of them to tell."""

    least_forecasts = serializers.IntegerField(
        help_text="a horizon's figures are null while fewer forecasts of it were scored"
    )
    horizons = HorizonFiguresSerializer(many=True)
