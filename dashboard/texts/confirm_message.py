"""The one message to an unconfirmed address: it asks, and holds nothing that anybody typed."""

from datetime import timedelta
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext

from dashboard.language_addresses import page_in
from dashboard.models import MailAddress
from dashboard.notifications.channels.message import Message
from dashboard.texts.alert_message import absolute

CONFIRM_SALT = "dashboard.addresses.confirm"
DAYS = 7
VALID = timedelta(days=DAYS)


def confirm_message(address: MailAddress, language: str) -> Message:
    """Say who asks, what for, and that nothing more comes without a yes."""
    site = urlsplit(settings.OILWATCH_SITE_URL).hostname or "oilwatch"
    with translation.override(language):
        context = {
            "subject": gettext("oilwatch: confirm your e-mail address"),
            "asked": gettext(
                "Someone with an account at %(site)s wants to receive olive oil price alerts at this address."
            )
            % {"site": site},
            "question": gettext("To confirm, open this page within %(days)s days and press the button:")
            % {"days": DAYS},
            "otherwise": gettext("If you do not want this, ignore this message: no alert is sent unless you confirm."),
            "url": absolute(page_in(language, "confirm_address", [confirm_token(address)])),
        }
        text = "\n\n".join(context[part] for part in ("asked", "question", "url", "otherwise"))
        html = render_to_string("mail/confirm.html", context)
    return Message(subject=context["subject"], text=text, html=html, message_id=f"<{uuid4().hex}@{site}>")


def confirm_token(address: MailAddress) -> str:
    """Return what lets its holder confirm this address for this person, and nothing else, for some days."""
    return signing.dumps([address.pk, address.email], salt=CONFIRM_SALT)
