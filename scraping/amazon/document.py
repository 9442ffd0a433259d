"""A saved page made readable: its bytes for the one reader, elements by id for the other."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from typing import cast

from lxml import etree

from scraping.amazon.marketplaces import BY_SELLER_ID, Marketplace, find_marketplace
from scraping.amazon.money import clean
from scraping.amazon.paths import finder

# The largest page seen is 3 MB; more than this is no page of Amazon's.
MAX_BYTES = 8 * 1024 * 1024
# More tags than any page has (27,000 were the most), and the most a worker shall spend time on.
MAX_TAGS = 150_000
# libxml2 compares each attribute of a tag with all before it: 80,000 in one tag cost 10 s. Real tags have dozens.
_CROWDED_TAG = re.compile(
    rb"""<[a-zA-Z][^\s>]*+(?:[\s/]++[^\s=>/"']++(?:\s*+=\s*+(?:"[^"]*+"|'[^']*+'|[^\s>"']*+))?+){1000}"""
)
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset=[\"']?([A-Za-z0-9_-]{3,20})", re.IGNORECASE)
_HREF = re.compile(rb"href=[\"']([^\"']+)", re.IGNORECASE)
_SELLER_ID = re.compile(rb"ue_mid\s*=\s*[\"']([A-Z0-9]{10,20})")
_LANG = re.compile(rb"<html[^>]{0,300}?\blang=[\"']([A-Za-z]{2})(?:[-_]([A-Za-z]{2}))?", re.IGNORECASE)
_SITE = re.compile(rb"https?://www\.amazon\.([a-z.]{2,6})[/\"'?]")
_HEAD = 400_000
_COMMA_LANGUAGES = frozenset({"es", "it", "fr", "de", "nl", "sv", "pl", "pt", "tr", "da", "fi", "nb", "cs"})
_POINT_COUNTRIES = frozenset({"mx", "us"})
_WITH_ID = finder("//*[@id]")
_NOT_SHOWN = ("script", "style", "noscript", "template", "svg", "option")


def utf8(html: bytes | str) -> bytes:
    """Turn a page into UTF-8 bytes, from whatever charset it declares; never an error."""
    if isinstance(html, str):
        return html[:MAX_BYTES].encode("utf-8", errors="replace")
    data = bytes(html[:MAX_BYTES])
    declared = _CHARSET.search(data, 0, 8192)
    name = declared.group(1).decode("ascii").lower() if declared else ""
    if name.replace("-", "") == "utf8":
        return data
    try:
        if not name:
            data.decode("utf-8")
            return data
        return data.decode(name, errors="replace").encode("utf-8", errors="replace")
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", errors="replace").encode("utf-8")


@dataclass(slots=True)
class Document:
    """One page: its bytes, its marketplace, its elements by id (a page repeats ids, so each has a list)."""

    data: bytes
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
        return next((elements[0] for name in names if (elements := self._ids.get(name))), None)

    def starting(self, prefix: str) -> Iterator[tuple[str, etree._Element]]:
        """Yield the elements whose id starts so."""
        for name, elements in self._ids.items():
            if name.startswith(prefix):
                for element in elements:
                    yield name, element

    def text(self, *names: str) -> str:
        """Return the first non-empty text among the elements with these ids."""
        for name in names:
            for element in self._ids.get(name, []):
                if text := text_of(element):
                    return text
        return ""

    @property
    def currency(self) -> str | None:
        """Return what the marketplace is paid in: decides only what "$" and "￥" mean."""
        return self.marketplace.currency if self.marketplace else None


def open_document(html: bytes | str, *, marketplace: str | None = None) -> Document:
    """Read a page once; a page that cannot be parsed has no elements, which is no error."""
    data = utf8(html)
    canonical = _canonical(data)
    market = find_marketplace(marketplace) or _marketplace(data, canonical)
    document = Document(data, market, canonical, _decimal(data, market))
    if data.count(b"<") <= MAX_TAGS and not _CROWDED_TAG.search(data):
        document.root = _parse(data)
    if document.root is not None:
        etree.strip_elements(document.root, *_NOT_SHOWN, with_tail=False)
        for element in _WITH_ID(document.root):
            document._ids.setdefault(element.get("id") or "", []).append(element)
    return document


def text_of(element: etree._Element, limit: int | None = None) -> str:
    """Return the words inside an element, blanks folded; with a limit, about so many characters of them."""
    text = cast("Iterator[str]", element.itertext())
    if limit is None:
        return clean(" ".join(text))
    taken: list[str] = []
    length = 0
    for word in text:
        if length >= limit:
            break
        if shown := word.strip():
            taken.append(shown)
            length += len(shown) + 1
    return clean(" ".join(taken))[:limit]


def _parse(data: bytes) -> etree._Element | None:
    """Parse with libxml2's own depth limit (no huge_tree) and without comments."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return etree.fromstring(data.replace(b"\x00", b"") if b"\x00" in data else data, parser)
    except (etree.XMLSyntaxError, ValueError, AssertionError):
        return None


def _canonical(data: bytes) -> str | None:
    """Return the canonical address of the page: <link rel="canonical" href="https://www..." />."""
    for mark in (b'rel="canonical"', b"rel='canonical'"):
        at = data.find(mark)
        start, end = data.rfind(b"<", 0, at), data.find(b">", at)
        if at >= 0 and 0 <= start < end <= start + 2000 and (href := _HREF.search(data, start, end)):
            return unescape(href.group(1).decode("utf-8", errors="replace")).strip()
    return None


def _marketplace(data: bytes, canonical: str | None) -> Marketplace | None:
    """Find the marketplace: the canonical address, else the seller id in scripts, else the first link."""
    if canonical and (market := find_marketplace(canonical)):
        return market
    seller = _SELLER_ID.search(data, 0, _HEAD)
    if seller and (market := BY_SELLER_ID.get(seller.group(1).decode())):
        return market
    site = _SITE.search(data, 0, _HEAD)
    return find_marketplace(site.group(1).decode()) if site else None


def _decimal(data: bytes, market: Marketplace | None) -> str | None:
    """Return the page's decimal mark: its language decides, since amazon.de in English writes €1,299.00."""
    lang = _LANG.search(data, 0, 20_000)
    if lang is None:
        return market.decimal if market else None
    language, country = lang.group(1).decode().lower(), (lang.group(2) or b"").decode().lower()
    if language in _COMMA_LANGUAGES and country not in _POINT_COUNTRIES:
        return ","
    return "."
