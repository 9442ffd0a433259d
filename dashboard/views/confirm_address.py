"""The link in the message that asks whether we may write, and the button that has it sent again."""

import math

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext, ngettext
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from dashboard.notifications.channels.mail import mail_is_set_up
from dashboard.permissions import is_somebody, only
from dashboard.services.addresses import ask_again, confirm_address
from dashboard.services.rate_limits import TooSoon
from dashboard.texts.confirm_message import CONFIRM_SALT, VALID
from dashboard.texts.delivery_results import mail_not_set_up


@csrf_exempt  # the signed address is the permission: its holder has no account, and no cookie of ours
@require_http_methods(["GET", "HEAD", "POST"])
def confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first, for mail scanners follow links by themselves; a POST is the yes."""
    state, email = "ask", ""
    try:
        address_id, email = signing.loads(token, salt=CONFIRM_SALT, max_age=VALID)
    except signing.SignatureExpired:
        state = "late"
    except signing.BadSignature as error:
        raise Http404 from error
    if state == "ask" and request.method == "POST":
        state = "done" if confirm_address(address_id=address_id, email=email) else "late"
    context = {"state": state, "email": email}
    answer = render(request, "confirm_address.html", context, status=410 if state == "late" else 200)
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@require_POST
@only(is_somebody)
def ask_address_again(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the message that asks once more to one of one's own addresses."""
    try:
        address = ask_again(user=request.user, address_id=pk)
    except TooSoon as soon:
        say_too_soon(request, soon)
        return redirect("alerts")
    if address is not None:
        say_sent(request, address.email)
    return redirect("alerts")


def say_sent(request: HttpRequest, email: str) -> None:
    """Say that the address waits for its holder's yes, and where no mail leaves this server, that it does in vain."""
    if not mail_is_set_up():
        messages.error(request, mail_not_set_up())
        return
    text = gettext(
        "We are sending a confirmation message to %(email)s. Nothing else is sent there until it is confirmed."
    )
    messages.info(request, text % {"email": email})


def say_too_soon(request: HttpRequest, soon: TooSoon) -> None:
    """Say when the next message that asks may be sent."""
    minutes = math.ceil(soon.seconds / 60)
    text = ngettext(
        "Too many confirmation messages have been sent. Try again in %(minutes)s minute.",
        "Too many confirmation messages have been sent. Try again in %(minutes)s minutes.",
        minutes,
    )
    messages.error(request, text % {"minutes": minutes})
