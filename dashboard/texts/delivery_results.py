"""How an attempt to send a message ended, in the reader's words; tables hold codes."""

from django.utils.translation import gettext, override
from django.utils.translation import gettext_noop as _

from dashboard.notifications.channels.address import PRIVATE
from dashboard.notifications.channels.delivery_result import DeliveryResult, Outcome, Reason

TEXTS = {
    Reason.PRIVATE_ADDRESS: PRIVATE,
    Reason.TRY_LATER: _("The service asks us to try again later (%(code)s)."),
    Reason.SERVICE_FAILED: _("The service failed (%(code)s); the message may have arrived."),
    Reason.ACCESS_REFUSED: _("The service refuses the token or password (%(code)s). Enter it again."),
    Reason.ADDRESS_UNKNOWN: _("The service does not know this address (%(code)s). Check it."),
    Reason.REDIRECTED: _("The address redirects (%(code)s). Enter the final address."),
    Reason.MESSAGE_REFUSED: _("The service refuses the message (%(code)s)."),
    Reason.NO_SUCH_SERVER: _("The server name was not found."),
    Reason.LOOKUP_TIMED_OUT: _("The server name was not found in time."),
    Reason.NO_CONNECTION: _("No connection: the server does not answer."),
    Reason.BAD_CERTIFICATE: _("The server's certificate is not valid."),
    Reason.UNUSABLE_ADDRESS: _("This address cannot be used."),
    Reason.CONNECTION_LOST: _("The connection was lost before the answer; the message may have arrived."),
    Reason.MAIL_NOT_SET_UP: _(
        "E-mail is not set up on this server: the message was only written to its log. "
        "Set EMAIL_BACKEND and EMAIL_HOST, or use a channel."
    ),
    Reason.MAIL_UNREACHABLE: _("The mail server cannot be reached (%(code)s)."),
    Reason.BAD_MAIL_ADDRESS: _("The e-mail address is not valid."),
    Reason.MAIL_SILENT: _("The mail server stopped answering; the message may have arrived."),
    Reason.MAIL_REFUSED: _("The mail server refuses the address or the message (%(code)s)."),
    Reason.MAIL_LATER: _("The mail server asks us to try again later (%(code)s)."),
    Reason.INCOMPLETE_ADDRESS: _("The address is not complete, or not allowed on this site. Enter it again."),
    Reason.ADAPTER_FAILED: _("The service's adapter failed (%(code)s)."),
    Reason.NOT_ACCEPTED: _("The service did not accept the message."),
    Reason.PARTLY_ACCEPTED: _("Part of the message was accepted; it may have arrived."),
    Reason.WORKER_STOPPED: _(
        "The worker stopped while sending. The message may have arrived, so it is not sent again."
    ),
    Reason.UNCONFIRMED: _("The e-mail address has not been confirmed."),
    Reason.CHANNEL_GONE: _("The channel was removed or switched off before the message was sent."),
    Reason.NOWHERE: _("The alert has no e-mail address and no active channel, and its user has no e-mail address."),
}


def reason_words(why: str) -> str:
    """Put a stored reason into words; what is no code is a sentence already (from before 0.1)."""
    code, _colon, detail = why.partition(":")
    known = next((reason for reason in Reason if reason == code), None)
    return why if known is None else gettext(TEXTS[known]) % {"code": detail}


def mail_not_set_up() -> str:
    """Say, before anything was sent, that e-mail addresses get nothing."""
    return gettext(
        "E-mail is not set up on this server: nothing reaches an e-mail address. Use a channel, or set "
        "EMAIL_BACKEND and EMAIL_HOST on the server."
    )


def reason_in_english(why: str) -> str:
    """The reason as the API gives it."""
    with override("en"):
        return reason_words(why)


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
