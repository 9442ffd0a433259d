"""What people asked to be told, as tables."""

from dashboard.models.alert import Alert, AlertKind, Delivery

__all__ = ["Alert", "AlertKind", "Delivery"]
