"""Where messages go: add a channel, send a test, switch it, remove it; and when messages may come."""

import math

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from dashboard.models import Channel, NotificationPreferences
from dashboard.notifications.channels.address import WrongAddress
from dashboard.permissions import is_somebody, only
from dashboard.selectors.mail_addresses import mail_of, may_write_to
from dashboard.services.channels import TooManyChannels, add_channel, remove_channel, try_channel
from dashboard.services.preferences import set_preferences
from dashboard.services.rate_limits import TooSoon
from dashboard.texts.delivery_results import outcome_words
from dashboard.views.confirm_address import say_sent, say_too_soon
from dashboard.views.form_problems import show_problems
from dashboard.views.preferences_form import PreferencesForm


@require_POST
@only(is_somebody)
def new_channel(request: HttpRequest) -> HttpResponse:
    """Add one."""
    name, address = request.POST.get("name", "")[:64], request.POST.get("address", "")
    try:
        channel = add_channel(user=request.user, name=name.replace("\0", ""), address=address)
    except WrongAddress as error:
        messages.error(request, str(error))
    except TooManyChannels:
        messages.error(request, gettext("You have reached the maximum number of channels. Remove one first."))
    except TooSoon as soon:
        say_too_soon(request, soon)
    else:
        _say_added(request, channel)
    return redirect("alerts")


def _say_added(request: HttpRequest, channel: Channel) -> None:
    mail = mail_of(channel)
    if mail and not may_write_to(request.user, mail):
        messages.success(request, gettext("Channel %(name)s added.") % {"name": channel.name})
        say_sent(request, mail)
        return
    text = gettext("Channel %(name)s added. Press “Test” to check that it works.")
    messages.success(request, text % {"name": channel.name})


@require_POST
@only(is_somebody)
def test_channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a test over it and say how that ended."""
    channel = get_object_or_404(Channel, pk=pk, user=request.user.pk)
    try:
        outcome = try_channel(channel=channel)
    except TooSoon as soon:
        seconds = math.ceil(soon.seconds)
        text = ngettext(
            "You have just tested this channel. Try again in %(seconds)s second.",
            "You have just tested this channel. Try again in %(seconds)s seconds.",
            seconds,
        )
        messages.error(request, text % {"seconds": seconds})
        return redirect("alerts")
    message = f"{channel.name}: {outcome_words(outcome)}"
    if outcome.is_sent:
        messages.success(request, message)
    else:
        messages.error(request, message)
    return redirect("alerts")


@require_POST
@only(is_somebody)
def drop_channel(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one of one's own channels."""
    if remove_channel(user=request.user, channel_id=pk):
        messages.success(request, gettext("Channel removed."))
    return redirect("alerts")


@require_POST
@only(is_somebody)
def save_preferences(request: HttpRequest) -> HttpResponse:
    """Keep quiet hours, time zone, language and the most of a day."""
    form = PreferencesForm(request.POST, instance=NotificationPreferences(user_id=request.user.pk or 0))
    if form.is_valid():
        set_preferences(user=request.user, **form.cleaned_data)
        messages.success(request, gettext("Preferences saved."))
    show_problems(request, form)
    return redirect("alerts")
