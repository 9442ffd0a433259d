"""Which oil a listing is, from its title or slug: extra virgin, virgin, olive, pomace, sunflower or other. Pure."""

from enum import StrEnum

from scraping.grade_words import (
    AROMA,
    BOX_OF,
    COSMETIC,
    EXTRA,
    INGREDIENT,
    NO_OTHER_FAT,
    NOT_THE_OIL,
    OIL,
    OLIVE,
    OTHER_FAT,
    POMACE,
    REFINED,
    SUNFLOWER,
    VIRGIN,
    plain_words,
)
from scraping.mixed_set import is_mixed_set


class Grade(StrEnum):
    """The grades of oil that are compared with each other."""

    EXTRA_VIRGIN = "extra_virgin"
    VIRGIN = "virgin"
    OLIVE = "olive"
    POMACE = "pomace"
    SUNFLOWER = "sunflower"
    OTHER = "other"


def read_grade(title: str) -> Grade:
    """Return the grade a title or slug names; a food, soap or vessel that only mentions oil is OTHER.

    So is a set that holds more than oil: its price is not the price of the oil.
    """
    words = plain_words(title)
    oil = OIL.search(words)
    if oil is None or _is_something_else(words, oil.start()) or _is_blend(words) or is_mixed_set(title):
        return Grade.OTHER
    if SUNFLOWER.search(words):
        return Grade.SUNFLOWER
    if POMACE.search(words):
        return Grade.POMACE
    return _olive_grade(words)


def _is_blend(words: str) -> bool:
    """Tell whether other fats or aromas join the oil."""
    olive = OLIVE.search(words) or POMACE.search(words)
    fats = NO_OTHER_FAT.sub("", words)
    return bool((SUNFLOWER.search(words) and olive) or OTHER_FAT.search(fats) or AROMA.search(words))


def _olive_grade(words: str) -> Grade:
    """Tell the grades of olive oil; Spanish shops also write "aceite virgen extra" and mean olives."""
    if OLIVE.search(words) and REFINED.search(words):
        return Grade.OLIVE
    extra = bool(EXTRA.search(words))
    if not OLIVE.search(words) and not (words.startswith("aceite") and extra):
        return Grade.OTHER
    if extra:
        return Grade.EXTRA_VIRGIN
    return Grade.VIRGIN if VIRGIN.search(words) else Grade.OLIVE


def _is_something_else(words: str, oil_at: int) -> bool:
    """Tell whether the title sells a food in oil, a soap or a vessel rather than the oil."""
    before = words[:oil_at].strip()
    ingredient = INGREDIENT.search(before) and not BOX_OF.search(before)
    return bool(NOT_THE_OIL.search(before) or ingredient or COSMETIC.search(words))
