"""/api/alerts/: the rules of the person who asks."""

from decimal import Decimal
from typing import Any, ClassVar

from django.core.exceptions import ValidationError as Refused
from django.db.models import QuerySet
from rest_framework import serializers
from rest_framework.exceptions import Throttled
from rest_framework.permissions import IsAuthenticated
from rest_framework.viewsets import ModelViewSet

from dashboard.models import SCOPE, Alert, Channel, WatchedPrice
from dashboard.selectors.alerts import products_met
from dashboard.selectors.mail_addresses import Agreed, mail_of
from dashboard.selectors.scopes import Scope
from dashboard.services.alerts import (
    PARAMETERS,
    SameAlert,
    TooManyAlerts,
    change_alert,
    needed,
    scope_columns,
    set_alert,
    under_today,
)
from dashboard.services.rate_limits import TooSoon
from scraping.currency import ISO_4217
from scraping.models import Product
from scraping.models.product import GRADES


class OwnChannels(serializers.PrimaryKeyRelatedField[Channel]):
    """The channels of the person who asks; nobody else's exist."""

    def get_queryset(self) -> QuerySet[Channel]:
        """Their own."""
        request = self.context.get("request")
        return Channel.objects.filter(user=request.user.pk) if request else Channel.objects.none()


class AlertSerializer(serializers.ModelSerializer[Alert]):
    """A rule; which of threshold, percent with direction, and days it needs depends on its kind.

    `price_kind` says which price it compares: regular (the shop's), prime, subscription, coupon or used.

    It watches one `product`, or every product of a scope: `grade`, `most_litres`, `shop`, `currency` and `simulated`,
    where what is left out does not narrow. A rule over a scope is a `price_below` or `per_litre_below`, needs a
    `currency` or a `shop`, and triggers for each product by itself.

    `percent_under` sets the threshold in percent under today's price, which is kept as `relative_to`.
    """

    threshold = serializers.DecimalField(
        max_digits=14, decimal_places=4, min_value=Decimal("0.0001"), required=False, allow_null=True
    )
    percent = serializers.DecimalField(
        max_digits=6, decimal_places=2, min_value=Decimal("0.01"), max_value=1000, required=False, allow_null=True
    )
    days = serializers.IntegerField(min_value=2, max_value=1000, required=False, allow_null=True)
    product = serializers.PrimaryKeyRelatedField(
        queryset=Product.objects.select_related("shop", "latest_spell"),
        required=False,
        allow_null=True,
        help_text="the product to watch; null for a rule over a scope",
    )
    grade = serializers.ChoiceField(
        choices=GRADES, required=False, allow_null=True, help_text="scope: the oil; null for every oil"
    )
    most_litres = serializers.DecimalField(
        max_digits=9,
        decimal_places=4,
        min_value=Decimal("0.0001"),
        required=False,
        allow_null=True,
        help_text="scope: the largest pack, in litres; null for any",
    )
    currency = serializers.ChoiceField(
        choices=sorted(ISO_4217),
        required=False,
        allow_null=True,
        help_text="scope: the currency of the prices, ISO 4217; where a shop is named, its own",
    )
    simulated = serializers.BooleanField(
        required=False,
        allow_null=True,
        help_text="scope: true for the demo shop; real products set off no rule on simulated ones, nor the other way "
        "round. Where a shop is named, whether that is the demo shop; else false",
    )
    percent_under = serializers.DecimalField(
        max_digits=4,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=Decimal("99.99"),
        required=False,
        allow_null=True,
        help_text="sets `threshold` so many percent under today's price (one product, price_below or per_litre_below)",
    )
    matches = serializers.IntegerField(
        source="met",
        read_only=True,
        default=0,
        allow_null=True,
        help_text="a rule over a scope: on how many products it was met when they were last checked",
    )
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
                *SCOPE,
                "kind",
                "threshold",
                "percent",
                "direction",
                "days",
                "price_kind",
                "percent_under",
                "relative_to",
                "once",
                "email",
                "channels",
            ),
            *("active", "armed", "matches", "waiting_for_confirmation", "created_at"),
        ]
        read_only_fields = ("relative_to",)
        validators: ClassVar[list[Any]] = []  # the same rule twice is one rule: see the services

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
            attrs = self._with_scope(attrs, kind)
            if (percent_under := attrs.get("percent_under")) is not None:
                held["threshold"] = under_today(self._trial(attrs, kind), percent_under)["threshold"]
                attrs.pop("threshold", None)
            return attrs | needed(kind, held | attrs)
        except Refused as error:
            raise serializers.ValidationError(error.message_dict) from error

    def _trial(self, attrs: dict[str, Any], kind: str) -> Alert:
        price_kind = str(attrs.get("price_kind") or getattr(self.instance, "price_kind", WatchedPrice.REGULAR))
        return Alert(
            product=attrs.get("product") or getattr(self.instance, "product", None), kind=kind, price_kind=price_kind
        )

    def _with_scope(self, attrs: dict[str, Any], kind: str) -> dict[str, Any]:
        """Put what names a scope into one; refuse a rule with neither a product nor a scope, or with both."""
        scoped = {name: attrs.pop(name) for name in SCOPE if name in attrs}
        instance = self.instance
        product = attrs.get("product", instance.product if isinstance(instance, Alert) else None)
        if isinstance(instance, Alert):
            if "product" in attrs and attrs.pop("product") != instance.product:
                raise Refused({"product": "An alert stays on its product: set another one."})
            if instance.is_scoped and scoped:
                scoped = {name: getattr(instance, name) for name in SCOPE} | scoped
        given = {name: value for name, value in scoped.items() if value is not None}
        if product is not None:
            if given:
                raise Refused(dict.fromkeys(given, "An alert watches one product or a scope, not both."))
            return attrs
        if isinstance(instance, Alert) and not scoped:
            return attrs
        shop = given.get("shop")
        currency = given.get("currency") or (shop.currency if shop else None)
        if currency is None:
            raise Refused({"product": "Name a product, or a scope with a currency or a shop."})
        simulated = given.get("simulated", shop.simulated if shop else False)
        scope = Scope(currency, simulated, shop, given.get("grade"), given.get("most_litres"))
        scope_columns(scope, kind=kind)  # refuses what does not fit together
        return attrs | {"scope": scope}

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
    filterset_fields = ("product", "kind", "active", "grade", "shop", "currency", "simulated")

    def get_queryset(self) -> QuerySet[Alert]:
        """Nobody sees another person's rules."""
        user = self.request.user
        own = Alert.objects.filter(user=user.pk) if user.is_authenticated else Alert.objects.none()
        return (
            own.annotate(met=products_met())
            .select_related("user", "product")
            .prefetch_related("channels")
            .order_by("id")
        )

    def get_serializer_context(self) -> dict[str, Any]:
        """One answer about addresses for all rows of a list."""
        return {**super().get_serializer_context(), "agreed": Agreed()}

    def perform_create(self, serializer: Any) -> None:
        """The rule belongs to the person who asks."""
        serializer.save(user=self.request.user)
