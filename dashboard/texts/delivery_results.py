"""How an attempt to tell somebody ended, in the reader's words; the record keeps the reasons in English."""

import re

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from dashboard.notifications.channels.delivery_result import DeliveryResult, Outcome

CODE = re.compile(r"\(([A-Za-z]+(?: \d+)?)\)")
# Every reason that dashboard/channels and the services give, for the catalogue.
REASONS = (
    _("The address leads into a private network, which this site does not allow."),
    _("The service asks to come back later (%(code)s)."),
    _("The service failed (%(code)s); the message may have arrived."),
    _("The service refuses the token or password (%(code)s): set it anew."),
    _("The service knows no such address (%(code)s): check it."),
    _("The address redirects (%(code)s): give the final one."),
    _("The service refuses the message (%(code)s)."),
    _("The name of the server is not known."),
    _("The name of the server was not found in time."),
    _("No connection: nobody answers at that address."),
    _("The server's certificate is not valid."),
    _("The address is not one that can be asked."),
    _("The connection broke before an answer came; the message may have arrived."),
    _("The mail server cannot be reached (%(code)s)."),
    _("The e-mail address is not valid."),
    _("The mail server fell silent; the message may have arrived."),
    _("The mail server refuses the address or the message (%(code)s)."),
    _("The mail server asks to come back later (%(code)s)."),
    _("The address is not complete, or not allowed on this site: set it anew."),
    _("The service's adapter failed (%(code)s)."),
    _("The service did not take the message."),
    _("The worker died while it was being sent; it may have arrived, so it is not sent again."),
    _("The e-mail address has not been confirmed."),
    _("The channel was removed or switched off before it could be told."),
    _("The alert names no e-mail address and no channel that is switched on, and its user has no address."),
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
    match outcome.ended:
        case DeliveryResult.SENT:
            return gettext("the test was delivered.")
        case DeliveryResult.UNKNOWN:
            return gettext("the test may have arrived. %(why)s") % why
        case DeliveryResult.LATER:
            return gettext("the test did not arrive; it may later. %(why)s") % why
        case _:
            return gettext("the test did not arrive. %(why)s") % why
