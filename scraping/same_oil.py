"""Do two listings sell the same oil in another size? By their words, sizes and containers aside. Pure.

Precise rather than wide: every word that is no size, no container and no filler must be in both titles. "Picual" and
"Picual sin filtrar" are two oils, and so are "botella" and "botella de vidrio": a false sibling would send somebody to
another oil, a missing one only costs a line in a table.
"""

import re
import unicodedata

_NUMBER = r"\d+(?:[.,]\d+)?"
_UNIT = r"(?:ml|mililit\w*|cl|centilit\w*|dl|lt?s?|ltr|lit(?:ros?|res?|ers?|ri|ro|er)|kg|kilos?|grs?|gramos?|fl ?oz)"
_CONTAINER = (
    r"(?:botell\w*|bottl\w*|bottigli\w*|bouteill\w*|flasch\w*|garraf\w*|bidon\w*|latas?|lattin\w*|latt[ae]|cans?|tins?"
    r"|dosen?|kanister\w*|tanich\w*|frasc\w*|envases?|unidad\w*|uds?|unit\w*|pezzi|pz|pieces?|stuck|jarras?)"
)
_PACK = r"(?:pack|paquete|pacco|paquet|packung|caja|case|carton\w*|lote?|lot|set|confezione|conf|box|karton)"
_OF = r"(?:de|di|da|of|mit|con|x)?"
_SIZES = re.compile(
    rf"(?<![\w.,])(?:\d+ ?x ?)*{_NUMBER} ?-?{_UNIT}\b(?: ?x ?\d+\b)?"  # 3 x 5 l, 750 ml, 500ml x 12
    rf"|\b{_PACK} ?{_OF} ?\d+\b"  # pack de 6
    rf"|\b\d+ ?(?:x|{_CONTAINER}|{_PACK})\b"  # 12 botellas, 6 x
)
_FILLERS = frozenset("a al con da de dei del della der di do du e el en et la las le les lo los of the und y x".split())  # noqa: SIM905
_CONTAINERS = re.compile(rf"{_CONTAINER}|{_PACK}")


def oil_words(title: str, brand: str = "") -> frozenset[str]:
    """Return the words that tell which oil a title sells; the brand's words always belong."""
    words = re.findall(r"[a-z0-9]+(?:[.,][0-9]+)?", _SIZES.sub(" ", _plain(title)))
    distinguishing = {word for word in words if word not in _FILLERS and not _CONTAINERS.fullmatch(word)}
    return frozenset(distinguishing | set(re.findall(r"[a-z0-9]+", _plain(brand))))


def same_oil(title: str, other: str, *, brand: str = "", other_brand: str = "") -> bool:
    """Tell whether two titles sell one oil; a title without a telling word is like no other."""
    words = oil_words(title, brand)
    return bool(words) and words == oil_words(other, other_brand)


def _plain(text: str) -> str:
    """No case, no accents; the sign of multiplication is an x."""
    folded = unicodedata.normalize("NFKD", text.casefold().replace("×", "x").replace("º", "°"))
    return folded.encode("ascii", "ignore").decode()
