"""A rule a person set: what to watch for, on one product or on all of a scope, and whom to tell."""

from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from dashboard.models.channel import Channel
from scraping.grade import Grade
from scraping.models import Product, Shop
from scraping.offer import PriceKind
from scraping.price_kinds import COLUMN_OF, LABELS


class AlertKind(models.TextChoices):
    """What the rule watches for."""

    PRICE_BELOW = "price_below", "the price falls to or below"
    PER_LITRE_BELOW = "per_litre_below", "the price per litre falls to or below"
    PRICE_CHANGE = "price_change", "the price changes by a percentage"
    LOWEST_IN_DAYS = "lowest_in_days", "the price is the lowest in a number of days"
    BACK_IN_STOCK = "back_in_stock", "it is back in stock"
    ADVICE_BUY = "advice_buy", "the advice changes to buy now"


class Direction(models.TextChoices):
    """Which way a change counts."""

    UP = "up", "up"
    DOWN = "down", "down"
    EITHER = "either", "up or down"


class WatchedPrice(models.TextChoices):
    """Which price of the product the rule compares: the price by the shop's setting, or another kind."""

    REGULAR = PriceKind.REGULAR.value, "the price"
    PRIME = PriceKind.PRIME.value, LABELS[PriceKind.PRIME]
    SUBSCRIPTION = PriceKind.SUBSCRIPTION.value, LABELS[PriceKind.SUBSCRIPTION]
    COUPON = PriceKind.COUPON.value, LABELS[PriceKind.COUPON]
    USED = PriceKind.USED.value, LABELS[PriceKind.USED]


GRADES = [(grade.value, grade.value.replace("_", " ")) for grade in Grade]
LITRE_STEP = Decimal("0.0001")  # as a spell's price per litre is kept
THRESHOLD_KINDS = (AlertKind.PRICE_BELOW, AlertKind.PER_LITRE_BELOW)
PRICE_RULES = (*THRESHOLD_KINDS, AlertKind.PRICE_CHANGE, AlertKind.LOWEST_IN_DAYS)


def _only(*kinds: str, **given: Q) -> Q:
    """These kinds have the parameter, as `given` says, and no other kind has it."""
    (name, condition), *_ = given.items()
    missing = Q(**{f"{name}__isnull": True})  # explicit: a check of NULL refuses nothing
    return (Q(kind__in=kinds) & ~missing & condition) | (~Q(kind__in=kinds) & missing)


SCOPE = ("grade", "most_litres", "shop", "currency", "simulated")
_NO_SCOPE = Q(**{f"{name}__isnull": True for name in SCOPE})
_A_SCOPE = Q(
    product__isnull=True,
    currency__isnull=False,
    currency__regex="^[A-Z]{3}$",
    simulated__isnull=False,
    kind__in=sorted(THRESHOLD_KINDS),
)


