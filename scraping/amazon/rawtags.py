"""Tags found in the bytes of a page by a word inside them: fast, and without any parser."""

import re
from collections.abc import Iterator

_ATTRIBUTE = re.compile(r"([\w:\[\].-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_LONGEST = 2000


def tags_with(data: bytes, *text: bytes) -> Iterator[tuple[dict[str, str], int]]:
    """Yield the attributes of every tag that holds one of the words, and where the tag ends."""
    for word in text:
        at = data.find(word)
        while at >= 0:
            start = data.rfind(b"<", max(0, at - _LONGEST), at)
            end = data.find(b">", at, at + _LONGEST)
            if start >= 0 and end >= 0 and data.find(b">", start, at) < 0:
                yield attributes(text_between(data, start, end + 1)), end + 1
            at = data.find(word, at + len(word))


def attributes(tag: str) -> dict[str, str]:
    """Return the attributes of one tag, values as they stand."""
    return {name: double or single for name, double, single in _ATTRIBUTE.findall(tag)}


def text_after(data: bytes, at: int, limit: int) -> str:
    """Return the text from a place to the next tag, at most so many bytes."""
    end = data.find(b"<", at, at + limit)
    return text_between(data, at, end if end >= 0 else at + limit)


def text_between(data: bytes, start: int, end: int) -> str:
    """Return a stretch of the page as text."""
    return data[start:end].decode("utf-8", errors="replace")
