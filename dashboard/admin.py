"""Alerts in the admin: rules may be changed, secrets are not shown, what happened is a record."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest

from dashboard.channels.address import masked
from dashboard.models import Alert, Channel, ConfirmedBy, Delivery, Firing, MailAddress, Manners
from dashboard.services.confirm_address import confirm_address, name_address
from dashboard.services.stop_deliveries import stop_deliveries
from dashboard.services.too_soon import TooSoon
from scraping.admin_base import ReadOnlyAdmin


@admin.register(Alert)
class AlertAdmin(admin.ModelAdmin[Alert]):
    """Rules people set."""

    list_display = ("product", "kind", "threshold", "percent", "days", "user", "active", "armed")
    list_filter = ("active", "kind")
    autocomplete_fields = ("product", "user")
    filter_horizontal = ("channels",)
    list_select_related = ("product", "user")

    def save_model(self, request: HttpRequest, obj: Alert, form: Any, change: bool) -> None:
        """As everywhere: what is switched off falls silent, and the holder of a new e-mail address is asked."""
        super().save_model(request, obj, form, change)
        if not obj.active and "active" in form.changed_data:
            stop_deliveries(alert_ids=[obj.pk])
        try:
            name_address(user=obj.user, email=obj.email)
        except TooSoon as soon:
            messages.warning(request, f"The e-mail address could not be asked whether it may be written to. {soon}")


@admin.register(MailAddress)
class MailAddressAdmin(ReadOnlyAdmin):
    """Addresses people named beside their accounts' own, and whether their holders said yes."""

    list_display = ("email", "user", "confirmed_at", "confirmed_by", "asked_at", "error")
    list_filter = ("confirmed_by",)
    list_select_related = ("user",)
    actions = ("vouch",)

    @admin.action(description="Take as confirmed: I know that its holder agrees", permissions=["vouch"])
    def vouch(self, request: HttpRequest, chosen: QuerySet[MailAddress]) -> None:
        """Kept with the row: an operator said so, not its holder."""
        for address in chosen:
            confirm_address(address_id=address.pk, email=address.email, by=ConfirmedBy.OPERATOR)

    def has_vouch_permission(self, request: HttpRequest) -> bool:
        """Whoever may change these rows, though not by hand."""
        return request.user.has_perm("dashboard.change_mailaddress")


@admin.register(Channel)
class ChannelAdmin(ReadOnlyAdmin):
    """Where people want to be told; their addresses are secrets, also from the operator's screen."""

    list_display = ("name", "user", "where", "enabled", "failing_since", "last_error")
    fields = ("user", "name", "where", "enabled", "failing_since", "last_error", "last_success_at", "created_at")
    list_select_related = ("user",)

    @admin.display(description="where")
    def where(self, channel: Channel) -> str:
        """The service and nothing secret."""
        return masked(channel.address)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """An operator may remove a channel that should not be there."""
        return admin.ModelAdmin.has_delete_permission(self, request)


@admin.register(Firing)
class FiringAdmin(ReadOnlyAdmin):
    """Each time a rule fired: a record, not to be edited."""

    list_display = ("alert", "event", "price", "before", "happened_at", "created_at")
    list_select_related = ("alert__product",)


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """How each telling ended: a record, not to be edited."""

    list_display = ("firing", "user", "channel", "state", "attempts", "due_at", "sent_at", "error")
    list_filter = ("state",)
    list_select_related = ("firing", "user", "channel")


@admin.register(Manners)
class MannersAdmin(admin.ModelAdmin[Manners]):
    """Quiet hours, time zone, language and the most messages of a day."""

    list_display = ("user", "timezone", "quiet_from", "quiet_until", "most_a_day", "language")
    autocomplete_fields = ("user",)
    list_select_related = ("user",)
