"""Strip a captured page down to what the reader needs: no scripts, forms, names, addresses or tokens.

The browser does the same before it sends (`extension/strip.js`); here it is done again, whoever sent the page.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, cast

from lxml import etree

from scraping import capture_rules as rules
from scraping.amazon.address import is_asin
from scraping.amazon.document import Document, open_document
from scraping.personal_text import names_in, place_in, postcode_in, speaks_of, without_contacts

_KEEP, _SHELLS, _FIELDS = frozenset(rules.KEEP), frozenset(rules.SHELLS), frozenset(rules.FIELDS)
_CLASSES, _DROP_TAGS, _FACTS = frozenset(rules.KEEP_CLASSES), frozenset(rules.DROP_TAGS), frozenset(rules.FACTS)
_PICTURE = re.compile(r"^https://[\w.-]+\.(?:media-amazon|ssl-images-amazon)\.com/[\w/.,%+-]{1,300}$")
_TAG = re.compile(r"^[a-z][a-z0-9]{0,15}$")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LANGUAGE = re.compile(r"^[A-Za-z]{2}(?:[-_][A-Za-z]{2})?$")


def strip_page(html: bytes) -> bytes:
    """Return the page with nothing but the parts the reader looks at; of a page that cannot be parsed, nothing."""
    return strip_document(open_document(html))


def strip_document(document: Document) -> bytes:
    """The same of a page that is already parsed; stripping a stripped page changes nothing."""
    source = document.root
    language = source.get("lang", "") if source is not None else ""
    root = etree.Element("html", {"lang": language} if _LANGUAGE.match(language) else {})
    head = etree.SubElement(root, "head")
    etree.SubElement(head, "meta", {"charset": "utf-8"})
    if document.canonical:
        etree.SubElement(head, "link", {"rel": "canonical", "href": re.split(r"[?#]", document.canonical)[0][:500]})
    body = source.find("body") if source is not None else None
    if body is not None:
        copy = _Copier(_names(document), _postcode(document)).copy(body, inside=False, is_fact=False)
        root.append(etree.Element("body") if copy is None else copy)
    page: bytes = etree.tostring(root, encoding="utf-8", method="html")
    return b"<!doctype html>" + page


def _names(document: Document) -> frozenset[str]:
    """The names by which the page greets the person."""
    greetings = [document.text(name)[:200] for name in rules.GREETINGS]
    return names_in(greetings, place=document.text("glow-ingress-line2"))


def _postcode(document: Document) -> str:
    """The postcode in the head of the page."""
    codes = (postcode_in(document.text(name)) for name in reversed(rules.PLACES[:2]))
    return next((code for code in codes if code), "")


@dataclass(frozen=True, slots=True)
class _Copier:
    """Copies the wanted elements of one page, and the empty boxes around them, whose ids the reader asks for."""

    names: frozenset[str]
    postcode: str

    def copy(self, element: etree._Element, *, inside: bool, is_fact: bool) -> etree._Element | None:
        """The element with what is wanted of it; None where nothing is."""
        if not isinstance(element.tag, str) or element.tag in _DROP_TAGS:
            return None
        name, is_shell = element.get("id") or "", _is_shell(element)
        if name in rules.PLACES:
            return self._place(element, name)
        if element.tag == "input" and not is_shell:
            return None
        if _is_dropped(name):
            return self._only_place(element)
        if rules.OPTIONS_CLASS in (element.get("class") or "").split():
            return _options(element)
        inside = not is_shell and (inside or _is_kept(name, element))
        is_fact = is_fact or name in _FACTS
        made = etree.Element(_tag(element), _attributes(element, name))
        self._fill(made, element, inside=inside, is_fact=is_fact)
        return made if inside or is_shell or len(made) or element.tag == "body" else None

    def _only_place(self, element: etree._Element) -> etree._Element | None:
        """The place inside a part that goes: the delivery place stands in the navigation."""
        made = etree.Element("div")
        for inner in _places_in(element):
            if (place := self._place(inner, inner.get("id") or "")) is not None:
                made.append(place)
        return made if len(made) else None

    def _fill(self, made: etree._Element, element: etree._Element, *, inside: bool, is_fact: bool) -> None:
        texts, last = [element.text], None
        for child in element.iterchildren():
            if (copied := self.copy(child, inside=inside, is_fact=is_fact)) is not None:
                _write(made, self._text(texts, is_fact) if inside else "", after=last)
                made.append(copied)
                texts, last = [], copied
            texts.append(child.tail)
        _write(made, self._text(texts, is_fact) if inside else "", after=last)

    def _text(self, texts: list[str | None], is_fact: bool) -> str:
        plain = re.sub(r"\s+", " ", "".join(text or "" for text in texts))
        if plain.lstrip()[:1] in {"{", "["}:  # data for scripts
            return ""
        if is_fact:
            return plain
        return "" if speaks_of(plain, names=self.names, postcode=self.postcode) else without_contacts(plain)

    def _place(self, element: etree._Element, name: str) -> etree._Element | None:
        text = " ".join(_text_of(element).split())
        if name == rules.PLACES[2] and self.postcode:
            return None
        made = etree.Element("span", {"id": name})
        _write(made, place_in(text, needs_digit=name != rules.PLACES[1], names=self.names))
        return made


def _places_in(element: etree._Element) -> list[etree._Element]:
    """The places inside; of places in each other the outermost, so that no text is read for each of them."""
    marked = [inner for inner in element.iter() if isinstance(inner.tag, str) and inner.get("id") in rules.PLACES]
    return [inner for inner in marked if all(outer.get("id") not in rules.PLACES for outer in inner.iterancestors())]


def _tag(element: etree._Element) -> str:
    """The tag; a form becomes a box, and one that is not HTML's own ("hza:string") a span."""
    if element.tag == "form":
        return "div"
    return element.tag if _TAG.match(element.tag) else "span"


