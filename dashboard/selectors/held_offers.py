"""Prices held for a person: which wait, what each page showed, and the rules that people made."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db.models import Count, Q, QuerySet

from scraping.amazon.excerpts import Piece, excerpts, marked
from scraping.models import Decision, PriceRule, QuarantinedOffer, Shop, VisitStatus, when_seen
from scraping.offer import Agreement, PriceKind
from scraping.services.snapshots import page_of

DECIDED_SHOWN = 10


class Doubt(StrEnum):
    """Why an offer is held."""

    DISAGREEMENT = "disagreement"
    OTHER_PRODUCT = "other_product"
    UNKNOWN_PLACE = "unknown_place"
    IMPLAUSIBLE = "implausible"


@dataclass(frozen=True, slots=True)
class PricePlace:
    """One place where a page shows an amount, and the words there with the amount marked."""

    kind: str
    where: str
    words: list[Piece]


@dataclass(frozen=True, slots=True)
class PriceChoice:
    """One amount of a page with every place it stands; `choice` is the candidate that is taken for it."""

    choice: int
    amount: Decimal
    currency: str
    kind: str
    per_litre: Decimal | None
    places: tuple[PricePlace, ...]
    disputed: bool
    pickable: bool


def waiting_offers() -> QuerySet[QuarantinedOffer]:
    """Those that wait, the newest first."""
    waiting = QuarantinedOffer.objects.filter(decision=Decision.WAITING)
    return waiting.select_related("visit__product__shop").order_by(when_seen("visit__").desc(), "-id")


def decided_offers() -> list[QuarantinedOffer]:
    """The newest decisions of people."""
    decided = QuarantinedOffer.objects.filter(decision__in=[Decision.ACCEPTED, Decision.REFUSED])
    return list(decided.select_related("visit__product__shop", "decided_by").order_by("-decided_at")[:DECIDED_SHOWN])


def doubt_of(held: QuarantinedOffer) -> Doubt:
    """Why it is held."""
    if (held.visit.offer or {}).get("agreement") == Agreement.DISAGREE and not held.state:
        return Doubt.DISAGREEMENT
    if held.new_identity:
        return Doubt.OTHER_PRODUCT
    return Doubt.UNKNOWN_PLACE if held.visit.status == VisitStatus.UNKNOWN_LOCATION else Doubt.IMPLAUSIBLE


def rivals_of(held: QuarantinedOffer) -> list[Decimal]:
    """The amounts on which the two readers do not agree."""
    return [Decimal(amount) for amount in (held.visit.offer or {}).get("rivals", ())]


def number_of_prices(held: QuarantinedOffer) -> int:
    """How many different amounts its page shows."""
    return len({Decimal(one["amount"]) for one in held.candidates})


def price_choices(held: QuarantinedOffer) -> list[PriceChoice]:
    """The amounts of the page: the disputed ones first, prices per unit last, else in page order."""
    product, rivals = held.visit.product, set(rivals_of(held))
    groups: dict[tuple[Decimal, str], list[tuple[int, dict[str, str]]]] = {}
    for number, one in enumerate(held.candidates):
        amount, currency = Decimal(one["amount"]), one.get("currency") or product.shop.currency
        groups.setdefault((amount, currency), []).append((number, one))
    choices = [
        _choice(amount, currency, members, litres=product.litres, disputed=amount in rivals)
        for (amount, currency), members in groups.items()
    ]
    return sorted(choices, key=lambda one: (not one.disputed, one.kind == PriceKind.UNIT))


def _choice(
    amount: Decimal,
    currency: str,
    members: Sequence[tuple[int, dict[str, str]]],
    *,
    litres: Decimal | None,
    disputed: bool,
) -> PriceChoice:
    number, first = next((member for member in members if member[1]["kind"] != PriceKind.UNIT), members[0])
    by_unit = first["kind"] == PriceKind.UNIT
    places = (PricePlace(one["kind"], one["where"], marked(one["text"], amount)) for _, one in members)
    return PriceChoice(
        choice=number,
        amount=amount,
        currency=currency,
        kind=first["kind"],
        per_litre=amount / litres if litres and not by_unit else None,
        places=tuple(places),
        disputed=disputed,
        pickable=not by_unit,
    )


def page_excerpts(held: QuarantinedOffer) -> list[tuple[PriceChoice, list[list[Piece]]]]:
    """Each amount with the words around it on the stored page; nothing where the page is no longer stored."""
    if held.visit.snapshot is None:
        return []
    page = page_of(held.visit.snapshot)
    return [(choice, excerpts(page, choice.amount)) for choice in price_choices(held)]


def rules_with_counts() -> list[Any]:
    """The rules that hold, and replaced ones whose prices stand; each with how many prices it settled."""
    by_itself = ~Q(visits__quarantined_offer__decision__in=[Decision.ACCEPTED, Decision.REFUSED])
    prices = Count("visits", filter=Q(visits__status=VisitStatus.OK) & by_itself, distinct=True)
    rules = PriceRule.objects.select_related("product__shop", "shop", "created_by").annotate(prices=prices)
    return list(rules.filter(Q(revoked_at__isnull=True) | Q(prices__gt=0)))


def shops_without_place() -> list[Shop]:
    """The shops whose pages may leave out the place."""
    return list(Shop.objects.filter(accepts_unknown_place=True))
