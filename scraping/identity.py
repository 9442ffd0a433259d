"""Is it still the same product? An ASIN can become another one.

On amazon.es B01MUGXRT9 was a vacuum robot ("Conga Excellence 990") in 2017 and 2019, and in 2024 a robot that
cleans windows ("Windroid 880"): same brand, same shelf, another product. Its history must break there.
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from scraping.grade import Grade, read_grade
from scraping.volume import read_volume

# Below, titles are of two products; above, of one; between, brand and litres decide.
_DIFFERENT, _ALIKE, _SURE = Decimal("0.34"), Decimal("0.60"), Decimal("0.90")
_VOLUME_TOLERANCE = Decimal("0.02")
_FILLERS = frozenset(
    [
        "a",
        "al",
        "aus",
        "avec",
        "with",
        "and",
        "con",
        "da",
        "de",
        "dei",
        "del",
        "della",
        "der",
        "des",
        "di",
        "die",
        "do",
        "du",
        "e",
        "ed",
        "el",
        "en",
        "et",
        "for",
        "from",
        "fur",
        "gli",
        "i",
        "il",
        "im",
        "in",
        "la",
        "las",
        "le",
        "les",
        "lo",
        "los",
        "mit",
        "o",
        "of",
        "ou",
        "para",
        "per",
        "por",
        "pour",
        "sin",
        "sans",
        "the",
        "und",
        "un",
        "una",
        "une",
        "with",
        "y",
        "zu",
        "pack",
        "paquete",
        "lote",
        "lot",
        "set",
        "oferta",
        "nuevo",
        "neu",
        "new",
        "nouveau",
        "nuovo",
        "amazon",
        "marca",
        "brand",
    ]
)
_EVERY_OIL = frozenset(
    """aceite aceites oliva olivas olio olive huile olivenol oil azeite virgen extra vergine extravergine vierge virgin
    virgem nativ natives aove evoo girasol girasole tournesol""".split()  # noqa: SIM905
)


@dataclass(frozen=True, slots=True)
class ProductIdentity:
    """What is known of a product at one observation."""

    title: str
    brand: str | None = None
    litres: Decimal | None = None


@dataclass(frozen=True, slots=True)
class IdentityMatch:
    """Whether two observations show one product, how alike the titles are (0 to 1), and why."""

    same: bool
    similarity: Decimal
    reasons: tuple[str, ...]


def compare_products(known: ProductIdentity, seen: ProductIdentity) -> IdentityMatch:
    """Compare what was known of a listing with what its page says now."""
    alike = title_similarity(known.title, seen.title)
    breaks = [reason for reason in (_litres(known, seen), _grades(known, seen)) if reason]
    brand = _brand(known, seen)
    if alike < _DIFFERENT:
        breaks.append(f"the titles share {alike:.0%} of their words")
    elif alike < _SURE and brand is False:
        breaks.append(f"another brand, and the titles share only {alike:.0%} of their words")
    elif alike < _ALIKE and brand is None and known.litres is None:
        breaks.append(f"the titles share only {alike:.0%} of their words and nothing else confirms them")
    if breaks:
        return IdentityMatch(False, alike, tuple(breaks))
    reasons = [f"the titles share {alike:.0%} of their words"]
    if brand:
        reasons.append("same brand")
    if known.litres is not None and seen.litres is not None:
        reasons.append("same litres")
    return IdentityMatch(True, alike, tuple(reasons))


def title_similarity(left: str, right: str) -> Decimal:
    """Return the shared part of the shorter title's words: added words and another order cost nothing."""
    words, others = _representative(_words(left), _words(right))
    if not words or not others:
        return Decimal(1) if words == others else Decimal(0)
    return (Decimal(len(words & others)) / min(len(words), len(others))).quantize(Decimal("0.01"))


def _litres(known: ProductIdentity, seen: ProductIdentity) -> str | None:
    """Name the break when the volume changed."""
    if known.litres is None or seen.litres is None:
        return None
    if abs(known.litres - seen.litres) <= max(known.litres, seen.litres) * _VOLUME_TOLERANCE:
        return None
    if (now := read_volume(known.title)) and now.litres == seen.litres:
        return None  # the title was the same, and is read better today
    return f"the volume went from {known.litres} to {seen.litres} litres"


def _grades(known: ProductIdentity, seen: ProductIdentity) -> str | None:
    """Name the break when both titles name a grade of oil and not the same one."""
    before, after = read_grade(known.title), read_grade(seen.title)
    if before is after or Grade.OTHER in {before, after}:
        return None
    return f"the grade went from {before} to {after}"


def _brand(known: ProductIdentity, seen: ProductIdentity) -> bool | None:
    """Tell whether the brand stayed; a brand that moved into the other title stayed too. None: unknown."""
    before, after = _words(known.brand or ""), _words(seen.brand or "")
    if not before or not after:
        return None
    return bool(before & after) or before <= _words(seen.title) or after <= _words(known.title)


def _representative(left: frozenset[str], right: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Leave out what every oil is called, as long as both titles have something else to say."""
    if len(left - _EVERY_OIL) < 2 or len(right - _EVERY_OIL) < 2:
        return left, right
    return left - _EVERY_OIL, right - _EVERY_OIL


def _words(text: str) -> frozenset[str]:
    """Return the telling words of a title: no accents, no case, no fillers, sizes joined ("5 l" is "5l")."""
    plain = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
    plain = re.sub(r"(\d)[.,](\d)", r"\1.\2", plain)
    plain = re.sub(r"(\d) (ml|cl|l|kg|g|litros?|litri|liter|litres?)\b", r"\1\2", plain)
    plain = re.sub(r"(\d)(?:litros?|litri|liter|litres?)\b", r"\1l", plain)
    tokens = re.findall(r"[a-z0-9]+(?:\.[0-9]+)?[a-z]*", plain)
    return frozenset(word for word in tokens if word not in _FILLERS and (len(word) > 1 or word.isdigit()))
