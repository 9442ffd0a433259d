"""What is said after an alert was set."""

from django.contrib import messages
from django.http import HttpRequest
from django.utils.translation import gettext

from dashboard.models import Alert
from dashboard.selectors.mail_addresses import may_write_to
from dashboard.views.confirm_address import say_sent


def say_set(request: HttpRequest, alert: Alert, *, is_new: bool, is_met: bool) -> None:
    """Say what will happen now; and that a new e-mail address is asked first."""
    if not is_new:
        parts = [gettext("You already have this alert. It is switched on and sent where you chose now.")]
    elif is_met:
        parts = [gettext("Alert set. It is already met: the first message comes within 5 minutes.")]
    else:
        parts = [gettext("Alert set.")]
    if is_new and alert.once:
        parts.append(gettext("We send one message, then the alert is switched off."))
    elif is_new:
        parts.append(gettext("We send a message each time it is triggered."))
    (messages.success if is_new else messages.info)(request, " ".join(parts))
    if alert.email and not may_write_to(request.user, alert.email):
        say_sent(request, alert.email)
