"""The alerts of one person, what each product costs now, and how the messages of the last events were delivered."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db.models import Count, Max, Prefetch

from dashboard.models import THRESHOLD_KINDS, Alert, AlertEvent, AlertKind, Channel, Delivery
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
    """One rule; `now` is the price it is compared with, `state` one of armed, told_price, told, holds, done, off."""

    id: int
    product_id: int
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
        .annotate(last_event_at=Max("alert_events__created_at"))
        .select_related("user", "product__shop", "product__latest_spell")
        .prefetch_related(Prefetch("channels", Channel.objects.only("id", "name", "address")))
        .order_by("-id")
    )
    agreed = Agreed()
    return [_line(alert, alert.last_event_at, agreed) for alert in alerts]


def _line(alert: Alert, last_event_at: datetime | None, agreed: Agreed) -> AlertLine:
    product = alert.product
    recipients = [
        Recipient(channel.name, agreed.waits(alert.user, mail_of(channel))) for channel in alert.channels.all()
    ]
    if email := alert.email or ("" if recipients else alert.user.email):
        recipients.append(Recipient(email, agreed.waits(alert.user, email)))
    return AlertLine(
        id=alert.pk,
        product_id=product.pk,
        title=product.title or product.sku,
        shop=product.shop.name,
        currency=product.shop.currency,
        rule=alert,
        once=alert.once,
        by_litre=alert.by_litre,
        now=alert.price_now,
        state=_state(alert, last_event_at),
        recipients=recipients,
        last_event_at=last_event_at,
    )


def _state(alert: Alert, last_event_at: datetime | None) -> str:
    if not alert.active:
        return "done" if alert.once and last_event_at else "off"
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
        .select_related("alert__product__shop")
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
            product_id=alert_event.alert.product_id,
            title=alert_event.alert.product.title or alert_event.alert.product.sku,
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