class Alert(models.Model):
    """Tell this person when this happens to this product, or to any product of a scope.

    A scope is a grade (null: every oil), the largest pack (null: any), a shop (null: every shop with prices in the
    currency) and whether the shops are simulated. What such a rule has found of each product stands in AlertMatch.

    A rule is armed until it triggers; a threshold arms again when the price has been above it in between (stock and
    advice likewise), unless the person wanted one message (`once`): then it is off for ever. `armed`, `reference` and
    `seen_until` are how far the rule has been worked out (see dashboard/notifications/rules.py).
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="alerts")
    product = models.ForeignKey(
        Product,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="alerts",
        help_text="empty: the rule watches every product of its scope",
    )
    grade = models.CharField(  # noqa: DJ001 - as the other parameters, null where it does not count
        max_length=16, choices=GRADES, null=True, blank=True, help_text="scope: the oil; empty for every oil"
    )
    most_litres = models.DecimalField(
        max_digits=9, decimal_places=4, null=True, blank=True, help_text="scope: the largest pack, in litres"
    )
    shop = models.ForeignKey(
        Shop,
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="alerts",
        help_text="scope: the shop; empty for every shop of the currency",
    )
    currency = models.CharField(  # noqa: DJ001 - null where the rule is on one product
        max_length=3, null=True, blank=True, help_text="scope: the currency of the prices, ISO 4217"
    )
    simulated = models.BooleanField(
        null=True, blank=True, help_text="scope: products of the demo shop; otherwise only real ones"
    )
    kind = models.CharField(max_length=20, choices=AlertKind.choices)
    price_kind = models.CharField(
        max_length=16,
        choices=WatchedPrice.choices,
        default=WatchedPrice.REGULAR,
        help_text="which price is compared; regular is the price by the shop's setting",
    )
    threshold = models.DecimalField(
        max_digits=14, decimal_places=4, null=True, blank=True, help_text="in the shop's currency"
    )
    percent = models.DecimalField(
        max_digits=6, decimal_places=2, null=True, blank=True, help_text="the size of the change in percent"
    )
    direction = models.CharField(max_length=8, choices=Direction.choices, null=True, blank=True)  # noqa: DJ001 - as the other parameters, null where the kind has none
    days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="the number of days")
    percent_under = models.DecimalField(
        max_digits=4,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="how far the threshold lies under `relative_to`, in percent",
    )
    relative_to = models.DecimalField(
        max_digits=14,
        decimal_places=4,
        null=True,
        blank=True,
        editable=False,
        help_text="the price of the day when the threshold was set in percent",
    )
    once = models.BooleanField(default=False, help_text="send one message, then switch the alert off")
    email = models.EmailField(blank=True, help_text="if empty and no channel is chosen, the user's own address is used")
    channels = models.ManyToManyField(Channel, blank=True, related_name="alerts")
    active = models.BooleanField(default=True)
    armed = models.BooleanField(default=True, editable=False)
    reference = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True, editable=False)
    seen_until = models.DateTimeField(null=True, blank=True, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar = ["-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "product", *SCOPE, "kind", "threshold", "percent", "direction", "days", "price_kind"],
                nulls_distinct=False,
                name="a_person_sets_a_rule_once",
                violation_error_message="This user already has this alert.",
            ),
            models.CheckConstraint(condition=Q(threshold__gt=0), name="an_alerts_threshold_is_positive"),
            models.CheckConstraint(condition=Q(kind__in=AlertKind.values), name="an_alerts_kind_is_known"),
            models.CheckConstraint(
                condition=Q(price_kind=WatchedPrice.REGULAR)
                | Q(price_kind__in=WatchedPrice.values, kind__in=sorted(PRICE_RULES)),
                name="an_alert_watches_a_known_price",
            ),
            models.CheckConstraint(
                condition=_only(*THRESHOLD_KINDS, threshold=Q(threshold__gt=0)),
                name="an_alert_below_a_price_names_it",
            ),
            models.CheckConstraint(
                condition=_only(AlertKind.PRICE_CHANGE, percent=Q(percent__gt=0, percent__lte=1000)),
                name="an_alert_for_a_change_names_how_large",
            ),
            models.CheckConstraint(
                condition=_only(AlertKind.PRICE_CHANGE, direction=Q(direction__in=Direction.values)),
                name="an_alert_for_a_change_names_which_way",
            ),
            models.CheckConstraint(
                condition=_only(AlertKind.LOWEST_IN_DAYS, days=Q(days__gte=2, days__lte=1000)),
                name="an_alert_for_a_low_names_its_days",
            ),
            models.CheckConstraint(
                condition=(Q(product__isnull=False) & _NO_SCOPE) | _A_SCOPE,
                name="an_alert_has_a_product_or_a_scope",
                violation_error_message="Choose a product, or a currency, demo or real, and a price per pack or litre.",
            ),
            models.CheckConstraint(
                condition=Q(grade__isnull=True) | Q(grade__in=[grade.value for grade in Grade]),
                name="an_alerts_grade_is_known",
            ),
            models.CheckConstraint(
                condition=Q(most_litres__isnull=True) | Q(most_litres__gt=0), name="an_alerts_pack_is_positive"
            ),
            models.CheckConstraint(
                condition=Q(percent_under__isnull=True, relative_to__isnull=True)
                | Q(
                    percent_under__gt=0,
                    percent_under__lt=100,
                    relative_to__gt=0,
                    product__isnull=False,
                    kind__in=sorted(THRESHOLD_KINDS),
                ),
                name="a_threshold_in_percent_names_its_price",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["product"], condition=Q(active=True), name="active_alerts_by_product"),
            models.Index(
                fields=["currency", "simulated", "grade"],
                condition=Q(active=True, product__isnull=True),
                name="active_alerts_by_scope",
            ),
        ]

    def __str__(self) -> str:
        parameter = self.threshold or self.percent or self.days or ""
        return f"{self.get_kind_display()} {parameter} ({self.product or self.scope_name})"

    @property
    def is_scoped(self) -> bool:
        """Whether the rule watches every product of a scope."""
        return self.product_id is None

    @property
    def scope_name(self) -> str:
        """The scope in short, for lists of operators."""
        size = "" if self.most_litres is None else f"up to {self.most_litres.normalize():f} l"
        shop = self.shop.name if self.shop else "demo shops" if self.simulated else "all shops"
        return ", ".join(filter(None, [self.get_grade_display() or "every oil", size, shop, self.currency]))

    @property
    def money_currency(self) -> str:
        """The currency of its amounts."""
        return self.product.shop.currency if self.product else self.currency or ""

    @property
    def by_litre(self) -> bool:
        """Whether the rule compares the price of a litre."""
        return self.kind == AlertKind.PER_LITRE_BELOW

    @property
    def price_column(self) -> str:
        """The column of a price spell that the rule compares."""
        return COLUMN_OF.get(PriceKind(self.price_kind), "price")

    def compared(self, price: Decimal | None, litres: Decimal | None) -> Decimal | None:
        """The pack's or the litre's share of a price, as the rule compares it."""
        if price is None or not self.by_litre:
            return price
        return (price / litres).quantize(LITRE_STEP, ROUND_HALF_UP) if litres else None

    @property
    def price_now(self) -> Decimal | None:
        """What the rule compares of its product's offer last seen; None where it has no such price, or a scope."""
        return self.price_of(self.product) if self.product else None

    def is_met_by(self, value: Decimal | None) -> bool:
        """Whether a price is at or below the threshold; other kinds of rules compare none."""
        return value is not None and self.threshold is not None and value <= self.threshold

    def price_of(self, product: Product) -> Decimal | None:
        """What the rule compares of a product's offer last seen."""
        spell = product.latest_spell
        return self.compared(getattr(spell, self.price_column), spell.litres) if spell else None
