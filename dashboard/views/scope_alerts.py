"""Alerts on many products: templates, a preview of what a rule finds now, set and change."""

from decimal import ROUND_DOWN, Decimal
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods

from dashboard.models import Alert
from dashboard.permissions import is_somebody, only
from dashboard.selectors.mail_addresses import may_write_to
from dashboard.selectors.scopes import Scope, ScopePreview, scope_preview
from dashboard.services.alerts import SameAlert, TooManyAlerts, change_alert, scope_columns, set_alert
from dashboard.services.rate_limits import TooSoon
from dashboard.services.scope_events import MOST_AT_FIRST
from dashboard.views.alert_words import say_set
from dashboard.views.confirm_address import say_sent, say_too_soon
from dashboard.views.scope_form import ScopeForm, initial_from, initial_of

SUGGESTED = Decimal("0.95")  # of the cheapest now
TEMPLATES = (
    ("grade=extra_virgin", _("Any extra virgin below a price per litre")),
    ("grade=extra_virgin&most_litres=5", _("Extra virgin in packs up to 5 l")),
    ("grade=extra_virgin&most_litres=1", _("Extra virgin in bottles up to 1 l")),
    ("grade=olive", _("Any olive oil below a price per litre")),
)


@require_http_methods(["GET", "HEAD", "POST"])
@only(is_somebody)
def new_scope_alert(request: HttpRequest) -> HttpResponse:
    """Show the form, filled from the market's filters; on POST preview the rule or set it."""
    if request.method != "POST":
        form = scope_form(request)
        return _page(request, form, preview=_suggest(form))
    form = ScopeForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form, status=422)
    preview = _preview(form.scope, form.rule)
    if "preview" in request.POST:
        return _page(request, form, preview=preview)
    begun = timezone.now()
    try:
        alert = set_alert(user=request.user, scope=form.scope, **form.rule)
    except TooManyAlerts:
        form.add_error(None, gettext("You have reached the maximum number of alerts. Remove one first."))
        return _page(request, form, status=422)
    except TooSoon as soon:
        say_too_soon(request, soon)
        return _page(request, form, status=429)
    say_set(request, alert, is_new=alert.created_at >= begun, is_met=preview.met > 0)
    return redirect("alerts")


def edit_scope_alert(request: HttpRequest, alert: Alert) -> HttpResponse:
    """Show one of one's own rules in its form; on POST preview it or change it."""
    if request.method != "POST":
        form = ScopeForm(user=request.user, initial=initial_of(alert))
        return _page(request, form, alert=alert, preview=scope_preview(alert))
    form = ScopeForm(request.POST, user=request.user)
    if not form.is_valid():
        return _page(request, form, alert=alert, status=422)
    if "preview" in request.POST:
        return _page(request, form, alert=alert, preview=_preview(form.scope, form.rule))
    try:
        change_alert(alert=alert, scope=form.scope, **form.rule)
    except SameAlert:
        form.add_error(None, gettext("You already have another alert with this rule."))
        return _page(request, form, alert=alert, status=422)
    except TooSoon as soon:
        say_too_soon(request, soon)
        return _page(request, form, alert=alert, status=429)
    messages.success(request, gettext("Alert changed."))
    email = form.cleaned_data["email"]
    if email and not may_write_to(request.user, email):
        say_sent(request, email)
    return redirect("alerts")


def scope_form(request: HttpRequest) -> ScopeForm:
    """The empty form, with what the address names filled in."""
    initial = {"grade": "extra_virgin"} | initial_from(request.GET.dict())
    if not any(request.GET.get(name) for name in ("grade", "shop", "size", "most_litres")):
        initial |= {"grade": "extra_virgin", "most_litres": 5}
    return ScopeForm(user=request.user, initial=initial | {"email": getattr(request.user, "email", "")})


def _suggest(form: ScopeForm) -> ScopePreview | None:
    """Find what the form's scope holds now, and suggest a price a little below the cheapest."""
    place = form.places.get(str(form.initial.get("place", ""))) or next(iter(form.places.values()), None)
    if place is None:
        return None
    scope = Scope(
        place.currency, place.simulated, place.shop, form.initial["grade"] or None, form.initial["most_litres"]
    )
    preview = _preview(scope, {"kind": form.initial["kind"]})
    if preview.value is not None:
        form.initial["threshold"] = (preview.value * SUGGESTED).quantize(Decimal("0.01"), ROUND_DOWN)
    return preview


def _preview(scope: Scope, rule: dict[str, Any]) -> ScopePreview:
    names = ("kind", "threshold", "price_kind")
    columns = scope_columns(scope, kind=rule["kind"])
    return scope_preview(Alert(**columns, **{name: rule[name] for name in names if name in rule}))


def _page(
    request: HttpRequest,
    form: ScopeForm,
    *,
    alert: Alert | None = None,
    preview: ScopePreview | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "scope_form": form,
        "alert": alert,
        "preview": preview,
        "templates": TEMPLATES,
        "most_at_first": MOST_AT_FIRST,
    }
    return render(request, "scope_alert.html", context, status=status)
