"""Every translated text in marks, so that a page shows what nobody translated: letters outside the marks.

A message counts as translated where the catalogue has it. What is put into a message keeps its own marks or has none,
so an English word in the middle of a Spanish sentence is seen as well.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from typing import Any

from django.utils import translation
from django.utils.translation import trans_real

OPEN, CLOSE = "⟦", "⟧"
_PLACE = re.compile(r"(%\(\w+\)[-+.\d]*[sdf]|%[-+.\d]*[sdf]|\{\w*\})")
_MARKED = re.compile(f"{OPEN}[^{OPEN}{CLOSE}]*{CLOSE}")
_LETTERS = re.compile(r"[^\W\d_]{2,}")
SHOWN_ATTRIBUTES = ("title", "aria-label", "placeholder", "alt", "label")
UNSEEN = (
    "script",
    "style",
    "code",
    "pre",
    "template",
    "textarea",
    "q",
    "blockquote",
)  # quotations: the shop’s words
VOID = (
    "meta",
    "link",
    "input",
    "img",
    "br",
    "hr",
    "source",
    "wbr",
    "path",
    "line",
    "rect",
    "circle",
    "polyline",
    "use",
)


def _mark(text: str) -> str:
    """Mark what stands between the places that are filled in."""
    parts = _PLACE.split(text)
    return "".join(
        part if place % 2 or not part.strip() else f"{OPEN}{part}{CLOSE}" for place, part in enumerate(parts)
    )


@contextmanager
def marked_translations(language: str) -> Iterator[None]:
    """Mark every translation into this language for as long as this lasts."""
    catalogue = trans_real.translation(language)._catalog
    known = {key[0] if isinstance(key, tuple) else key for key in catalogue._catalogs[0]} | {
        key[0] if isinstance(key, tuple) else key for other in catalogue._catalogs for key in other
    }
    trans: Any = translation._trans
    kept = {name: getattr(trans, name) for name in ("gettext", "pgettext", "ngettext", "npgettext")}

    def marked(name: str, message: Callable[..., str]) -> Callable[..., str]:
        real = kept[name]

        def translate(*given: Any) -> str:
            text: str = real(*given)
            return _mark(text) if translation.get_language() == language and message(*given) in known else text

        return translate

    context = trans_real.CONTEXT_SEPARATOR
    wrapped = {
        "gettext": marked("gettext", lambda text: text.replace("\r\n", "\n").replace("\r", "\n")),
        "pgettext": marked("pgettext", lambda about, text: f"{about}{context}{text}"),
        "ngettext": marked("ngettext", lambda one, _many, _count: one),
        "npgettext": marked("npgettext", lambda about, one, _many, _count: f"{about}{context}{one}"),
    }
    try:
        for name, function in wrapped.items():
            setattr(trans, name, function)
        yield
    finally:
        for name, function in kept.items():
            setattr(trans, name, function)


class _Texts(HTMLParser):
    """What a reader of the page gets to see or hear, in its language."""

    def __init__(self, language: str) -> None:
        super().__init__()
        self.language = language
        self.stack: list[tuple[str, bool]] = []
        self.found: list[str] = []
        self.inside = False  # a message

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        foreign = given.get("lang", self.language) != self.language
        hidden = foreign or tag in UNSEEN or (bool(self.stack) and self.stack[-1][1])
        if not hidden:
            self.found += [given[name] or "" for name in SHOWN_ATTRIBUTES if name in given]
            if tag == "meta" and given.get("name") == "description":
                self.found.append(given.get("content") or "")
            if tag == "input" and given.get("type") in {"submit", "button", "reset"}:
                self.found.append(given.get("value") or "")
        if tag not in VOID:
            self.stack.append((tag, hidden))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        while self.stack and any(name == tag for name, _ in self.stack):
            if self.stack.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if not (self.stack and self.stack[-1][1]):
            text = f"{OPEN}{data}" if self.inside else data
            self.inside = text.rfind(OPEN) > text.rfind(CLOSE)  # a message with a link in it goes on after the tag
            self.found.append(f"{text}{CLOSE}" if self.inside else text)


def untranslated(page: str, language: str, data: re.Pattern[str]) -> list[str]:
    """Return the texts of a page that have letters outside the marks and outside what `data` matches."""
    texts = _Texts(language)
    texts.feed(page)
    result = []
    for text in texts.found:
        rest = data.sub(" ", _MARKED.sub(" ", text))
        if _LETTERS.search(rest):
            result.append(" ".join(text.split())[:160])
    return sorted(set(result))
