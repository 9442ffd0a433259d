"""One's own alerts: set one on a product's page, see what triggered, pause, resume and remove them."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from dashboard.models import Alert, AlertKind, NotificationPreferences
from dashboard.notifications.channels.mail import mail_is_set_up
from dashboard.permissions import is_somebody, only
from dashboard.selectors.alerts import alert_event_lines, alert_lines, channel_lines
from dashboard.selectors.mail_addresses import may_write_to, waiting_addresses
from dashboard.services.alerts import (
    PARAMETERS,
    NoPriceNow,
    SameAlert,
    TooManyAlerts,
    change_alert,
    remove_alert,
    set_alert,
    stop_alerts,
    supported_language,
    switch_alert,
)
from dashboard.services.rate_limits import TooSoon
from dashboard.texts.alert_message import STOP_SALT
from dashboard.texts.delivery_results import mail_not_set_up
from dashboard.views.alert_form import UNDER_TODAY, AlertForm
from dashboard.views.alert_words import say_set
from dashboard.views.confirm_address import say_sent, say_too_soon
from dashboard.views.preferences_form import PreferencesForm
from dashboard.views.product import product_page
from dashboard.views.scope_alerts import TEMPLATES, edit_scope_alert, scope_form
from scraping.models import Product


@require_safe
@only(is_somebody)
def alerts(request: HttpRequest) -> HttpResponse:
    """List one's own alerts, what triggered, where messages go and when."""
    user_id = request.user.pk or 0
    preferences = NotificationPreferences.objects.filter(user=user_id).first() or NotificationPreferences(
        language=supported_language()
    )
    context = {
        "alerts": alert_lines(user_id),
        "alert_events": alert_event_lines(user_id),
        "channels": channel_lines(user_id),
        "addresses": waiting_addresses(user_id),
        "preferences": PreferencesForm(instance=preferences),
        "mail_trouble": "" if mail_is_set_up() else mail_not_set_up(),
        "now": timezone.now(),
        "scope_form": scope_form(request),
        "templates": TEMPLATES,
    }
    return render(request, "alerts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@only(is_somebody)
def add_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Set an alert on a product, then go back to its page; a form that is wrong comes back as it was sent."""
    if request.method != "POST":  # somebody reloads the page of a refused form, or follows its links
        return redirect(f"{reverse('product', args=[pk])}?{request.GET.urlencode()}")
    product = get_object_or_404(Product.objects.select_related("shop", "latest_spell"), pk=pk)
    form = AlertForm(request.POST, by_litre=product.litres is not None, user=request.user)
    if not form.is_valid():
        return product_page(request, pk, refused=form)
    begun = timezone.now()
    try:
        alert = set_alert(user=request.user, product=product, **form.cleaned_data)
    except TooManyAlerts:
        messages.error(request, gettext("You have reached the maximum number of alerts. Remove one first."))
        return redirect("alerts")
    except NoPriceNow as error:
        form.add_error("percent", error.messages)
        return product_page(request, pk, refused=form)
    except TooSoon as soon:
        say_too_soon(request, soon)
        return redirect("product", pk=pk)
    say_set(request, alert, is_new=alert.created_at >= begun, is_met=alert.is_met_by(alert.price_now))
    return redirect("product", pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@only(is_somebody)
def edit_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one of one's own alerts in its form; on POST change it."""
    mine = Alert.objects.select_related("product__shop", "product__latest_spell", "shop").filter(user=request.user.pk)
    alert = get_object_or_404(mine, pk=pk)
    if alert.product is None:
        return edit_scope_alert(request, alert)
    by_litre = alert.product.litres is not None
    if request.method != "POST":
        initial = _initial(alert) | {"channels": alert.channels.all()}
        form = AlertForm(by_litre=by_litre, user=request.user, initial=initial)
        return render(request, "alert_edit.html", {"alert": alert, "alert_form": form})
    form = AlertForm(request.POST, by_litre=by_litre, user=request.user)
    if form.is_valid():
        try:
            change_alert(alert=alert, **{"percent_under": None, **form.cleaned_data})
        except NoPriceNow as error:
            form.add_error("percent", error.messages)
        except SameAlert:
            form.add_error(None, gettext("You already have another alert with this rule."))
        except TooSoon as soon:
            say_too_soon(request, soon)
        else:
            messages.success(request, gettext("Alert changed."))
            if form.cleaned_data["email"] and not may_write_to(request.user, form.cleaned_data["email"]):
                say_sent(request, form.cleaned_data["email"])
            return redirect("alerts")
    return render(request, "alert_edit.html", {"alert": alert, "alert_form": form}, status=422)


def _initial(alert: Alert) -> dict[str, Any]:
    """An alert as its form shows it."""
    initial = {name: getattr(alert, name) for name in (*PARAMETERS, "kind", "once", "email")}
    initial["threshold"] = None if alert.threshold is None else round(alert.threshold, 2)
    if alert.percent_under is not None and alert.kind == AlertKind.PRICE_BELOW:
        initial |= {"kind": UNDER_TODAY, "percent": alert.percent_under}
    return initial


@require_POST
@only(is_somebody)
def turn_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Pause or resume one of one's own alerts."""
    active = request.POST.get("active") == "yes"
    if switch_alert(user=request.user, alert_id=pk, active=active):
        done = gettext("Alert resumed.") if active else gettext("Alert paused.")
        messages.success(request, done)
    return redirect("alerts")


@require_POST
@only(is_somebody)
def drop_alert(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one of one's own alerts."""
    if remove_alert(user=request.user, alert_id=pk):
        messages.success(request, gettext("Alert removed."))
    return redirect("alerts")


@csrf_exempt  # the signed address is the permission, and mail programs post to it (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first, for whatever follows links by itself; a POST stops them."""
    try:
        alert_ids: list[int] = signing.loads(token, salt=STOP_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    stopped = request.method == "POST"
    if stopped:
        stop_alerts(alert_ids=alert_ids)
    answer = render(request, "stop_alerts.html", {"stopped": stopped, "count": len(alert_ids)})
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
