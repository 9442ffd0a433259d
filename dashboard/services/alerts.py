"""Set, change, pause, resume and remove the alerts of one person."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language, gettext

from dashboard.models import (
    PRICE_RULES,
    THRESHOLD_KINDS,
    Alert,
    AlertKind,
    Channel,
    Direction,
    NotificationPreferences,
    WatchedPrice,
)
from dashboard.services.addresses import name_address
from dashboard.services.deliveries import stop_deliveries
from dashboard.services.locks import lock_user
from scraping.models import Product

MOST_ALERTS = 200  # a person
PARAMETERS = ("threshold", "percent", "direction", "days", "price_kind")


class TooManyAlerts(Exception):
    """The person has as many alerts as anybody may have."""


class SameAlert(Exception):
    """The person has another alert of just this rule."""


def set_alert(  # noqa: PLR0913 - a rule is that much
    *,
    user: Any,
    product: Product,
    kind: str,
    threshold: Decimal | None = None,
    percent: Decimal | None = None,
    direction: str | None = None,
    days: int | None = None,
    price_kind: str = WatchedPrice.REGULAR,
    once: bool = False,
    email: str = "",
    channels: Iterable[Channel] = (),
) -> Alert:
    """Set an alert; the same rule set twice is one rule, switched on. Armed unless it triggers `once` and did.

    Raises TooManyAlerts, TooSoon where an address would have to be confirmed and may not be asked now, and
    ValidationError where a parameter of the kind is missing or out of range.
    """
    given = dict(zip(PARAMETERS, (threshold, percent, direction, days, price_kind), strict=True))
    rule = {"user": user, "product": product, "kind": kind, **needed(kind, given)}
    with transaction.atomic():
        lock_user(user)  # two at once would both find no such rule, and room for one more
        same = Alert.objects.select_for_update().filter(**rule).first()
        if same is None and Alert.objects.filter(user=user).count() >= MOST_ALERTS:
            raise TooManyAlerts
        ensure_preferences(user=user, timezone=product.shop.timezone)
        name_address(user=user, email=email)
        alert = same or Alert(**rule)
        alert.once, alert.email = once, email
        if same is None or not same.active:
            _arm(alert)
        alert.save()
        alert.channels.set([channel for channel in channels if channel.user_id == alert.user_id])
    return alert


def needed(kind: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return the parameters of this kind and None for the others; ValidationError says which is missing or wrong.

    A rule that compares no price (stock, advice) has the regular price's kind.
    """
    wanted: dict[str, Any] = dict.fromkeys(PARAMETERS)
    wanted["price_kind"] = (kind in PRICE_RULES and given.get("price_kind")) or WatchedPrice.REGULAR
    if kind in THRESHOLD_KINDS:
        wanted["threshold"] = _within(given, "threshold", Decimal("0.0001"), Decimal(10) ** 10)
    elif kind == AlertKind.PRICE_CHANGE:
        wanted["percent"] = _within(given, "percent", Decimal("0.01"), 1000)
        wanted["direction"] = given.get("direction") or Direction.EITHER
    elif kind == AlertKind.LOWEST_IN_DAYS:
        wanted["days"] = _within(given, "days", 2, 1000)
    return wanted


def _within(given: Mapping[str, Any], name: str, least: Decimal | int, most: Decimal | int) -> Any:
    value = given.get(name)
    if value is None:
        raise ValidationError({name: gettext("This alert needs a value here.")})
    if not least <= value <= most:
        raise ValidationError({name: gettext("It must be between %(least)s and %(most)s.") % locals()})
    return value


def _arm(alert: Alert) -> None:
    """Begin anew: what was seen before now is taken in as the first visit, and a change counts from today's price."""
    alert.active = alert.armed = True
    alert.seen_until = None
    alert.reference = alert.price_now if alert.kind == AlertKind.PRICE_CHANGE else None


def change_alert(*, alert: Alert, channels: Iterable[Channel] | None = None, **values: Any) -> Alert:
    """Change some of an alert's values; a rule that is another one now begins anew, one that is stopped falls silent.

    The row is read again under a lock: a worker may have triggered it, or switched it off, since the caller read it.
    Raises SameAlert where the rule would be that of another alert, and TooSoon as `set_alert` does.
    """
    with transaction.atomic():
        lock_user(alert.user)
        alert = Alert.objects.select_for_update().get(pk=alert.pk)
        name_address(user=alert.user, email=values.get("email", ""))
        _change(alert, values)
        if channels is not None:
            alert.channels.set([channel for channel in channels if channel.user_id == alert.user_id])
    return alert


def _change(alert: Alert, values: dict[str, Any]) -> None:
    before = (*_rule(alert), alert.active)
    given = {name: getattr(alert, name) for name in PARAMETERS} | values
    for name, value in {**values, **needed(values.get("kind", alert.kind), given)}.items():
        setattr(alert, name, value)
    after = (*_rule(alert), alert.active)
    if _rule(alert) != before[:-1]:
        _refuse_same(alert)
    if after != before and alert.active:
        _arm(alert)
    alert.save()
    if values.get("active") is False:
        stop_deliveries(alert_ids=[alert.pk])


def _rule(alert: Alert) -> tuple[Any, ...]:
    return (alert.product_id, alert.kind, *(getattr(alert, name) for name in PARAMETERS))


def _refuse_same(alert: Alert) -> None:
    rule = {name: getattr(alert, name) for name in ("user_id", "product_id", "kind", *PARAMETERS)}
    if Alert.objects.filter(**rule).exclude(pk=alert.pk).exists():
        raise SameAlert


def switch_alert(*, user: Any, alert_id: int, active: bool) -> bool:
    """Pause or resume one's own alert; False where there is none of that number."""
    alert = Alert.objects.select_related("product__latest_spell").filter(user=user, pk=alert_id).first()
    if alert is not None:
        change_alert(alert=alert, active=active)
    return alert is not None


def stop_alerts(*, alert_ids: Iterable[int]) -> int:
    """Switch alerts off, and their waiting deliveries, for the holder of a signed link."""
    chosen = sorted(alert_ids)
    with transaction.atomic():
        # Waits for a worker that is just writing their events: what it queued is there to be stopped then.
        stopped = Alert.objects.filter(pk__in=chosen).update(active=False)
        stop_deliveries(alert_ids=chosen)
    return stopped


def remove_alert(*, user: Any, alert_id: int) -> bool:
    """Remove one's own alert; False where there is none of that number."""
    return bool(Alert.objects.filter(user=user, pk=alert_id).delete()[0])


def ensure_preferences(*, user: Any, timezone: str) -> NotificationPreferences:
    """Return the notification preferences; the first time in the shop's time zone and the language being spoken."""
    defaults = {"timezone": timezone, "language": supported_language()}
    preferences, _ = NotificationPreferences.objects.get_or_create(user=user, defaults=defaults)
    return preferences


def supported_language() -> str:
    """The language of the request being answered."""
    return "es" if (get_language() or "en").startswith("es") else "en"
