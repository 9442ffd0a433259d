"""What people asked to be told, as tables."""

from dashboard.models.alert import THRESHOLD_KINDS, Alert, AlertKind, Direction
from dashboard.models.channel import Channel
from dashboard.models.delivery import WAITING, Delivery, DeliveryState
from dashboard.models.firing import Firing
from dashboard.models.mail_address import ConfirmedBy, MailAddress
from dashboard.models.manners import Manners

__all__ = [
    "THRESHOLD_KINDS",
    "WAITING",
    "Alert",
    "AlertKind",
    "Channel",
    "ConfirmedBy",
    "Delivery",
    "DeliveryState",
    "Direction",
    "Firing",
    "MailAddress",
    "Manners",
]
