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


class AdviceFiguresSerializer(serializers.Serializer[Any]):
    """What published advice saved per purchase, as shares of the price that day; null where none was scored.

    Who follows it places a limit order where it says wait or no hurry, and buys on the first day that says buy.
    """

    decisions = serializers.IntegerField(help_text="n of every saving here")
    waits = serializers.IntegerField(help_text="n of `waits_lost`: advice to wait, or no hurry")
    saving = serializers.FloatField(allow_null=True, help_text="by following the advice")
    always_wait = serializers.FloatField(
        allow_null=True, help_text="by waiting each time, for the limit or the deadline"
    )
    never_wait = serializers.FloatField(help_text="0: each saving is against buying at once")
    possible = serializers.FloatField(allow_null=True, help_text="by a buyer who knew the future")
    capture = serializers.FloatField(allow_null=True, help_text="`saving` as a share of `possible`")
    waits_lost = serializers.FloatField(allow_null=True, help_text="share of waits that ended dearer")
    always_lost = serializers.FloatField(allow_null=True, help_text="the same of waiting each time")
