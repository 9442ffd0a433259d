"""Where a listing's words name sizes: products ("3 x 5 L"), single sizes ("5 L"), totals and counts. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from scraping.size_words import CONTAINERS, COUNT, NUMBER, OF, PACKS, VOLUME_WORD, WEIGHT_WORD, amount_of

_TOTAL = r"(?:total\w*|insgesamt|gesamt\w*)"
# A multiplication that was not understood: "3x2", "4 x (6 x 1 l)", "3 + 3".
_LEFT_OVER = re.compile(r"(?<![\d.,/x])\d{1,2} ?[x+] ?\(?(?:\d{1,2}(?![\d.,%]| ?x| ?[cm]m\b)|;)|; ?\)? ?x ?\d")
# "500 ml + 500 ml" adds; "Picual 500 ml y AOVE Arbequina 500 ml" too, as a second oil is named.
_PLUS = re.compile(r"\+[^,;()|+.]{0,40}")
_AND = re.compile(r".*(?:&| (?:y|e|und|and|et) )(?P<second>[^,;()|&.]{0,40})")
_SECOND_OIL = re.compile(rf"(?:aove|evoo|evo|aceite|olio|huile|oil|\w*ol|{CONTAINERS})(?!\w)")


@dataclass(frozen=True, slots=True)
class Claim:
    """What the words mean: litres in all (or kilograms), in so many containers."""

    litres: Decimal
    pack: int = 1


@dataclass(frozen=True, slots=True)
class Item:
    """A product ("3 x 5 l") or a single size ("5 l"), and where it stands; `factors` are the counts it was made of."""

    start: int
    end: int
    claim: Claim
    factors: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Items:
    """All that one title names; `counts` are the numbers of containers above one."""

    products: list[Item]
    sizes: list[Item]
    totals: list[Item]
    counts: set[int]

    @property
    def in_order(self) -> list[Item]:
        """Return products and sizes as they stand in the words."""
        return sorted((*self.products, *self.sizes), key=lambda item: item.start)


class Patterns:
    """How sizes and products look in one kind of unit."""

    def __init__(self, unit: str) -> None:
        """Compile them once."""
        size = rf"{NUMBER}[ -]?{unit}"
        times = rf"{COUNT} ?x ?(?:{COUNT} ?x ?)?\(?{size}"
        of = rf"(?:{COUNT} ?x ?)?{COUNT} {CONTAINERS} ?(?:\w+ )?{OF} ?{size}"
        by = rf"{size}\)? ?\(?x ?{COUNT}(?![.,]?\d| ?x)(?! ?(?:cm|mm)\b)"
        self.size = re.compile(size)
        self.product = re.compile(by), re.compile(rf"{times}|{of}")
        self.total = re.compile(rf"{size} (?:en |in |au |im )?{_TOTAL}|(?:{_TOTAL}:? ?(?:de |di |von |of )?|= ?){size}")


VOLUMES, WEIGHTS = Patterns(VOLUME_WORD), Patterns(WEIGHT_WORD)


def find_items(text: str, patterns: Patterns) -> Items | None:
    """Find what the words name; None where a multiplication is not understood."""
    rest, products = _take(text, patterns.product, _product)
    if _LEFT_OVER.search(rest):
        return None
    rest, totals = _take(rest, (patterns.total,), _single)
    _, sizes = _take(rest, (patterns.size,), _single)
    counts = {int(match[1]) for pattern in PACKS for match in pattern.finditer(text)}
    return Items(products, sizes, totals, counts - {0, 1})


def are_added(text: str, left: Item, right: Item) -> bool | None:
    """Tell whether two neighbouring sizes are added; None where they may be, or may be one size named twice."""
    gap = text[left.end : right.start]
    if _PLUS.search(gap):
        return bool(re.fullmatch(rf"[^+]*{_PLUS.pattern}", gap)) or None
    match = _AND.fullmatch(gap)
    if match is None or text[left.start : left.end].split() != text[right.start : right.end].split():
        return False
    return bool(_SECOND_OIL.match(match["second"])) or None


def _take(
    text: str, patterns: tuple[re.Pattern[str], ...], read: Callable[[re.Match[str]], Item | None]
) -> tuple[str, list[Item]]:
    """Return the words with each match blanked out, at the same length, and what the matches mean."""
    items: list[Item] = []

    def blank(match: re.Match[str]) -> str:
        """Note one match."""
        item = read(match)
        if item is not None:
            items.append(item)
        return ";" * len(match[0])

    for pattern in patterns:
        text = pattern.sub(blank, text)
    return text, items


def _single(match: re.Match[str]) -> Item:
    """Read "5 l"."""
    number, unit = (group for group in match.groups() if group)
    return Item(match.start(), match.end(), Claim(amount_of(number, unit)))


def _product(match: re.Match[str]) -> Item | None:
    """Read "3 x 5 l", "6 botellas de 750 ml", "500 ml x 12"; zero times something is nothing."""
    groups = [group for group in match.groups() if group]
    if groups[-1].isdecimal():
        number, unit, counts = groups[0], groups[1], groups[2:]
    else:
        number, unit, counts = groups[-2], groups[-1], groups[:-2]
    factors = tuple(map(int, counts))
    pack = 1
    for factor in factors:
        pack *= factor
    return Item(match.start(), match.end(), Claim(amount_of(number, unit) * pack, pack), factors) if pack else None
