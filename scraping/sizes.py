"""Sizes and packs in a listing's words: "3 x 5 L", "pack de 6 botellas de 750 ml", "500ml x 12". Pure."""

from decimal import Decimal
from itertools import pairwise

from scraping.bonus_volume import Bonus, take_bonus
from scraping.size_items import VOLUMES, WEIGHTS, Claim, Item, Items, are_added, find_items
from scraping.size_words import PORTION, plain_sizes

_LARGEST_PACK, _PORTION_SIZE, _MOST_SIZES = 200, Decimal("0.05"), 12
# "12 botellas, 6 L" is rather six litres in all than twelve canisters.
_CANISTER, _LARGE_CANISTER, _FEW_CANISTERS = Decimal(3), Decimal(5), 4


class UnclearSize(ValueError):
    """The words name sizes that clash, or a size that needs a number they do not name; asking again will not help."""


def read_size(text: str, *, weight: bool = False) -> Claim | None:
    """Return the volume (or weight) the words name, None where they name none; UnclearSize where they clash."""
    plain = plain_sizes(text)
    patterns = WEIGHTS if weight else VOLUMES
    if plain is not None and not patterns.size.search(plain):
        return None
    taken = None if plain is None else take_bonus(plain)
    if taken is None:
        raise UnclearSize(text)
    words, bonus = taken
    items = find_items(words, patterns)
    claim = _combined(items, words, bonus) if items else None
    if claim is None or _is_unlikely(claim, words):
        raise UnclearSize(text)
    return claim


def _combined(items: Items, text: str, bonus: Bonus) -> Claim | None:
    """Combine what the words name; None where it clashes."""
    if bonus.included:
        return _proven_share(items, bonus)
    ordered = items.in_order
    if len(ordered) > _MOST_SIZES:
        return None
    joined = [are_added(text, left, right) for left, right in pairwise(ordered)]
    if None in joined:
        return None
    if any(joined):
        return None if bonus.adds else _sum(items, joined)
    base = _base(items, bonus)
    return base and _with_bonus(base, bonus, items.totals)


def _sum(items: Items, joined: list[bool | None]) -> Claim | None:
    """Add like to like; unlike sizes only where their sum is named too."""
    ordered = items.in_order
    neighbours = zip(ordered, [False, *joined], [*joined, False], strict=True)
    parts = [item for item, before, after in neighbours if before or after]
    others = [item.claim.litres for item in (*ordered, *items.totals) if item not in parts]
    litres = sum((item.claim.litres for item in parts), Decimal(0))
    pack = sum(item.claim.pack for item in parts)
    alike = all(_same(item.claim.litres, parts[0].claim.litres) for item in parts)
    proven = any(_same(size, litres) for size in others)
    if not items.counts <= {pack, *(factor for item in parts for factor in item.factors)}:
        return None
    if not all(_same(size, litres) or (alike and _same(size, parts[0].claim.litres)) for size in others):
        return None
    return Claim(litres, pack) if alike or proven else None


def _base(items: Items, bonus: Bonus) -> Claim | None:
    """Combine products, sizes and counts, the bonus left aside."""
    bare = _distinct([item.claim.litres for item in items.sizes])
    if bonus.adds:
        bases = [item.claim for item in items.products] + [Claim(size) for size in bare]
        totals = [bonus.added_to(base.litres, base.pack) for base in bases]
        bare = [size for size in bare if not any(_same(size, total) for total in totals)]
    if items.products:
        return _one_product(items.products, bare, items.counts)
    if not bare and items.totals:
        return Claim(items.totals[0].claim.litres, *items.counts) if len(items.counts) < 2 else None
    if len(items.sizes) > 2 and len(bare) == 1 and not items.counts:
        return None
    return _one_size(bare, items.counts)


def _one_product(products: list[Item], bare: list[Decimal], counts: set[int]) -> Claim | None:
    """Accept one stated product when all other sizes and counts fit it."""
    first = products[0].claim
    bottle = first.litres / first.pack
    if any(not _same(other.claim.litres, first.litres) for other in products):
        return None
    fits = all(_same(size, first.litres) or _same(size, bottle) for size in bare)
    counted = counts <= {first.pack, *products[0].factors}
    return first if fits and counted else None


def _one_size(bare: list[Decimal], counts: set[int]) -> Claim | None:
    """Combine one size with one count; two sizes only when one is the other times the count."""
    if len(bare) == 1 and not counts:
        return Claim(bare[0])
    if len(counts) != 1:
        return None
    (count,) = counts
    if len(bare) == 1:
        each = bare[0] <= (_LARGE_CANISTER if count <= _FEW_CANISTERS else _CANISTER)
        return Claim(bare[0] * count, count) if each else None
    if len(bare) == 2 and _same(min(bare) * count, max(bare)):
        return Claim(max(bare), count)
    return None


def _with_bonus(base: Claim, bonus: Bonus, totals: list[Item]) -> Claim | None:
    """Add the bonus; a total that is named must be what comes out."""
    litres = bonus.added_to(base.litres, base.pack)
    pack = base.pack + bonus.containers + bonus.bottles
    if bonus.litres >= base.litres and not bonus.containers:
        pack += 1  # what is no smaller than the first container comes in one of its own
    claim = Claim(litres, pack)
    return claim if all(_same(total.claim.litres, litres) for total in totals) else None


def _proven_share(items: Items, bonus: Bonus) -> Claim | None:
    """Return the larger of two sizes where it is the smaller and the share: "25 % gratis, 1,25 l en vez de 1 l"."""
    bare = _distinct([item.claim.litres for item in items.sizes])
    if items.products or items.counts or items.totals or len(bare) != 2:
        return None
    return Claim(max(bare)) if _same(min(bare) * (1 + bonus.share), max(bare)) else None


def _distinct(sizes: list[Decimal]) -> list[Decimal]:
    """Drop sizes given twice, in other units too: 25.4 fl oz is 750 ml; the rounder figure stays."""
    distinct: list[Decimal] = []
    for size in sorted(sizes, key=lambda value: len(str(value.normalize()))):
        if size > 0 and not any(_same(size, other) for other in distinct):
            distinct.append(size)
    return distinct


def _same(left: Decimal, right: Decimal) -> bool:
    """Tell whether two sizes differ by rounding only."""
    return abs(left - right) <= max(left, right) / 100


def _is_unlikely(claim: Claim, text: str) -> bool:
    """Tell whether portions are not counted, or more containers than a parcel holds."""
    if claim.litres / claim.pack > _PORTION_SIZE:
        return claim.pack > _LARGEST_PACK
    return claim.pack == 1 and PORTION.search(text) is not None
