"""The words of sizes in a listing, in five languages: units, containers, packs; and one plain form to read them in."""

import re
import unicodedata
from decimal import Decimal

_UNITS = {
    "ml": "0.001",
    "millilit": "0.001",
    "mililit": "0.001",
    "cl": "0.01",
    "zentilit": "0.01",
    "centilit": "0.01",
    "dl": "0.1",
    "l": "1",
    "lt": "1",
    "ltr": "1",
    "lit": "1",
    "fl": "0.0295735295625",
    # US gallon and quart: Amazon's English titles that use them are American
    "gal": "3.785411784",
    "quart": "0.946352946",
    "qt": "0.946352946",
}
_WEIGHTS = {"kg": "1", "kilo": "1", "g": "0.001", "gr": "0.001"}
_FACTORS = [
    (unit, Decimal(factor))
    for table in (_UNITS, _WEIGHTS)
    for unit, factor in sorted(table.items(), key=lambda item: -len(item[0]))
]
NUMBER = r"(?<![\d.,/])(\d{1,5}(?:[.,]\d{1,3})?)"
VOLUME_WORD = (
    r"(ml|mili?lit\w*|millilit\w*|cl|[cz]entilit\w*|dl|l|ltr?s?|lit(?:ros?|res?|ers?|ri|ro|er)?"
    r"|(?:fl\.?|fluid) ?(?:oz|ounces?)\.?|gal(?:lons?|on(?:es)?|s)?|quarts?|qts?)(?![\w'’])"
)
WEIGHT_WORD = r"(kg|kilos?|kilogram\w*|gr?|gram\w*)(?![\w'’])"
COUNT = r"(?<![\d.,/])(\d{1,3})"
BOTTLES = (
    r"botell\w*|bottl\w*|bottigli\w*|bouteill\w*|(?:\w+)?flasch\w*|garraf\w*|bidon\w*|latas?|lattin\w*|latt[ae]"
    r"|cans?|tins?|dosen?|kanister\w*|tanich\w*|canist\w*|frasc\w*|jarras?|krueg\w*|jugs?"
)
# A portion is never sold alone: its size says nothing without a count.
PORTIONS = (
    r"monodos\w*|sobre(?:s|cit\w*)?|ampoll\w*|bustin\w*|dosett\w*|sachets?|\w*beutel\w*|portions?\w*|stick ?packs?"
    r"|sticks?|tarrin\w*|packets?|porzion\w*|porcion\w*|single[ -]serv\w*|vials?|viales"
)
CONTAINERS = (
    rf"(?:{BOTTLES}|{PORTIONS}|envases?|unidad\w*|uds?\.?|unit\w*"
    r"|pezzi|pz\.?|pieces?|stuck|stueck|stk\.?|stck\.?|count|estuches?|sprays?)"
)
PACK_WORDS = (
    r"(?:pack|paquete|pacco|paquet|packung|caja|case|carton\w*|cartone|lote?|lot|set|confezione|conf\.?"
    r"|box|estuche|coffret|embalagem|caixa|kit|karton|bund\w*|fardo)"
)
_COMPOUND = r"(?:pack|set|karton|kiste|box|tray)"
_OUTER = (
    r"(?:cajas|packs|paquetes|lotes|kartons|kisten|confezioni|scatole|cartoni|cartons|lots|coffrets|boxes|cases|sets)"
)
OF = r"(?:de|di|da|d'|a|of|je|zu|von|x)?"
PACKS = (
    re.compile(rf"\b{PACK_WORDS}[ -]?(?:de|da|di|of|mit|con|van|\()? ?{COUNT}(?!\d|[.,]\d| ?x\b| ?{VOLUME_WORD})"),
    re.compile(rf"{COUNT} ?(?:-?er|x)?[ -]?{_COMPOUND}s?\b"),
    re.compile(rf"{COUNT}[ -]?{CONTAINERS}(?!\w)"),
    # "500 ml cristal x 6", "6x Olivenöl 0,5 l"
    re.compile(rf"(?<!\d )(?<!\w)x ?{COUNT}(?![\w.,]| ?x\b| ?[cm]m\b| ?{VOLUME_WORD})"),
    re.compile(rf"{COUNT} ?x (?=[a-z])"),
    re.compile(r"(?<![\w.,/])([2-9]|1[0-2]) (?:aove|evoo|evo|aceites|oli|oils|huiles)\b"),
)
PORTION = re.compile(rf"\b(?:{PORTIONS})(?!\w)")