def _is_shell(element: etree._Element) -> bool:
    """Whether the element is kept for being there, or for its value."""
    return element.get("id") in _SHELLS or bool({element.get("id"), element.get("name")} & _FIELDS)


def _is_kept(name: str, element: etree._Element) -> bool:
    if element.get(rules.SHIPPING) or (name and (name in _KEEP or name.startswith(rules.KEEP_BEGINNING))):
        return True
    return not _CLASSES.isdisjoint((element.get("class") or "").split())


def _is_dropped(name: str) -> bool:
    small = name.lower()
    return bool(name) and name not in _KEEP | _SHELLS and any(mark in small for mark in rules.DROP)


def _attributes(element: etree._Element, name: str) -> dict[str, str]:
    """The attributes the reader looks at; values of form fields only where they are facts of the offer."""
    wanted = {key: element.get(key) or "" for key in rules.ATTRIBUTES}
    if not is_asin(wanted["data-asin"]):
        wanted["data-asin"] = ""
    if name == "acrPopover":
        wanted["title"] = element.get("title") or ""
    if name in rules.IMAGES:
        wanted |= {key: _picture(key, element.get(key) or "") for key in rules.IMAGE_ATTRIBUTES}
    if {name, element.get("name")} & _FIELDS:
        value = without_contacts(element.get("value") or "")
        wanted |= {"name": element.get("name") or "", "value": value if len(value) <= rules.LONGEST_VALUE else ""}
    short = {key: value for key, value in wanted.items() if value and len(value) <= rules.LONGEST_ATTRIBUTE}
    return {key: _CONTROL.sub("", value) for key, value in short.items()}


def _picture(key: str, value: str) -> str:
    """An address of the shop's picture servers, or the JSON of such addresses with their sizes."""
    if key != "data-a-dynamic-image":
        return value if _PICTURE.match(value.strip()) else ""
    sizes = _json(value)
    return json.dumps({url: size for url, size in sizes.items() if _PICTURE.match(url) and _is_size(size)})


def _is_size(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(isinstance(side, int) for side in value)


def _options(element: etree._Element) -> etree._Element:
    """The hidden JSON of buying options, with prices and kinds alone."""
    groups = _json(_text_of(element))
    facts = {
        group: [{key: option[key] for key in rules.OPTION_FACTS if key in option} for option in options]
        for group, options in groups.items()
        if isinstance(options, list) and all(isinstance(option, dict) for option in options)
    }
    made = etree.Element("div", {"class": rules.OPTIONS_CLASS})
    _write(made, json.dumps(facts, ensure_ascii=False))
    return made


def _text_of(element: etree._Element) -> str:
    return "".join(cast("Iterator[str]", element.itertext()))


def _json(text: str) -> dict[str, Any]:
    try:
        value = json.loads(text or "{}")
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}


def _write(made: etree._Element, text: str, *, after: etree._Element | None = None) -> None:
    """Write the element's text, or what follows its child `after`; to ask lxml for the last child counts them all."""
    text = _CONTROL.sub("", text)
    if not text:
        return
    if after is None:
        made.text = text
    else:
        after.tail = text
