"""Set, change, pause, resume and remove the alerts of one person."""

from collections.abc import Iterable, Mapping
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import get_language, gettext

from dashboard.models import (
    PRICE_RULES,
    SCOPE,
    THRESHOLD_KINDS,
    Alert,
    AlertKind,
    Channel,
    Direction,
    NotificationPreferences,
    WatchedPrice,
)
from dashboard.selectors.scopes import Scope
from dashboard.services.addresses import name_address
from dashboard.services.deliveries import stop_deliveries
from dashboard.services.locks import lock_user
from scraping.models import Product, Shop

MOST_ALERTS = 200  # a person
PARAMETERS = ("threshold", "percent", "direction", "days", "price_kind")
RELATIVE = ("percent_under", "relative_to")  # where a threshold in percent came from: not part of the rule


class TooManyAlerts(Exception):
    """The person has as many alerts as anybody may have."""


class SameAlert(Exception):
    """The person has another alert of just this rule."""


class NoPriceNow(ValidationError):
    """The product has no such price at the moment, so nothing is 10 % under it."""


def set_alert(  # noqa: PLR0913 - a rule is that much
    *,
    user: Any,
    product: Product | None = None,
    scope: Scope | None = None,
    kind: str,
    threshold: Decimal | None = None,
    percent_under: Decimal | None = None,
    percent: Decimal | None = None,
    direction: str | None = None,
    days: int | None = None,
    price_kind: str = WatchedPrice.REGULAR,
    once: bool = False,
    email: str = "",
    channels: Iterable[Channel] = (),
) -> Alert:
    """Set an alert on a product or a scope; the same rule set twice is one rule, switched on.

    Armed unless it triggers `once` and did. `percent_under` names the threshold in percent under today's price.
    Raises TooManyAlerts, TooSoon where an address would have to be confirmed and may not be asked now, and
    ValidationError where a parameter of the kind is missing or out of range.
    """
    given = dict(zip(PARAMETERS, (threshold, percent, direction, days, price_kind), strict=True))
    target: dict[str, Any] = {"product": product, **scope_columns(scope, kind=kind)}
    relative: dict[str, Any] = dict.fromkeys(RELATIVE)
    if percent_under is not None:
        relative = under_today(Alert(product=product, kind=kind, price_kind=price_kind), percent_under)
        given["threshold"] = relative.pop("threshold")
    rule = {"user": user, **target, "kind": kind, **needed(kind, given)}
    with transaction.atomic():
        lock_user(user)  # two at once would both find no such rule, and room for one more
        same = Alert.objects.select_for_update().filter(**rule).first()
        if same is None and Alert.objects.filter(user=user).count() >= MOST_ALERTS:
            raise TooManyAlerts
        ensure_preferences(user=user, timezone=_timezone(product, scope))
        name_address(user=user, email=email)
        alert = same or Alert(**rule)
        alert.once, alert.email = once, email
        alert.percent_under, alert.relative_to = relative["percent_under"], relative["relative_to"]
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


def scope_columns(scope: Scope | None, *, kind: str) -> dict[str, Any]:
    """Return the columns of a scope, all None where there is none; only a threshold can be set on many products."""
    if scope is None:
        return dict.fromkeys(SCOPE)
    if kind not in THRESHOLD_KINDS:
        text = gettext("An alert on many products compares the price of the pack or of the litre.")
        raise ValidationError({"kind": text})
    if scope.shop and (scope.shop.currency, scope.shop.simulated) != (scope.currency, scope.simulated):
        raise ValidationError({"shop": gettext("The currency and “simulated” must be those of the shop.")})
    return {
        "grade": scope.grade or None,
        "most_litres": scope.most_litres,
        "shop": scope.shop,
        "currency": scope.currency,
        "simulated": scope.simulated,
    }


def under_today(alert: Alert, percent_under: Decimal) -> dict[str, Decimal]:
    """Return the threshold so many percent under what the rule compares now, and what it is relative to."""
    if alert.kind not in THRESHOLD_KINDS or not alert.product:
        text = gettext("Only the price of one product can be compared with today's.")
        raise ValidationError({"percent_under": text})
    if not 0 < percent_under < 100:
        values = {"least": Decimal("0.01"), "most": Decimal("99.99")}
        raise ValidationError({"percent_under": gettext("It must be between %(least)s and %(most)s.") % values})
    today = alert.price_now
    if not today:
        raise NoPriceNow({"percent_under": gettext("It has no such price right now: enter an amount.")})
    threshold = (today * (100 - percent_under) / 100).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return {"threshold": max(threshold, Decimal("0.01")), "percent_under": percent_under, "relative_to": today}


def _timezone(product: Product | None, scope: Scope | None) -> str:
    shop = product.shop if product else scope.shop if scope else None
    if shop is None and scope:
        shop = Shop.objects.filter(currency=scope.currency, enabled=True).order_by("pk").first()
    return shop.timezone if shop else "UTC"


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
    scope = values.pop("scope", None)
    if scope is not None:
        values |= scope_columns(scope, kind=values.get("kind", alert.kind))
    values |= _relative(alert, values)
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
    return (alert.product_id, alert.kind, *(getattr(alert, name) for name in (*SCOPE, *PARAMETERS)))


def _relative(alert: Alert, values: dict[str, Any]) -> dict[str, Any]:
    """A threshold in percent is worked out anew from today's price; a new amount forgets where the old came from."""
    if (percent_under := values.get("percent_under")) is not None:
        trial = Alert(product=alert.product, kind=alert.kind, price_kind=alert.price_kind)
        for name in ("kind", "price_kind"):
            setattr(trial, name, values.get(name) or getattr(trial, name))
        return under_today(trial, percent_under)
    kept = values.get("kind", alert.kind) == alert.kind and values.get("threshold", alert.threshold) == alert.threshold
    return {} if kept and "percent_under" not in values else dict.fromkeys(RELATIVE)


def _refuse_same(alert: Alert) -> None:
    rule = {name: getattr(alert, name) for name in ("user_id", "product_id", "kind", *SCOPE, *PARAMETERS)}
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
