"""Alerts in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from dashboard.models import Alert, Delivery


@admin.register(Alert)
class AlertAdmin(admin.ModelAdmin[Alert]):
    """Rules people set."""

    list_display = ("product", "kind", "threshold", "user", "active")
    list_filter = ("active", "kind")
    autocomplete_fields = ("product", "user")
    list_select_related = ("product", "user")


@admin.register(Delivery)
class DeliveryAdmin(admin.ModelAdmin[Delivery]):
    """Each time a rule fired: a record, not to be edited."""

    list_display = ("alert", "event", "price", "created_at", "sent_at", "error")
    list_select_related = ("alert__product",)

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Only the alerts write here."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A record is read, not changed."""
        return False
