"""Titles of listings are written by strangers: made harmless for messages and feeds. Pure.

Escaping is right where it is known who reads: pages and mails do that. A chat, a feed reader or a subject line may take
text for markup, a mention or a header, so the few signs that could be are replaced by ones that look alike.
"""

import unicodedata

_LOOK_ALIKE = str.maketrans({"<": "\u2039", ">": "\u203a", "@": "\uff20"})


def harmless(text: str, *, longest: int = 120) -> str:
    """Return one line without control signs, markup or mentions, cut at so many letters."""
    seen = "".join(" " if unicodedata.category(sign)[0] in "CZ" else sign for sign in text)
    line = " ".join(seen.split()).translate(_LOOK_ALIKE)
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"
