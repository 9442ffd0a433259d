"""Apprise addresses: which are allowed, and what of them may be shown.

Only services that Apprise reaches through `requests` are allowed, because only those go through the guard in
`guarded_requests.py`: see `services.py`. Mail goes by the operator's own
server: `mailto:anna@example.org` is a plain address here, never a mail server of somebody's choosing.
"""

from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext, gettext_noop

from dashboard.notifications.channels.services import WITH_HOST
from scraping.client.address_guard import is_public

PRIVATE = gettext_noop(
    "The address leads into a private network, which this site does not allow "
    "(its operator can: OILWATCH_ALERT_PRIVATE_HOSTS=true)."
)
MAIL = "mailto"
LONGEST = 1024
SHOWN_HOST = 60


class WrongAddress(ValueError):
    """An address that cannot be used; its text says what to change and repeats nothing of it."""


def scheme_of(address: str) -> str:
    """Return what stands before the colon, in small letters."""
    return address.split(":", 1)[0].strip().lower()


def mail_address(address: str) -> str:
    """Return the plain e-mail address of a mail channel, else an empty text."""
    if scheme_of(address) != MAIL:
        return ""
    return address.split(":", 1)[1].removeprefix("//").strip()


def same_letters(email: str) -> str:
    """Return an e-mail address as it is compared: ASCII letters small, all others as they are.

    `lower()` would make the Kelvin sign a k, and one person's address another's: https://nvd.nist.gov/vuln/detail/CVE-2019-19844
    """
    return "".join(sign.lower() if sign.isascii() else sign for sign in email.strip())


def masked(address: str) -> str:
    """Return what may be shown: the service, and the server where it is no secret; never a path, token or password."""
    scheme = scheme_of(address)
    if scheme == MAIL:
        name, _, domain = mail_address(address).partition("@")
        return f"{name[:1]}…@{domain}"
    try:
        host = urlsplit(address).hostname if scheme in WITH_HOST else None
    except ValueError:
        host = None
    # ntfy://topic names no server: what looks like one is the topic, and whoever knows it can read it.
    return f"{scheme}://{host[:SHOWN_HOST]}/…" if host and "." in host else f"{scheme}://…"


def checked(address: str) -> str:
    """Return the address as it is stored; WrongAddress where it may not be used."""
    address = address.strip()
    if "@" in address and ":" not in address:
        address = f"{MAIL}:{address}"
    if len(address) > LONGEST or not address.isprintable():
        raise WrongAddress(gettext("The address is too long or contains invalid characters."))
    scheme = scheme_of(address)
    if scheme == MAIL:
        return _checked_mail(address)
    if "://" not in address or scheme not in settings.OILWATCH_ALERT_CHANNELS:
        known = ", ".join(sorted(settings.OILWATCH_ALERT_CHANNELS))
        raise WrongAddress(
            gettext("An address starts with one of these, followed by ://: %(known)s.") % {"known": known}
        )
    if scheme in WITH_HOST and not settings.OILWATCH_ALERT_PRIVATE_HOSTS and _is_private(address):
        raise WrongAddress(gettext(PRIVATE))
    from dashboard.notifications.channels.apprise_service import service_of

    if service_of(address) is None:
        raise WrongAddress(
            gettext(
                "The address is not complete. See the address format of each service: https://appriseit.com/services/"
            )
        )
    return address


def _is_private(address: str) -> bool:
    """Whether the host is written as a private address; a name is looked up when the message is sent."""
    try:
        host = urlsplit(address).hostname or ""
        return host == "localhost" or not is_public(host)
    except ValueError:  # a name
        return False


def _checked_mail(address: str) -> str:
    plain = mail_address(address)
    try:
        validate_email(plain)
    except ValidationError as error:
        raise WrongAddress(gettext("This is not an e-mail address. Example: anna@example.org.")) from error
    return f"{MAIL}:{plain}"
