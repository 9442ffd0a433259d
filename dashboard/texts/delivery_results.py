"""How an attempt to tell somebody ended, in the reader's words; the record keeps the reasons in English."""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from dashboard.notifications.channels.delivery_result import DeliveryResult, Outcome

CODE = re.compile(r"\(([A-Za-z]+(?: \d+)?)\)")
# Every reason that dashboard/channels and the services give, for the catalogue.
REASONS = (
    _("The address leads into a private network, which this site does not allow."),
    _("The service asks us to try again later (%(code)s)."),
    _("The service failed (%(code)s); the message may have arrived."),
    _("The service refuses the token or password (%(code)s). Enter it again."),
    _("The service does not know this address (%(code)s). Check it."),
    _("The address redirects (%(code)s). Enter the final address."),
    _("The service refuses the message (%(code)s)."),
    _("The server name was not found."),
    _("The server name was not found in time."),
    _("No connection: the server does not answer."),
    _("The server's certificate is not valid."),
    _("This address cannot be used."),
    _("The connection was lost before the answer; the message may have arrived."),
    _("The mail server cannot be reached (%(code)s)."),
    _("The e-mail address is not valid."),
    _("The mail server stopped answering; the message may have arrived."),
    _("The mail server refuses the address or the message (%(code)s)."),
    _("The mail server asks us to try again later (%(code)s)."),
    _("The address is not complete, or not allowed on this site. Enter it again."),
    _("The service's adapter failed (%(code)s)."),
    _("The service did not accept the message."),
    _("The worker stopped while sending. The message may have arrived, so it is not sent again."),
    _("The e-mail address has not been confirmed."),
    _("The channel was removed or switched off before the message was sent."),
    _("The alert has no e-mail address and no active channel, and its user has no e-mail address."),
)


def reason_words(why: str) -> str:
    """Translate a reason; one that is not known is shown as it is."""
    code = CODE.search(why)
    pattern = CODE.sub("(%(code)s)", why, count=1)
    if pattern not in REASONS:
        return why
    return gettext(pattern) % {"code": code.group(1) if code else ""}


def outcome_words(outcome: Outcome) -> str:
    """Say whether it arrived, and why not."""
    why = {"why": reason_words(outcome.why)}
    match outcome.result:
        case DeliveryResult.SENT:
            return gettext("the test was delivered.")
        case DeliveryResult.UNKNOWN:
            return gettext("the test may have arrived. %(why)s") % why
        case DeliveryResult.LATER:
            return gettext("the test did not arrive; it may later. %(why)s") % why
        case _:
            return gettext("the test did not arrive. %(why)s") % why
