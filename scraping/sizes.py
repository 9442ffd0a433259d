"""Sizes and packs in a listing's words: "3 x 5 L", "pack de 6 botellas de 750 ml", "500ml x 12"."""

import re
from dataclasses import dataclass
from decimal import Decimal

_UNITS = {
    "ml": "0.001",
    "millilit": "0.001",
    "mililit": "0.001",
    "cl": "0.01",
    "centilit": "0.01",
    "dl": "0.1",
    "l": "1",
    "lt": "1",
    "ltr": "1",
    "lit": "1",
    "fl oz": "0.0295735295625",
}
_WEIGHTS = {"kg": "1", "kilo": "1", "g": "0.001", "gr": "0.001"}
_NUMBER = r"(?<![\d.,/])(\d{1,5}(?:[.,]\d{1,3})?)"
_VOLUME_WORD = (
    r"(ml|mili?lit\w*|millilit\w*|cl|centilit\w*|dl|l|ltr?s?|lit(?:ros?|res?|ers?|ri|ro|er)"
    r"|(?:fl\.?|fluid) ?(?:oz|ounces?)\.?)(?![\w'’])"
)
_WEIGHT_WORD = r"(kg|kilos?|kilogram\w*|gr?|gram\w*)(?![\w'’])"
_COUNT = r"(?<![\d.,/])(\d{1,3})"
_CONTAINERS = (
    r"(?:botell\w*|bottl\w*|bottigli\w*|bouteill\w*|flasch\w*|garraf\w*|bid[oó]n\w*|latas?|lattin\w*|latt[ae]"
    r"|cans?|tins?|dosen?|kanister\w*|tanich\w*|canist\w*|frasc\w*|envases?|unidad\w*|uds?\.?|unit\w*"
    r"|pezzi|pz\.?|pi[eè]ces?|st[uü]ck|count|jarras?|estuches?|sprays?)"
)
_PACK_WORDS = (
    r"(?:pack|paquete|pacco|paquet|packung|caja|case|cart[oó]n\w*|cartone|lote?|lot|set|confezione|conf\.?"
    r"|box|estuche|coffret|embalagem|caixa|kit|karton|bund\w*|fardo)"
)
_PACKS = (
    re.compile(rf"{_PACK_WORDS} ?(?:de|da|di|of|mit|con|van|\()? ?{_COUNT}(?!\d|[.,]\d| ?x\b| ?{_VOLUME_WORD})"),
    re.compile(rf"{_COUNT} ?(?:er|x)?[ -]?(?:pack|packs|set)\b"),
    re.compile(rf"{_COUNT} {_CONTAINERS}(?!\w)"),
)
_FRACTION = re.compile(r"(?<![\d.,/])1/([24]) ?(?=l\b|lit)")
# French thousands: "1 000 ml".
_GAP = re.compile(r"(?<![\d.,] )(?<![\d.,])([1-9]) (000)(?= ?m)")
_SLUG_DECIMAL = re.compile(r"(?<!\d)(?<!\d-)0-(\d{1,3})(?=-?(?:l|lt|litros?|ml|cl)\b)")
_SLUG_UNSURE = re.compile(r"\d-\d+-?(?:l|lt|litros?|ml|cl)\b")


@dataclass(frozen=True, slots=True)
class Claim:
    """One meaning of the words: litres in all (or kilograms), in so many containers."""

    litres: Decimal
    pack: int
    sure: bool


def read_sizes(text: str, *, weights: bool = False) -> list[Claim]:
    """Return what the words can mean, likeliest first; empty where they give no size or clash."""
    plain = _plain(text)
    if plain is None:
        return []
    word = _WEIGHT_WORD if weights else _VOLUME_WORD
    size = rf"{_NUMBER}[ -]?{word}"
    explicit, rest = _explicit(plain, size)
    counts = {int(count) for pattern in _PACKS for count in _first_groups(pattern, plain) if 1 <= int(count) <= 200}
    bare = _distinct([_amount(number, unit) for number, unit in re.findall(size, rest)])
    if explicit:
        return _with_explicit(explicit, bare, counts)
    return _without_explicit(bare, counts - {1})


