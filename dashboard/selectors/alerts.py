"""The alerts of one person, what each product costs now, and how the messages of the last events were delivered."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, OuterRef, Prefetch, Subquery

from dashboard.models import THRESHOLD_KINDS, Alert, AlertEvent, AlertKind, AlertMatch, Channel, Delivery
from dashboard.notifications.channels.address import masked
from dashboard.selectors.mail_addresses import Agreed, mail_of

LAST_EVENTS = 50


@dataclass(frozen=True, slots=True)
class Recipient:
    """One address or channel of an alert; an e-mail address that waits for its confirmation gets no messages yet."""

    name: str
    waits: bool


@dataclass(frozen=True, slots=True)
class AlertLine:
    """One rule; `now` is the price it is compared with.

    `state` is armed, met (it holds now, and the first message is on its way), first_check, told_price, told, holds,
    done or off. A rule over a scope has no product: `met` says on how many it is met, as far as it was worked out.
    """

    id: int
    product_id: int | None
    title: str
    shop: str
    currency: str
    rule: Alert
    once: bool
    by_litre: bool
    now: Decimal | None
    state: str
    recipients: list[Recipient]
    last_event_at: datetime | None
    met: int


@dataclass(frozen=True, slots=True)
class DeliveryLine:
    """How one message was delivered."""

    to: str
    state: str
    error: str
    due_at: datetime
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class AlertEventLine:
    """One alert event with its deliveries."""

    product_id: int
    title: str
    event: AlertEvent
    at: datetime
    deliveries: list[DeliveryLine] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class ChannelLine:
    """One channel, its secret left out."""

    id: int
    name: str
    where: str
    enabled: bool
    waits: bool
    alerts: int
    failing_since: datetime | None
    last_error: str
    last_success_at: datetime | None


def alert_lines(user_id: int) -> list[AlertLine]:
    """One person's alerts, the newest first: two queries, and one where e-mail addresses are named."""
    alerts = (
        Alert.objects.filter(user=user_id)
        .annotate(last_event_at=_newest_event(), met=products_met())
        .select_related("user", "shop", "product__shop", "product__latest_spell")
        .prefetch_related(Prefetch("channels", Channel.objects.only("id", "name", "address")))
        .order_by("-id")
    )
    agreed = Agreed()
    return [_line(alert, alert.last_event_at, alert.met or 0, agreed) for alert in alerts]


def _newest_event() -> Subquery:
    events = AlertEvent.objects.filter(alert=OuterRef("pk")).order_by("-created_at")
    return Subquery(events.values("created_at")[:1])


def products_met() -> Subquery:
    """On how many products each rule over a scope is met, as far as it was worked out."""
    met = AlertMatch.objects.filter(alert=OuterRef("pk"), armed=False).order_by()
    return Subquery(met.values("alert").annotate(count=Count("pk")).values("count"))


def _line(alert: Alert, last_event_at: datetime | None, met: int, agreed: Agreed) -> AlertLine:
    product = alert.product
    now = alert.price_now
    recipients = [
        Recipient(channel.name, agreed.waits(alert.user, mail_of(channel))) for channel in alert.channels.all()
    ]
    if email := alert.email or ("" if recipients else alert.user.email):
        recipients.append(Recipient(email, agreed.waits(alert.user, email)))
    return AlertLine(
        id=alert.pk,
        product_id=product.pk if product else None,
        title=str(product or ""),
        shop=product.shop.name if product else "",
        currency=alert.money_currency,
        rule=alert,
        once=alert.once,
        by_litre=alert.by_litre,
        now=now,
        state=_state(alert, last_event_at, now),
        recipients=recipients,
        last_event_at=last_event_at,
        met=met,
    )


def _state(alert: Alert, last_event_at: datetime | None, now: Decimal | None) -> str:
    if not alert.active:
        return "done" if alert.once and last_event_at else "off"
    if alert.seen_until is None and alert.is_scoped:
        return "first_check"
    if alert.seen_until is None and last_event_at is None and alert.is_met_by(now):
        return "met"
    waits_for_another_event = alert.kind in {AlertKind.PRICE_CHANGE, AlertKind.LOWEST_IN_DAYS}
    if alert.armed or waits_for_another_event:
        return "armed"
    if alert.kind in THRESHOLD_KINDS:
        return "told_price"
    return "told" if last_event_at else "holds"


def alert_event_lines(user_id: int) -> list[AlertEventLine]:
    """The last alert events of one person's alerts, with how each message was delivered: two queries."""
    alert_events = list(
        AlertEvent.objects.filter(alert__user=user_id)
        .select_related("product__shop", "alert__product__shop", "alert__shop")
        .order_by("-id")[:LAST_EVENTS]
    )
    deliveries: dict[int, list[DeliveryLine]] = defaultdict(list)
    for delivery in Delivery.objects.filter(alert_event__in=alert_events).select_related("channel").order_by("id"):
        to = delivery.channel.name if delivery.channel else delivery.email
        deliveries[delivery.alert_event_id].append(
            DeliveryLine(to, delivery.state, delivery.error, delivery.due_at, delivery.sent_at)
        )
    return [
        AlertEventLine(
            product_id=alert_event.product_id,
            title=str(alert_event.product),
            event=alert_event,
            at=alert_event.created_at,
            deliveries=deliveries[alert_event.pk],
        )
        for alert_event in alert_events
    ]


def channel_lines(user_id: int) -> list[ChannelLine]:
    """One person's channels by name: one query, and one where e-mail addresses are among them."""
    mine = Channel.objects.filter(user=user_id).select_related("user")
    channels, agreed = mine.annotate(used=Count("alerts")).order_by("name"), Agreed()
    return [
        ChannelLine(
            id=channel.pk,
            name=channel.name,
            where=masked(channel.address),
            enabled=channel.enabled,
            waits=agreed.waits(channel.user, mail_of(channel)),
            alerts=channel.used,
            failing_since=channel.failing_since,
            last_error=channel.last_error,
            last_success_at=channel.last_success_at,
        )
        for channel in channels
    ]