_WORD_NUMBERS = {
    2: "dos due deux zwei two",
    3: "tres tre trois drei three",
    4: "cuatro quattro quatre vier four",
    5: "cinco cinque cinq funf five",
    6: "seis sei six sechs",
    10: "diez dieci dix zehn ten",
    12: "doce dodici douze zwolf twelve",
}
_DIGITS = {word: str(number) for number, words in _WORD_NUMBERS.items() for word in words.split()}
_WORDS = "|".join(_DIGITS)
_COUNTED = re.compile(rf"\b({_WORDS}) (?=(?:{CONTAINERS}|{_OUTER}|litr\w*|liters?|gal\w*)(?!\w))")
_PACKED = re.compile(rf"\b({PACK_WORDS} (?:de |di |da |of |mit |con )?)({_WORDS})\b")
_PHRASES = (
    (re.compile(r"\b(?:doppel|zweier|twin|duo|double)[ -]?pack\b|\bpack (?:doble|duo)\b"), "2 pack"),
    (re.compile(r"\b(?:dreier|triple|tri)[ -]?pack\b|\bpack triple\b"), "3 pack"),
    (re.compile(r"\b(?:half(?: a)?|medio|mezzo|demi|halbe[rn]?)[ -](?=lit|gal)"), "0.5 "),
    (re.compile(r"\b(?:un|one|ein) (?=lit|gal)"), "1 "),
    (re.compile(rf"{COUNT} {_OUTER} (?:de|of|di|da|a|mit|von|zu) (?=\d)"), r"\1 x "),
)
# Italian order: "ml. 500", "cl 75", "lt. 5".
_UNIT_FIRST = re.compile(
    rf"(?<![\w.,'’])(?<!\d )(ml|cl|dl|lt|l)\.? ?(\d{{1,5}}(?:[.,]\d{{1,3}})?)(?![\w%.,]*\w|[%º]| ?{VOLUME_WORD})"
)
_FRACTION = re.compile(r"(?<![\d.,/])(1/2|1/4|3/4) ?(?=l\b|lit|gal)")
_FRACTIONS = {"1/2": "0.5 ", "1/4": "0.25 ", "3/4": "0.75 "}
# French thousands: "1 000 ml".
_GAP = re.compile(r"(?<![\d.,] )(?<![\d.,])([1-9]) (000)(?= ?m)")
_SLUG_DECIMAL = re.compile(r"(?<!\d)(?<!\d-)0-(\d{1,3})(?=-?(?:l|lt|litros?|ml|cl)\b)")
_SLUG_UNSURE = re.compile(r"\d-\d+-?(?:l|lt|litros?|ml|cl)\b")
# "1'5 L" is a Spanish decimal comma.
_APOSTROPHE = re.compile(r"(?<=\d)['’´`](?=\d)")
# What a litre costs is no size: "(19,96 € / 1 l)", "1 l = 15,98 €".
_UNIT_PRICE = re.compile(
    r"(?:€|eur|euros?|\$|£) ?(?:/|je|por|per|par|al) ?(?:\d{1,4} ?)?(?:l|lt|litr\w*|liter|ml|kg)\b"
    r"|\b\d{1,4} ?(?:l|ml|kg) ?= ?[€$£]? ?\d+[.,]\d\d(?: ?(?:€|eur))?"
)
_SIGNS = str.maketrans({"×": "x", "*": "x", "✕": "x", "½": "1/2", "¼": "1/4", "¾": "3/4"})


def plain_sizes(text: str) -> str | None:
    """Bring the words to one form, numbers in digits; None for a slug whose decimal point was lost ("1-5-l")."""
    folded = unicodedata.normalize("NFD", text.casefold().translate(_SIGNS))
    plain = " ".join("".join(mark for mark in folded if not unicodedata.combining(mark)).split())
    if " " not in plain and "-" in plain:
        plain = _SLUG_DECIMAL.sub(r"0,\1", plain)
        if _SLUG_UNSURE.search(plain):
            return None
        plain = plain.replace("-", " ")
    plain = _UNIT_PRICE.sub(" ", _APOSTROPHE.sub(".", plain))
    plain = _GAP.sub(r"\1\2", plain)
    plain = _FRACTION.sub(lambda match: _FRACTIONS[match.group(1)], plain)
    plain = _UNIT_FIRST.sub(r"\2 \1", plain)
    plain = _COUNTED.sub(lambda match: f"{_DIGITS[match.group(1)]} ", plain)
    plain = _PACKED.sub(lambda match: match.group(1) + _DIGITS[match.group(2)], plain)
    for pattern, digits in _PHRASES:
        plain = pattern.sub(digits, plain)
    return plain


def amount_of(number: str, unit: str) -> Decimal:
    """Turn "0,75" and "l" into litres (or kilograms), "1.000" and "ml" too: three digits are thousands of ml."""
    head, _, tail = number.replace(",", ".").partition(".")
    if unit == "ml" or unit.startswith("mil"):
        number = head + tail if len(tail) == 3 and head.strip("0") else f"{head}.{tail or 0}"
    else:
        number = f"{head}.{tail or 0}"
    return Decimal(number) * _factor(unit)


def _factor(unit: str) -> Decimal:
    """Return litres (or kilograms) in one unit."""
    for known, factor in _FACTORS:
        if unit.startswith(known):
            return factor
    raise ValueError(unit)