def _first_groups(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the first group of every match."""
    return [match.group(1) for match in pattern.finditer(text)]


def _plain(text: str) -> str | None:
    """Bring the words to one form; None for a slug whose decimal point was lost ("1-5-l")."""
    plain = " ".join(text.casefold().replace("×", "x").replace("*", "x").replace("½", "1/2").split())
    if " " not in plain and "-" in plain:
        plain = _SLUG_DECIMAL.sub(r"0,\1", plain)
        if _SLUG_UNSURE.search(plain):
            return None
        plain = plain.replace("-", " ")
    plain = _GAP.sub(r"\1\2", plain)
    return _FRACTION.sub(lambda match: f"{Decimal(1) / int(match.group(1))} ", plain)


def _amount(number: str, unit: str) -> Decimal:
    """Turn "0,75" and "l" into litres, "1.000" and "ml" too: three digits are thousands of ml."""
    head, _, tail = number.replace(",", ".").partition(".")
    if unit == "ml" or unit.startswith(("mil", "mill")):
        number = head + tail if len(tail) == 3 and head.strip("0") else f"{head}.{tail or 0}"
    else:
        number = f"{head}.{tail or 0}"
    return Decimal(number) * _factor(unit)


def _factor(unit: str) -> Decimal:
    """Return litres (or kilograms) in one unit."""
    if unit.startswith("fl"):
        return Decimal(_UNITS["fl oz"])
    for table in (_UNITS, _WEIGHTS):
        for known in sorted(table, key=len, reverse=True):
            if unit.startswith(known):
                return Decimal(table[known])
    raise ValueError(unit)


def _explicit(plain: str, size: str) -> tuple[list[Claim], str]:
    """Find "3 x 5 l", "6 botellas de 750 ml", "500 ml x 12"; return them and the words left over."""
    of = r"(?:de|di|da|d'|à|a|of|je|zu|von|x|\()?"
    ahead = re.compile(rf"{_COUNT} ?x ?(?:{_COUNT} ?x ?)?{size}|{_COUNT} {_CONTAINERS} ?(?:\w+ )?{of} ?{size}")
    behind = re.compile(rf"{size} ?x ?{_COUNT}(?![.,]?\d| ?x)(?! ?(?:cm|mm)\b)")
    claims: list[Claim] = []

    def take(match: re.Match[str]) -> str:
        """Note one statement and blank it out, so its size is not read again as a bare one."""
        groups = [group for group in match.groups() if group]
        if groups[-1].isdigit():
            number, unit, counts = groups[0], groups[1], groups[2:]
        else:
            number, unit, counts = groups[-2], groups[-1], groups[:-2]
        pack = 1
        for count in counts:
            pack *= int(count)
        if pack:
            claims.append(Claim(_amount(number, unit) * pack, pack, sure=True))
        return " ; "

    rest = behind.sub(take, ahead.sub(take, plain))
    return claims, rest


def _distinct(sizes: list[Decimal]) -> list[Decimal]:
    """Drop sizes said twice, in other units too: 25.4 fl oz is 750 ml; the rounder figure stays."""
    kept: list[Decimal] = []
    for size in sorted(sizes, key=lambda value: len(str(value.normalize()))):
        if size > 0 and not any(_same(size, other) for other in kept):
            kept.append(size)
    return kept


def _same(left: Decimal, right: Decimal) -> bool:
    """Tell whether two sizes differ by rounding only."""
    return abs(left - right) <= max(left, right) / 100


def _with_explicit(explicit: list[Claim], bare: list[Decimal], counts: set[int]) -> list[Claim]:
    """Accept one stated product when all other sizes and counts fit it."""
    first = explicit[0]
    if any(not _same(other.litres, first.litres) for other in explicit) or first.pack > 200:
        return []
    bottle = first.litres / first.pack
    fits = all(_same(size, first.litres) or _same(size, bottle) for size in bare)
    counted = counts <= {1, first.pack}
    return [first] if fits and counted else []


def _without_explicit(bare: list[Decimal], counts: set[int]) -> list[Claim]:
    """Combine one size with one count; two sizes only when one is the other times the count."""
    if len(bare) == 1 and not counts:
        return [Claim(bare[0], 1, sure=True)]
    if len(counts) != 1:
        return []
    (count,) = counts
    if len(bare) == 1:
        return [Claim(bare[0] * count, count, sure=False)]
    if len(bare) == 2 and _same(min(bare) * count, max(bare)):
        return [Claim(max(bare), count, sure=True)]
    return []
