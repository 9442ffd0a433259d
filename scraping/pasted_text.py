"""The addresses and ASINs in a text that somebody pasted: one a line, or among words. Pure."""

import re
from collections.abc import Iterator

from scraping.amazon.address import is_asin

_ADDRESS = re.compile(r"(?:https?://|www\.|amazon\.|amzn\.|a\.co/)\S+", re.IGNORECASE)
_AROUND = "<>()[]{}\"'“”«»,;|.!?"  # what stands round an address in a text, and belongs to none


def pasted_addresses(text: str) -> list[str]:
    """Return them in order, each once; a line of one word that is neither is returned too, to be refused in words."""
    return list(dict.fromkeys(address for line in text.splitlines() for address in _of_line(line)))


def _of_line(line: str) -> Iterator[str]:
    words = [word.strip(_AROUND) for word in line.replace("\0", "").split()]
    addresses = [word for word in words if _ADDRESS.match(word.lower()) or (is_asin(word.upper()) and _is_code(word))]
    if addresses:
        yield from addresses
    elif len(words) == 1 and words[0]:
        yield words[0]


def _is_code(word: str) -> bool:
    """Whether a word of ten letters is meant as an ASIN: one with a digit, such as B014I8T0YQ."""
    return any(character.isdigit() for character in word)
