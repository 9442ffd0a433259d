"""One e-mail over the operator's mail server, at most once, and what is known of it afterwards."""

import smtplib
import ssl

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.message import BadHeaderError

from dashboard.notifications.channels.delivery_result import DeliveryResult, Outcome, Reason
from dashboard.notifications.channels.message import Message

# Django's backends that write a message down on this machine instead of sending it.
NOWHERE = frozenset(f"django.core.mail.backends.{name}.EmailBackend" for name in ("console", "dummy", "filebased"))


def mail_is_set_up() -> bool:
    """Whether mail leaves this machine."""
    return settings.EMAIL_BACKEND not in NOWHERE


def send_by_mail(address: str, message: Message) -> Outcome:
    """Send it, and say so only where mail leaves this machine: else it was written to the server's log at most."""
    outcome = _send(address, message)
    return outcome if mail_is_set_up() else Outcome(DeliveryResult.REFUSED, Reason.MAIL_NOT_SET_UP)


def _send(address: str, message: Message) -> Outcome:
    """Hand it over; a connection that fails before the mail is handed over is worth another try, a lost one is not."""
    connection = get_connection()
    mail = EmailMultiAlternatives(
        subject=message.subject, body=message.text, to=[address], headers=_headers(message), connection=connection
    )
    mail.attach_alternative(message.html, "text/html")
    try:
        connection.open()
    except (OSError, ssl.SSLError) as error:  # smtplib's errors are OSErrors
        return Outcome(DeliveryResult.LATER, Reason.MAIL_UNREACHABLE.of(type(error).__name__))
    try:
        mail.send()
    except (BadHeaderError, ValueError):
        return Outcome(DeliveryResult.REFUSED, Reason.BAD_MAIL_ADDRESS)
    except OSError as error:
        return _of_error(error)
    finally:
        connection.close()
    return Outcome(DeliveryResult.SENT)


def _headers(message: Message) -> dict[str, str]:
    headers = {"Auto-Submitted": "auto-generated"}
    if message.message_id:
        headers["Message-ID"] = message.message_id
    if message.stop_url:  # RFC 8058: one click, without signing in
        headers["List-Unsubscribe"] = f"<{message.stop_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _of_error(error: OSError) -> Outcome:
    """Answers of the mail server are certain; a silence is not."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        codes = [code for code, _ in error.recipients.values()]
        return _of_code(max(codes, default=550))
    if isinstance(error, smtplib.SMTPResponseException):
        return _of_code(error.smtp_code)
    return Outcome(DeliveryResult.UNKNOWN, Reason.MAIL_SILENT)


def _of_code(code: int) -> Outcome:
    if code >= 500:
        return Outcome(DeliveryResult.REFUSED, Reason.MAIL_REFUSED.of(f"SMTP {code}"))
    return Outcome(DeliveryResult.LATER, Reason.MAIL_LATER.of(f"SMTP {code}"))
