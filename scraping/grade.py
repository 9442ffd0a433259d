"""Which oil a listing is, from its title or slug: extra virgin, virgin, olive, pomace, sunflower or other."""

import re
import unicodedata
from enum import StrEnum


class Grade(StrEnum):
    """The grades of oil that are compared with each other."""

    EXTRA_VIRGIN = "extra_virgin"
    VIRGIN = "virgin"
    OLIVE = "olive"
    POMACE = "pomace"
    SUNFLOWER = "sunflower"
    OTHER = "other"


def _words(alternatives: str) -> re.Pattern[str]:
    """Compile alternatives that stand as whole words."""
    return re.compile(rf"\b(?:{alternatives})\b")


# The oil itself, in es, it, fr, de, en, pt: "olio d'oliva", "huile d'olive", "Olivenöl", "AOVE".
_OIL = _words(
    r"aceite|aceites|olio|olii|huile|huiles|azeite|azeites|\w*olivenoe?l|oil|oils|oel|aove|evoo|"
    r"sonnenblumenoe?l|\w*tresteroe?l|oleo"
)
_OLIVE = _words(
    r"olivas?|olive|olives|\w*olivenoe?l|aove|evoo|azeite|azeites|evo|arbequina|picual|hojiblanca|"
    "cornicabra|koroneiki|taggiasca|oliventresteroe?l"
)
_POMACE = _words(r"orujo|sansa|grignons?|pomace|\w*tresteroe?l|trester|bagaco")
_SUNFLOWER = _words(r"girasol|girasole|girassol|tournesol|sonnenblumen\w*|sunflower")
_EXTRA = _words(
    "virgen extra|extra virgen|vierge extra|extra vierge|extra ?vergine|vergine extra|extra virgin|"
    r"virgin extra|virgem extra|extra virgem|nativ\w* (?:olivenoe?l )?extra|extra nativ\w*|aove|evoo|"
    "evo|v ?e|extra v|virg extra|ex virgen|vierge 1ere extra"
)
_VIRGIN = _words(r"virgen|vierge|vergine|virgin|virgem|nativ\w*")
# Another fat beside the olive: a blend belongs to no grade.
_OTHER_FAT = _words(
    r"colza|raps\w*|canola|rapeseed|soja|soy|maiz|mais|corn|coco|cocco|coconut|kokos\w*|aguacate|"
    "avocado|sesamo|sesame|sesam|semillas|seeds?|semi|lino|cacahuete|arachide|peanut|palma|palm|argan|"
    "almendras?|mandorle|almond|ricino|castor|mezcla"
)
# "Contiene aceites refinados y 50 % de virgen extra": what is refined is plain olive oil, whatever was added.
_REFINED = _words(r"refinad\w*|raffinat\w*|raffine\w*|raffiniert\w*|refined|refino")
# Aromas make it a seasoning: "al tartufo", "con limon", "infused with basil".
_AROMA = _words(
    r"aromatizad[oa]s?|aromatizzat[oa]|aromatisee?s?|aromatisiert\w*|saveur|flavou?red|"
    # "Sabor suave", "sabor frutado ligero" say how strong an oil is, not what was added to it.
    r"sabor(?:es)?(?! (?:suave|intenso|frutado|ligero|clasico|aceite|delicado|equilibrado))|"
    r"infused|aroma|tartufo|trufa|truffe|truffle|truffel\w*|limone|al limon|con limon|peperoncino|"
    "con guindilla|al ajo|con ajo|condimento"
)
# What stands before the oil when the oil is only an ingredient: "atun en aceite", "Seife mit Olivenöl".
_NOT_THE_OIL = _words(
    r"mayon\w*|maionese|atun|bonito|tonno|thon|tuna|thunfisch\w*|sardin\w*|sardellen\w*|anch\w*|"
    r"acciugh\w*|caballa|sgombr\w*|maquereau\w*|mackerel|jabon\w*|soap|savon|sapone\w*|\w*seife\w*|"
    "sabonete|champu|shampoo|shampooing|gel|crema|creme|cream|locion|lotion|pesto|hummus|salsa|sauce|"
    r"patatas|chips|crisps|crackers|picos|pan|bread|queso|cheese|margarin\w*|spread|galletas|tomates?|"
    r"pimientos|mejillones|vinagre|aceto|vinaigre|vinegar|essig|aceitera\w*|oliera|huilier|dispensador|"
    r"dispens\w*|spruher|olspender|oelspender|pulverizador|libro|book|libre"
)
_COSMETIC = _words(
    r"corporal|capilar|cabello|cosmetic\w*|massage|masaje|body|hair|skin|barba|beard|haar|haut|capelli|"
    "corpo|corps|cheveux|labios|dispenser|dispensador|sprayer|aceitera|lampara|lamp|motor|"
    r"oil (?:soap|mayo\w*|dressing|spread|crisps|chips|crackers|cruet|pourer|shampoo|lotion|cream|balm)"
)
_INGREDIENT = re.compile(
    r"\b(?:con|en|al|with|in|mit|avec|em|com|a l|all|sott|w)(?: (?:el|un|l|d))?"
    r"(?: (?:\d+|extra|virgin|virgen|natives?|nativem|organic|bio|pure|finest|cold|pressed|olive|"
    r"kaltgepresst\w*))*$"
)


def read_grade(title: str) -> Grade:
    """Return the grade a title or slug names; a food, soap or vessel that only mentions oil is OTHER."""
    words = _plain(title)
    oil = _OIL.search(words)
    if oil is None or _is_something_else(words, oil.start()) or _is_blend(words):
        return Grade.OTHER
    if _SUNFLOWER.search(words):
        return Grade.SUNFLOWER
    if _POMACE.search(words):
        return Grade.POMACE
    return _olive_grade(words)


def _is_blend(words: str) -> bool:
    """Tell whether other fats or aromas join the oil."""
    olive = _OLIVE.search(words) or _POMACE.search(words)
    return bool((_SUNFLOWER.search(words) and olive) or _OTHER_FAT.search(words) or _AROMA.search(words))


def _olive_grade(words: str) -> Grade:
    """Tell the grades of olive oil; Spanish shops also write "aceite virgen extra" and mean olives."""
    if _OLIVE.search(words) and _REFINED.search(words):
        return Grade.OLIVE
    extra = bool(_EXTRA.search(words))
    if not _OLIVE.search(words) and not (words.startswith("aceite") and extra):
        return Grade.OTHER
    if extra:
        return Grade.EXTRA_VIRGIN
    return Grade.VIRGIN if _VIRGIN.search(words) else Grade.OLIVE


def _plain(title: str) -> str:
    """Bring a title to lower-case ASCII words: "Natives Olivenöl", "V.E." and slugs alike."""
    text = title.casefold().replace("ö", "oe").replace("ü", "ue").replace("ä", "ae")
    ascii_text = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return " ".join(re.sub(r"[^a-z0-9%]+", " ", ascii_text).split())


def _is_something_else(words: str, oil_at: int) -> bool:
    """Tell whether the title sells a food in oil, a soap or a vessel rather than the oil."""
    before = words[:oil_at].strip()
    return bool(_NOT_THE_OIL.search(before) or _INGREDIENT.search(before) or _COSMETIC.search(words))
