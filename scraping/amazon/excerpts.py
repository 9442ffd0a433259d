"""Where an amount stands in a page, as plain text that a person can read, without the page's scripts. Pure."""

import re
from collections.abc import Iterator
from decimal import Decimal
from html import unescape

from scraping.amazon.document import open_document, text_of

AROUND = 90  # characters on each side of an amount
MOST = 4  # excerpts of one amount

Piece = tuple[str, bool]  # words, and whether they are the amount


def marked(text: str, amount: Decimal) -> list[Piece]:
    """Cut a text into pieces, with each place where the amount is written."""
    text, pieces, end = unescape(text), list[Piece](), 0
    for match in _pattern(amount).finditer(text):
        pieces += [(text[end : match.start()], False), (match.group(), True)]
        end = match.end()
    return [piece for piece in [*pieces, (text[end:], False)] if piece[0]]


def excerpts(html: bytes, amount: Decimal) -> list[list[Piece]]:
    """Return the words around the first places where a page shows the amount; none where only its data hold it."""
    document = open_document(html)
    if document.root is None:
        return []
    return [marked(text, amount) for text in _windows(unescape(text_of(document.root)), amount)]


def _windows(text: str, amount: Decimal) -> Iterator[str]:
    """Yield the surroundings, without those that lie within the one before."""
    end = count = 0
    for match in _pattern(amount).finditer(text):
        if match.start() < end:
            continue
        if count == MOST:
            return
        start, end, count = max(0, match.start() - AROUND, end), match.end() + AROUND, count + 1
        yield f"{'… ' if start else ''}{text[start:end].strip()}{' …' if end < len(text) else ''}"


def _pattern(amount: Decimal) -> re.Pattern[str]:
    """Match 1234.50 as marketplaces write it: 1.234,50 or 1,234.50 or, with the mark set apart, 1234 , 50."""
    whole, cents = f"{amount:.2f}".split(".")
    groups = re.findall(r"\d{1,3}(?=(?:\d{3})*$)", whole)
    written = r"[.,\s\u00a0\u202f']?".join(groups)
    fraction = rf"\s*[.,]\s*{cents}"
    return re.compile(rf"(?<![\d.,]){written}{f'(?:{fraction})?' if cents == '00' else fraction}(?![\d]|[.,]\d)")
