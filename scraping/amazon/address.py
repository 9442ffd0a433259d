"""Amazon addresses in all the forms people paste, and the one form that is stored."""

import re
from dataclasses import dataclass
from urllib.parse import parse_qs, quote_plus, unquote, urlsplit

from scraping.amazon.address_faults import AddressFault, AddressRefused
from scraping.amazon.marketplaces import MARKETPLACES, Marketplace, find_marketplace

# A book's ASIN is its ISBN-10 (1849757097, 080442957X); everything else starts with B.
_ASIN = re.compile(r"^(?:B[0-9A-Z]{9}|[0-9]{9}[0-9X])$")
_ASIN_IN_PATH = re.compile(
    r"/(?:dp|gp/product|gp/aw/d|gp/offer-listing|gp/aw/ol|product-reviews|exec/obidos/ASIN|o/ASIN|d|dp/product"
    r"|gp/product/glance)/(?:[a-z]{2}/)?([A-Z0-9]{10})(?=[/?#]|$)",
    re.IGNORECASE,
)
_SHORTENERS = frozenset({"amzn.to", "amzn.eu", "amzn.com", "a.co", "amzn.asia", "amzn.in"})
LONGEST_QUOTE = 80  # characters of what was pasted that a message repeats
_LINK_PATH = re.compile(r"/[\w/-]{1,64}")
_HOST = re.compile(r"^(?:www\.|m\.|smile\.)?amazon\.([a-z.]{2,6})$")


@dataclass(frozen=True, slots=True)
class ProductAddress:
    """A product at one marketplace."""

    marketplace: Marketplace
    asin: str

    @property
    def url(self) -> str:
        """Return the canonical address."""
        return product_url(self.asin, self.marketplace.code)


@dataclass(frozen=True, slots=True)
class ShortLink:
    """A link of Amazon's own shortener, to be asked over https."""

    host: str
    url: str


def short_link(text: str) -> ShortLink | None:
    """Read a link such as https://amzn.eu/d/0aBcDeF; None for anything else."""
    wanted = text.strip()
    try:
        parts = urlsplit(wanted if "://" in wanted else f"https://{wanted}")
        host, port = (parts.hostname or "").rstrip(".").removeprefix("www."), parts.port
    except ValueError:
        return None
    plain = parts.username is None and port in {None, 80, 443} and parts.scheme.lower() in {"http", "https"}
    if host not in _SHORTENERS or not plain or not _LINK_PATH.fullmatch(parts.path):
        return None
    return ShortLink(host, f"https://{host}{parts.path}")


def is_asin(text: str) -> bool:
    """Tell whether the text has the form of an ASIN."""
    return bool(_ASIN.match(text))


def product_url(asin: str, marketplace: str) -> str:
    """Return the canonical product address: `th=1&psc=1` asks for this very variation, not its parent."""
    return f"https://{_known(marketplace).host}/dp/{_valid(asin)}?th=1&psc=1"


def search_url(text: str, marketplace: str, page: int = 1) -> str:
    """Return the search address for some words at a marketplace."""
    wanted = " ".join(text.split())
    if not wanted:
        raise AddressRefused(AddressFault.NO_WORDS)
    suffix = f"&page={page}" if page > 1 else ""
    return f"https://{_known(marketplace).host}/s?k={quote_plus(wanted)}{suffix}"


def parse_address(text: str, *, default_marketplace: str | None = None) -> ProductAddress:
    """Read a product address in any common form, or a bare ASIN when a default marketplace is given."""
    wanted = text.strip()
    if not wanted:
        raise AddressRefused(AddressFault.EMPTY)
    if is_asin(wanted.upper()):
        if default_marketplace is None:
            raise AddressRefused(AddressFault.NO_SHOP, wanted)
        return ProductAddress(_known(default_marketplace), wanted.upper())
    market, path, query = _split(wanted)
    return ProductAddress(market, _asin_of(path, query))


def _split(wanted: str) -> tuple[Marketplace, str, str]:
    """Split an address into its marketplace, path and query, or refuse it."""
    try:
        parts = urlsplit(wanted if "://" in wanted else f"https://{wanted}")
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:
        raise AddressRefused(AddressFault.NO_ADDRESS) from None
    if parts.scheme.lower() not in {"http", "https"}:
        raise AddressRefused(AddressFault.SCHEME, parts.scheme)
    if parts.username is not None or parts.password is not None:
        raise AddressRefused(AddressFault.PASSWORD)
    if port not in {None, 80, 443}:
        raise AddressRefused(AddressFault.PORT, str(port))
    if host.removeprefix("www.") in _SHORTENERS:
        raise AddressRefused(AddressFault.SHORT_LINK, host)
    match = _HOST.match(host)
    market = find_marketplace(match.group(1)) if match else None
    if market is None:
        known = ", ".join(list(MARKETPLACES)[:6])
        raise AddressRefused(AddressFault.UNKNOWN_HOST, host or wanted[:LONGEST_QUOTE], known)
    return market, unquote(parts.path), parts.query


def _asin_of(path: str, query: str) -> str:
    """Find the ASIN in the path, else in `?asin=`; refuse an address without one."""
    match = _ASIN_IN_PATH.search(path)
    if match and is_asin(match.group(1).upper()):
        return match.group(1).upper()
    for name, values in parse_qs(query).items():
        if name.lower() == "asin" and is_asin(values[0].upper()):
            return values[0].upper()
    raise AddressRefused(AddressFault.NO_PRODUCT)


def _valid(asin: str) -> str:
    """Return the ASIN in capitals, or refuse it."""
    if not is_asin(asin.upper()):
        raise AddressRefused(AddressFault.NO_ASIN, asin[:LONGEST_QUOTE])
    return asin.upper()


def _known(marketplace: str) -> Marketplace:
    """Return a known marketplace, or refuse the name."""
    market = find_marketplace(marketplace)
    if market is None:
        raise AddressRefused(AddressFault.UNKNOWN_SHOP, marketplace[:LONGEST_QUOTE])
    return market
