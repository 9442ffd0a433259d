"""Links that Amazon's app copies (amzn.eu, a.co): asked once where they lead, which must be a product at Amazon."""

from django.conf import settings

from scraping.amazon.address import parse_address, short_link
from scraping.amazon.address_faults import AddressFault, AddressRefused
from scraping.client.errors import AddressForbidden, FetchFailed, NotNow
from scraping.client.fetch import redirect_of
from scraping.client.policy import Policy
from scraping.client.waiting import wait_for_slot
from scraping.errors import UnknownAddress

PACE = 2.0  # seconds between two links, for everybody
LONGEST_WAIT = 6.0


def follow_short_link(text: str) -> str:
    """The address that a short link leads to; any other text as it is.

    One request, to the link's own host, whose answer is not read; UnknownAddress says what is wrong with the link.
    """
    link = short_link(text)
    if link is None:
        return text
    target = _target(link.url, _policy(link.host), link.host)
    if target is None:
        raise UnknownAddress(AddressRefused(AddressFault.LINK_GONE, link.host))
    try:
        return parse_address(target).url
    except AddressRefused as error:
        raise UnknownAddress(AddressRefused(AddressFault.LINK_LEADS_AWAY)) from error


def _target(url: str, policy: Policy, host: str) -> str | None:
    try:
        wait_for_slot(host, PACE, longest_wait=LONGEST_WAIT)
        return redirect_of(url, policy)
    except NotNow as wait:
        raise UnknownAddress(AddressRefused(AddressFault.LINK_LATER, host)) from wait
    except AddressForbidden as error:
        raise UnknownAddress(AddressRefused(AddressFault.LINK_FORBIDDEN)) from error
    except FetchFailed as error:
        raise UnknownAddress(AddressRefused(AddressFault.LINK_SILENT, host)) from error


def _policy(host: str) -> Policy:
    return Policy(
        user_agent=settings.OILWATCH_USER_AGENT, hosts=frozenset({host}), page_seconds=settings.OILWATCH_PAGE_SECONDS
    )
