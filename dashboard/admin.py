"""Alerts in the admin: rules may be changed, secrets are not shown, what happened is a record."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard.models import (
    SCOPE,
    Alert,
    AlertEvent,
    Channel,
    ConfirmedBy,
    Delivery,
    MailAddress,
    NotificationPreferences,
)
from dashboard.notifications.channels.address import masked
from dashboard.selectors.doubtful_volumes import doubtful_volumes
from dashboard.selectors.scopes import scope_of
from dashboard.services.addresses import confirm_address
from dashboard.services.alerts import MOST_ALERTS, TooManyAlerts, change_alert, set_alert
from dashboard.services.rate_limits import TooSoon
from scraping.admin import ProductAdmin
from scraping.admin_base import ReadOnlyAdmin
from scraping.models import Product


class OverManyProducts(admin.SimpleListFilter):
    """Rules on one product, or on all of a scope."""

    title = _("watches")
    parameter_name = "watches"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """The two."""
        return [("product", gettext("one product")), ("scope", gettext("many products"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Alert]) -> QuerySet[Alert]:
        """Narrow to the chosen ones."""
        return queryset.filter(product__isnull=self.value() == "scope") if self.value() else queryset


class DoubtfulVolume(admin.SimpleListFilter):
    """Products whose litre is so cheap that their volume must have been misread."""

    title = _("doubtful volume")
    parameter_name = "doubtful_volume"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        """Only these: nobody looks for the others."""
        return [("yes", gettext("Yes"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Product]) -> QuerySet[Product]:
        """Narrow to the doubtful ones."""
        return queryset.filter(pk__in=doubtful_volumes()) if self.value() else queryset


ProductAdmin.list_filter = (*ProductAdmin.list_filter, DoubtfulVolume)  # the market decides which: a layer above


@admin.register(Alert)
class AlertAdmin(admin.ModelAdmin[Alert]):
    """Rules people set."""

    list_display = ("target", "kind", "price_kind", "threshold", "percent", "days", "user", "active", "armed")
    list_filter = ("active", "kind", "price_kind", OverManyProducts, "grade", "shop")
    autocomplete_fields = ("product", "user")
    filter_horizontal = ("channels",)
    list_select_related = ("product", "user", "shop")

    @admin.display(description=_("product or scope"))
    def target(self, alert: Alert) -> str:
        """What it watches."""
        return str(alert.product or alert.scope_name)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> tuple[str, ...]:
        """Another person's alert, or one of another product, is another alert."""
        return ("user", "product", "percent_under", "relative_to") if obj else ("percent_under", "relative_to")

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """What the services refuse is shown as an error, and nothing is saved."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except TooSoon as soon:
            problem = f"{gettext('The confirmation message could not be sent.')} {soon}"
        except TooManyAlerts:
            problem = gettext("This user has %(count)s alerts, which is the maximum.") % {"count": MOST_ALERTS}
        messages.error(request, f"{gettext('Nothing was saved.')} {problem}")
        return HttpResponseRedirect(request.get_full_path())

    def save_model(self, request: HttpRequest, obj: Alert, form: Any, change: bool) -> None:
        """By the services, as everywhere: a changed rule is armed again, a new e-mail address is confirmed first."""
        if change:
            change_alert(alert=obj, **_values(obj, {name: form.cleaned_data[name] for name in form.changed_data}))
            return
        alert = set_alert(
            **_values(obj, {name: form.cleaned_data[name] for name in form.cleaned_data}, but=("active",))
        )
        if not form.cleaned_data["active"]:
            change_alert(alert=alert, active=False)
        obj.pk = alert.pk

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """The services have set the channels, the person's own alone."""


def _values(alert: Alert, values: dict[str, Any], *, but: tuple[str, ...] = ()) -> dict[str, Any]:
    """A form's values as the services take them: what names a scope in one (`alert` holds all of them already)."""
    scoped = alert.is_scoped and any(name in values for name in SCOPE)
    plain = {name: value for name, value in values.items() if name not in {*SCOPE, *but}}
    return plain | ({"scope": scope_of(alert)} if scoped else {})


@admin.register(MailAddress)
class MailAddressAdmin(ReadOnlyAdmin):
    """Addresses people added beside their accounts' own, and whether their holders confirmed them."""

    list_display = ("email", "user", "confirmed_at", "confirmed_by", "asked_at", "error")
    list_filter = ("confirmed_by",)
    list_select_related = ("user",)
    actions = ("vouch",)

    @admin.action(description=_("Mark as confirmed (the owner agrees)"), permissions=["vouch"])
    def vouch(self, request: HttpRequest, chosen: QuerySet[MailAddress]) -> None:
        """Stored with the row: confirmed by an operator, not by its holder."""
        for address in chosen:
            confirm_address(address_id=address.pk, email=address.email, by=ConfirmedBy.OPERATOR)

    def has_vouch_permission(self, request: HttpRequest) -> bool:
        """Whoever may change these rows, though not by hand."""
        return request.user.has_perm("dashboard.change_mailaddress")


@admin.register(Channel)
class ChannelAdmin(ReadOnlyAdmin):
    """Where people wants messages; their addresses are secrets, also from the operator's screen."""

    list_display = ("name", "user", "where", "enabled", "failing_since", "last_error")
    fields = ("user", "name", "where", "enabled", "failing_since", "last_error", "last_success_at", "created_at")
    list_select_related = ("user",)

    @admin.display(description=_("where"))
    def where(self, channel: Channel) -> str:
        """The service and nothing secret."""
        return masked(channel.address)

    def has_delete_permission(self, request: HttpRequest, obj: object = None) -> bool:
        """An operator may remove a channel that should not be there."""
        return admin.ModelAdmin.has_delete_permission(self, request)


@admin.register(AlertEvent)
class AlertEventAdmin(ReadOnlyAdmin):
    """Each time a rule triggered: a record, not to be edited."""

    list_display = ("alert", "product", "price", "before", "happened_at", "created_at")
    list_select_related = ("alert__product", "alert__shop", "product")


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """How each telling ended: a record, not to be edited."""

    list_display = ("alert_event", "user", "channel", "state", "attempts", "due_at", "sent_at", "error")
    list_filter = ("state",)
    list_select_related = ("alert_event", "user", "channel")


@admin.register(NotificationPreferences)
class NotificationPreferencesAdmin(admin.ModelAdmin[NotificationPreferences]):
    """Quiet hours, time zone, language and the most messages of a day."""

    list_display = ("user", "timezone", "quiet_from", "quiet_until", "most_a_day", "language")
    autocomplete_fields = ("user",)
    list_select_related = ("user",)
