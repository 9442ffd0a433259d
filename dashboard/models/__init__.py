"""Alerts, events, deliveries and addresses, as tables."""

from dashboard.models.alert import PRICE_RULES, SCOPE, THRESHOLD_KINDS, Alert, AlertKind, Direction, WatchedPrice
from dashboard.models.alert_event import AlertEvent
from dashboard.models.alert_match import AlertMatch, TakenIn
from dashboard.models.channel import Channel
from dashboard.models.delivery import WAITING, Delivery, DeliveryState
from dashboard.models.mail_address import ConfirmedBy, MailAddress
from dashboard.models.notification_preferences import NotificationPreferences

__all__ = [
    "PRICE_RULES",
    "SCOPE",
    "THRESHOLD_KINDS",
    "WAITING",
    "Alert",
    "AlertEvent",
    "AlertKind",
    "AlertMatch",
    "Channel",
    "ConfirmedBy",
    "Delivery",
    "DeliveryState",
    "Direction",
    "MailAddress",
    "NotificationPreferences",
    "TakenIn",
    "WatchedPrice",
]
