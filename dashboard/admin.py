"""Alerts in the admin."""

from django.contrib import admin

from dashboard.models import Alert, Delivery
from scraping.read_only_admin import ReadOnly


@admin.register(Alert)
class AlertAdmin(admin.ModelAdmin[Alert]):
    """Rules people set."""

    list_display = ("product", "kind", "threshold", "user", "active")
    list_filter = ("active", "kind")
    autocomplete_fields = ("product", "user")
    list_select_related = ("product", "user")


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly):
    """Each time a rule fired: a record, not to be edited."""

    list_display = ("alert", "event", "price", "created_at", "sent_at", "error")
    list_select_related = ("alert__product",)
