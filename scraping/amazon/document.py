"""A saved page made readable: decoded text for the one reader, elements by id for the other."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree

from scraping.amazon.marketplaces import BY_SELLER_ID, Marketplace, find_marketplace
from scraping.amazon.money import clean

# The largest page seen is 3 MB; more than this is no page of Amazon's.
MAX_BYTES = 8 * 1024 * 1024
# More tags than any page has (27,000 were the most), and the most a worker shall spend time on.
MAX_TAGS = 150_000
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_CANONICAL = re.compile(r"<link[^>]{0,80}rel=[\"']canonical[\"'][^>]*>", re.IGNORECASE)
_HREF = re.compile(r"href=[\"']([^\"']+)", re.IGNORECASE)
_SELLER_ID = re.compile(r"ue_mid\s*=\s*[\"']([A-Z0-9]{10,20})")
_LANG = re.compile(r"<html[^>]{0,300}?\blang=[\"']([A-Za-z]{2})(?:[-_]([A-Za-z]{2}))?", re.IGNORECASE)
_SITE = re.compile(r"https?://www\.amazon\.([a-z.]{2,6})[/\"'?]")
_COMMA_LANGUAGES = frozenset({"es", "it", "fr", "de", "nl", "sv", "pl", "pt", "tr", "da", "fi", "nb", "cs"})
_POINT_COUNTRIES = frozenset({"mx", "us"})
_NOT_SHOWN = ("script", "style", "noscript", "template", "svg", "option")


def decode(html: bytes | str) -> str:
    """Turn bytes into text: UTF-8, else what the page declares, else Latin; never an error."""
    if isinstance(html, str):
        return html[:MAX_BYTES].replace("\x00", "")
    cut = bytes(html[:MAX_BYTES])
    try:
        return cut.decode("utf-8").replace("\x00", "")
    except UnicodeDecodeError:
        declared = _CHARSET.search(cut[:4096])
    name = declared.group(1).decode("ascii").lower() if declared else "cp1252"
    try:
        return cut.decode("utf-8" if name == "utf8" else name, errors="replace").replace("\x00", "")
    except LookupError:
        return cut.decode("cp1252", errors="replace").replace("\x00", "")


@dataclass(slots=True)
class Document:
    """One page: its text, its marketplace, its elements by id (a page repeats ids, so each has a list)."""

    raw: str
    marketplace: Marketplace | None = None
    canonical: str | None = None
    decimal: str | None = None
    _ids: dict[str, list[etree._Element]] = field(default_factory=dict)
    root: etree._Element | None = None

    def all(self, name: str) -> list[etree._Element]:
        """Return every element with this id, in page order."""
        return self._ids.get(name, [])

    def first(self, *names: str) -> etree._Element | None:
        """Return the first element of the first id that the page has."""
        return next((found[0] for name in names if (found := self._ids.get(name))), None)

    def starting(self, prefix: str) -> Iterator[tuple[str, etree._Element]]:
        """Yield the elements whose id starts so."""
        for name, found in self._ids.items():
            if name.startswith(prefix):
                for element in found:
                    yield name, element

    def text(self, *names: str) -> str:
        """Return the first non-empty text among the elements with these ids."""
        for name in names:
            for element in self._ids.get(name, []):
                if words := text_of(element):
                    return words
        return ""

    @property
    def currency(self) -> str | None:
        """Return what the marketplace is paid in: decides only what "$" and "￥" mean."""
        return self.marketplace.currency if self.marketplace else None


def open_document(html: bytes | str, *, marketplace: str | None = None) -> Document:
    """Read a page once; a page that cannot be parsed has no elements, which is no error."""
    raw = decode(html)
    canonical = _canonical(raw)
    market = find_marketplace(marketplace) or _marketplace(raw, canonical)
    document = Document(raw, market, canonical, _decimal(raw, market))
    if raw.count("<") <= MAX_TAGS:
        document.root = _parse(raw)
    if document.root is not None:
        etree.strip_elements(document.root, *_NOT_SHOWN, with_tail=False)
        for element in document.root.xpath("//*[@id]"):
            document._ids.setdefault(element.get("id"), []).append(element)
    return document


def text_of(element: etree._Element) -> str:
    """Return the words inside an element, blanks folded."""
    return clean(" ".join(element.itertext()))


def texts_of(elements: Iterable[etree._Element]) -> Iterator[str]:
    """Yield the non-empty words of several elements."""
    return (words for element in elements if (words := text_of(element)))


def _parse(raw: str) -> etree._Element | None:
    """Parse with libxml2's own depth limit (no huge_tree) and without comments."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return etree.fromstring(raw.encode("utf-8", errors="replace"), parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def _canonical(raw: str) -> str | None:
    """Return the canonical address in the head of the page."""
    link = _CANONICAL.search(raw)
    href = _HREF.search(link.group(0)) if link else None
    return href.group(1).strip() if href else None


def _marketplace(raw: str, canonical: str | None) -> Marketplace | None:
    """Find the marketplace: the canonical address, else the seller id in the scripts, else the first link."""
    if canonical and (market := find_marketplace(canonical)):
        return market
    if (seller := _SELLER_ID.search(raw)) and (market := BY_SELLER_ID.get(seller.group(1))):
        return market
    site = _SITE.search(raw)
    return find_marketplace(site.group(1)) if site else None


def _decimal(raw: str, market: Marketplace | None) -> str | None:
    """Return the page's decimal mark: its language decides, since amazon.de in English writes €1,299.00."""
    lang = _LANG.search(raw[:20_000])
    if lang is None:
        return market.decimal if market else None
    language, country = lang.group(1).lower(), (lang.group(2) or "").lower()
    if language in _COMMA_LANGUAGES and country not in _POINT_COUNTRIES:
        return ","
    return "."
