"""How many litres a listing sells: from its title, its tables and Amazon's unit price, cross-checked."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from scraping.grade import Grade, read_grade
from scraping.mixed_set import is_mixed_set
from scraping.size_items import Claim
from scraping.sizes import UnclearSize, read_size

# kg per litre of olive oil at 20 degrees; only for titles that give a weight of oil and no volume.
DENSITY = Decimal("0.916")
_SMALLEST, _LARGEST = Decimal("0.005"), Decimal(1000)
_MILLILITRE = Decimal("0.001")
_NEAR = Decimal("0.01")

# Labels of the rows that speak of what is inside, beside those that count or weigh the parcel.
_VOLUME_LABELS = (
    "volum",
    "capaci",
    "contenido net",
    "contenuto nett",
    "contenu net",
    "nettoinhalt",
    "tamaño",
    "taille",
    "größe",
    "grösse",
    "formato",
    "dimensione articolo",
    "item volume",
    "liquid",
    "size",
    "unidades",
    "unit count",
    "número de u",
    "anzahl",
    "einheit",
    "unità",
    "unités",
    "inhalt",
    "numero di pezzi",
    "number of items",
    "net content",
)


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What Amazon says one unit costs: 9.99 per 1 l, 31.71 per 2 (pieces)."""

    amount: Decimal
    currency: str | None
    per: Decimal
    unit: str

    @property
    def per_litre(self) -> Decimal | None:
        """Return the price of a litre, or None where the unit is no volume."""
        factor = _LITRES_IN.get(self.unit)
        return None if factor is None or self.per <= 0 else self.amount / (self.per * factor)


_LITRES_IN = {
    "l": Decimal(1),
    "dl": Decimal("0.1"),
    "cl": Decimal("0.01"),
    "ml": Decimal("0.001"),
    "fl oz": Decimal("0.0295735295625"),
}


@dataclass(frozen=True, slots=True)
class Volume:
    """The litres a listing sells in all, in how many containers, and what says so."""

    litres: Decimal
    pack: int
    evidence: tuple[str, ...]
    agreed: bool


def read_volume(
    title: str,
    *,
    table_rows: Mapping[str, str] | Iterable[tuple[str, str]] = (),
    unit_price: UnitPrice | None = None,
    price: Decimal | None = None,
) -> Volume | None:
    """Read the litres sold in all; None where the evidence is missing or contradicts itself.

    A title that is unclear, or a set that holds more than oil, is None whatever the tables and the unit price say.
    """
    if is_mixed_set(title):
        return None
    try:
        claim = _title_claim(title)
    except UnclearSize:
        return None
    tables = _table_claims(dict(table_rows))
    stated = _unit_price_litres(unit_price, price)
    if stated is not None:
        return _checked_by_unit_price(claim, tables, stated)
    if claim is not None:
        return _checked_by_tables(claim, tables)
    totals = {_round(row.litres) for row in tables}
    if len(totals) != 1:
        return None
    return _volume(tables[0], ("table",), agreed=False)


def _title_claim(title: str) -> Claim | None:
    """Read what the title means; a weight counts only where it is a weight of oil."""
    claim = read_size(title)
    if claim is not None:
        return claim
    weighed = None if read_grade(title) is Grade.OTHER else read_size(title, weight=True)
    return weighed and Claim(weighed.litres / DENSITY, weighed.pack)


def _table_claims(rows: Mapping[str, str]) -> list[Claim]:
    """Read the volumes in the rows whose label speaks of contents; an unclear row says nothing."""
    claims: list[Claim] = []
    for label, value in rows.items():
        if any(known in label.casefold() for known in _VOLUME_LABELS):
            with suppress(UnclearSize):
                claim = read_size(value)
                claims += [claim] if claim else []
    return claims


def _unit_price_litres(unit_price: UnitPrice | None, price: Decimal | None) -> tuple[Decimal, Decimal] | None:
    """Return the litres that price and unit price imply, and how far rounding may have moved them."""
    per_litre = unit_price.per_litre if unit_price else None
    if unit_price is None or per_litre is None or price is None or per_litre <= 0 or price <= 0:
        return None
    rounding = Decimal("0.006") / unit_price.amount
    return price / per_litre, rounding + _NEAR


def _checked_by_unit_price(title: Claim | None, tables: list[Claim], stated: tuple[Decimal, Decimal]) -> Volume | None:
    """Choose the claim Amazon's unit price confirms; without any claim the unit price speaks alone."""
    litres, tolerance = stated
    sources = [("title", title)] if title else []
    for source, claim in [*sources, *(("table", row) for row in tables)]:
        if abs(claim.litres - litres) <= claim.litres * tolerance:
            return _volume(claim, (source, "unit_price"), agreed=True)
    if title or tables:
        return None
    return _rounded_to_a_bottle(litres, tolerance)


def _rounded_to_a_bottle(litres: Decimal, tolerance: Decimal) -> Volume | None:
    """Snap to the one size in steps of 50 ml the rounding allows; several possible sizes are no answer."""
    step = Decimal("0.05")
    nearest = (litres / step).quantize(Decimal(1), rounding=ROUND_HALF_UP) * step
    if nearest <= 0 or abs(nearest - litres) > litres * tolerance or litres * tolerance * 2 >= step:
        return None
    return _volume(Claim(nearest), ("unit_price",), agreed=False)


def _checked_by_tables(claim: Claim, tables: list[Claim]) -> Volume | None:
    """Let the tables confirm the title, as a whole or as one bottle of it; contradiction is no answer."""
    if not tables:
        return _volume(claim, ("title",), agreed=False)
    bottle = claim.litres / claim.pack
    if any(_close(row.litres, claim.litres) or _close(row.litres, bottle) for row in tables):
        return _volume(claim, ("title", "table"), agreed=True)
    return None


def _close(left: Decimal, right: Decimal) -> bool:
    """Tell whether two volumes are one and the same, up to the rounding of ounces."""
    return abs(left - right) <= max(left, right) * _NEAR


def _round(litres: Decimal) -> Decimal:
    """Round to the millilitre and drop idle zeros."""
    rounded = litres.quantize(_MILLILITRE, rounding=ROUND_HALF_UP)
    return rounded.quantize(Decimal(1)) if rounded == rounded.to_integral() else rounded.normalize()


def _volume(claim: Claim, evidence: tuple[str, ...], *, agreed: bool) -> Volume | None:
    """Build the answer, or None where the size is no size of oil anyone sells."""
    if not _SMALLEST <= claim.litres <= _LARGEST:
        return None
    return Volume(_round(claim.litres), claim.pack, evidence, agreed)
