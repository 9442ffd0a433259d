"""/api/alerts/: the rules of the person who asks."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as Refused
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.exceptions import Throttled
from rest_framework.permissions import IsAuthenticated
from rest_framework.viewsets import ModelViewSet

from dashboard.models import Alert, Channel
from dashboard.selectors.mail_addresses import Agreed, mail_of
from dashboard.services.alerts import PARAMETERS, SameAlert, TooManyAlerts, change_alert, needed, set_alert
from dashboard.services.rate_limits import TooSoon


class OwnChannels(serializers.PrimaryKeyRelatedField[Channel]):
    """The channels of the person who asks; nobody else's exist."""

    def get_queryset(self) -> QuerySet[Channel]:
        """Their own."""
        request = self.context.get("request")
        return Channel.objects.filter(user=request.user.pk) if request else Channel.objects.none()


class AlertSerializer(serializers.ModelSerializer[Alert]):
    """A rule; which of threshold, percent with direction, and days it needs depends on its kind.

    `price_kind` says which price it compares: regular (the shop's), prime, subscription, coupon or used.
    """

    threshold = serializers.DecimalField(
        max_digits=14, decimal_places=4, min_value=Decimal("0.0001"), required=False, allow_null=True
    )
    percent = serializers.DecimalField(
        max_digits=6, decimal_places=2, min_value=Decimal("0.01"), max_value=1000, required=False, allow_null=True
    )
    days = serializers.IntegerField(min_value=2, max_value=1000, required=False, allow_null=True)
    channels = OwnChannels(many=True, required=False)
    waiting_for_confirmation = serializers.SerializerMethodField(
        help_text="true: one of its e-mail addresses is not confirmed, so nothing is sent there; see /api/addresses/"
    )
    armed = serializers.BooleanField(
        read_only=True, help_text="false: triggered; it re-arms when the condition no longer holds"
    )

    class Meta:
        model = Alert
        fields: ClassVar = [
            *(
                "id",
                "product",
                "kind",
                "threshold",
                "percent",
                "direction",
                "days",
                "price_kind",
                "once",
                "email",
                "channels",
            ),
            *("active", "armed", "waiting_for_confirmation", "created_at"),
        ]

    def get_waiting_for_confirmation(self, alert: Alert) -> bool:
        """Whether one of its e-mail addresses waits."""
        agreed: Agreed = self.context["agreed"]
        addresses = [alert.email, *(mail_of(channel) for channel in alert.channels.all())]
        return any(agreed.waits(alert.user, address) for address in addresses)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a kind without its parameter; those of other kinds are left out."""
        held = {name: getattr(self.instance, name, None) for name in PARAMETERS}
        kind = str(attrs.get("kind") or getattr(self.instance, "kind", ""))
        try:
            return attrs | needed(kind, held | attrs)
        except Refused as error:
            raise serializers.ValidationError(error.message_dict) from error

    def create(self, validated_data: dict[str, Any]) -> Alert:
        """Set it; the same rule twice is one rule."""
        active = validated_data.pop("active", True)
        try:
            alert = set_alert(**validated_data)
        except TooManyAlerts as error:
            raise serializers.ValidationError(
                "You have reached the maximum number of alerts. Remove one first."
            ) from error
        except TooSoon as soon:
            raise Throttled(wait=soon.seconds) from soon
        return alert if active else change_alert(alert=alert, active=False)

    def update(self, instance: Alert, validated_data: dict[str, Any]) -> Alert:
        """Change it; another rule begins anew."""
        try:
            return change_alert(alert=instance, **validated_data)
        except SameAlert as error:
            raise serializers.ValidationError("You already have this alert. Change that one.") from error
        except TooSoon as soon:
            raise Throttled(wait=soon.seconds) from soon


class AlertViewSet(ModelViewSet[Any]):
    """One's own alerts: list, add, change, remove."""

    queryset = Alert.objects.none()
    serializer_class = AlertSerializer
    permission_classes = (IsAuthenticated,)
    filterset_fields = ("product", "kind", "active")

    def get_queryset(self) -> QuerySet[Alert]:
        """Nobody sees another person's rules."""
        user = self.request.user
        own = Alert.objects.filter(user=user.pk) if user.is_authenticated else Alert.objects.none()
        return own.select_related("user").prefetch_related("channels").order_by("id")

    def get_serializer_context(self) -> dict[str, Any]:
        """One answer about addresses for all rows of a list."""
        return {**super().get_serializer_context(), "agreed": Agreed()}

    def perform_create(self, serializer: Any) -> None:
        """The rule belongs to the person who asks."""
        serializer.save(user=self.request.user)
