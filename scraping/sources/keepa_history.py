"""A Keepa product object into steps. Pure.

{"asin": "B0...", "domainId": 9, "title": "...", "lastUpdate": 7588958, "csv": [[411180, 4900, ...], null, ...]}
`csv[kind]` alternates Keepa minutes and minor units (cents; whole yen in Japan), -1 for "no offer"; kinds with shipping
have triples. From `structs/Product.java` of github.com/keepacom/api_backend.
"""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import IntEnum
from typing import Any

from scraping.amazon.address import is_asin
from scraping.amazon.marketplaces import MARKETPLACES, Marketplace
from scraping.offer import OfferState
from scraping.sources.base import ListingHistory, Step
from scraping.spells import Terms

# Keepa's epoch is 2011-01-01: (t + 21564000) * 60 are seconds since 1970.
EPOCH_MINUTES, MINUTE = 21_564_000, 60
DOMAINS = {
    1: "com",
    2: "co.uk",
    3: "de",
    4: "fr",
    5: "co.jp",
    6: "ca",
    8: "it",
    9: "es",
    10: "in",
    11: "com.mx",
    12: "com.br",
}
PRICE_STEP = Decimal("0.0001")


class Kind(IntEnum):
    """The price types that are used here, by their place in `csv`."""

    AMAZON = 0
    NEW = 1  # the lowest new offer, Amazon's included, without shipping
    USED = 2
    LIST = 4
    BUY_BOX = 18  # with shipping: triples; refreshed seldom, so it decides only where Amazon itself does not sell


Series = Mapping[Kind, Sequence[tuple[int, Decimal | None]]]


class NotKeepa(ValueError):
    """The object is no Keepa product; the text says why."""


def domain_of(marketplace: Marketplace) -> int | None:
    """Keepa's number of a marketplace; None where Keepa does not go."""
    return next((number for number, code in DOMAINS.items() if code == marketplace.code), None)


def seconds_of(keepa_minutes: int) -> int:
    """Keepa minutes as seconds since 1970."""
    return (keepa_minutes + EPOCH_MINUTES) * MINUTE


def read_product(product: Mapping[str, Any]) -> ListingHistory:
    """The history of one product object; NotKeepa says what is missing from it."""
    asin, code = product.get("asin"), DOMAINS.get(product.get("domainId") or 0)
    if not isinstance(asin, str) or not is_asin(asin):
        raise NotKeepa(f"asin {asin!r} is no ASIN")
    if code is None:
        raise NotKeepa(f"{asin}: domainId {product.get('domainId')!r} is no marketplace of Keepa's")
    minor = Decimal(1) if code == "co.jp" else Decimal("0.01")
    series = {kind: _points(product.get("csv"), kind, minor, asin) for kind in Kind}
    steps = steps_of(series)
    latest = int(product.get("lastUpdate") or 0)
    return ListingHistory(
        asin=asin,
        marketplace=MARKETPLACES[code],
        title=str(product.get("title") or ""),
        brand=str(product.get("brand") or ""),
        steps=steps,
        until=max(seconds_of(latest) if latest > 0 else 0, steps[-1].second if steps else 0),
    )


def steps_of(series: Series) -> tuple[Step, ...]:
    """One line of terms from the price types: at each change of any, what a shopper was offered."""
    moments = sorted({second for kind in Kind if kind is not Kind.LIST for second, _ in series[kind]})
    moments = sorted({*moments, *(at for at, _ in series[Kind.LIST] if moments and at >= moments[0])})
    steps: list[Step] = []
    for moment in moments:
        terms = _terms({kind: _at(series[kind], moment) for kind in Kind}, has_buy_box=bool(series[Kind.BUY_BOX]))
        if not steps or steps[-1].terms != terms:
            steps.append(Step(moment, terms))
    return tuple(steps)


def _points(csv: Any, kind: Kind, minor: Decimal, asin: str) -> list[tuple[int, Decimal | None]]:
    raw = csv[kind] if isinstance(csv, list) and len(csv) > kind else None
    if not raw:
        return []
    width = 3 if kind is Kind.BUY_BOX else 2
    if len(raw) % width or not all(isinstance(value, int) for value in raw):
        raise NotKeepa(f"{asin}: csv[{kind.value}] is not a list of {'triples' if width == 3 else 'pairs'} of integers")
    points = {seconds_of(raw[at]): _price(raw[at + 1], minor) for at in range(0, len(raw), width)}
    return sorted(points.items())


def _price(value: int, minor: Decimal) -> Decimal | None:
    return (value * minor).quantize(PRICE_STEP) if value > 0 else None


def _at(points: Sequence[tuple[int, Decimal | None]], moment: int) -> Decimal | None:
    """The value of a step function at a moment; None before its first point and where there was no offer."""
    at = bisect_right(points, moment, key=lambda point: point[0])
    return points[at - 1][1] if at else None


def _terms(price: Mapping[Kind, Decimal | None], *, has_buy_box: bool) -> Terms:
    """Amazon's own offer first, then the buy box's, then the lowest new one: the order of Amazon's page."""
    amazon, box, new = price[Kind.AMAZON], price[Kind.BUY_BOX], price[Kind.NEW]
    shown, seller = (amazon, "shop") if amazon is not None else (box if has_buy_box else new, "third_party")
    if shown is None:
        state = OfferState.UNAVAILABLE
        if new is not None:
            state = OfferState.NO_FEATURED_OFFER
        elif price[Kind.USED] is not None:
            state = OfferState.USED_ONLY
        return Terms(state.value)
    listed = price[Kind.LIST]
    above = listed if listed and listed > shown else None
    return Terms(OfferState.IN_STOCK.value, shown, above, seller_kind=seller)
