"""Alerts, events, deliveries and addresses, as tables."""

from dashboard.models.alert import THRESHOLD_KINDS, Alert, AlertKind, Direction
from dashboard.models.alert_event import AlertEvent
from dashboard.models.channel import Channel
from dashboard.models.delivery import WAITING, Delivery, DeliveryState
from dashboard.models.mail_address import ConfirmedBy, MailAddress
from dashboard.models.notification_preferences import NotificationPreferences

__all__ = [
    "THRESHOLD_KINDS",
    "WAITING",
    "Alert",
    "AlertEvent",
    "AlertKind",
    "Channel",
    "ConfirmedBy",
    "Delivery",
    "DeliveryState",
    "Direction",
    "MailAddress",
    "NotificationPreferences",
]
