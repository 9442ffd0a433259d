"""Every price that a page shows, what it is and where it stands: what a person chooses from in a doubt."""

from collections.abc import Iterator

from scraping.amazon import phrases
from scraping.amazon.document import Document
from scraping.amazon.evidence import OtherPrices, Sighting
from scraping.amazon.first_reader import DEAL_IDS, read_amounts
from scraping.amazon.money import Habit, clean
from scraping.amazon.price_parts import Owner, Part
from scraping.offer import Candidate, Coupon, PriceKind

_KIND_OF_OWNER = {
    Owner.NEW: PriceKind.REGULAR,
    Owner.PLAIN: PriceKind.REGULAR,
    Owner.PRIME: PriceKind.PRIME,
    Owner.SUBSCRIBE: PriceKind.SUBSCRIPTION,
    Owner.USED: PriceKind.USED,
    Owner.RENEWED: PriceKind.RENEWED,
}
_KIND_OF_NAME = {
    "list": PriceKind.LIST,
    "struck": PriceKind.LIST,
    "ordinary": PriceKind.REGULAR,
    "prime": PriceKind.PRIME,
    "subscribe": PriceKind.SUBSCRIPTION,
    "renewed": PriceKind.RENEWED,
    "used": PriceKind.USED,
    "card": PriceKind.REGULAR,
}
_DEAL_BADGES = ("dealBadge_feature_div", "dealBadgeSupportingText", "dealBadge")
_LONGEST_TEXT = 120
_MOST = 40


def read_candidates(
    document: Document,
    parts: tuple[Part, ...],
    hidden: tuple[Sighting, ...],
    *,
    price: Sighting | None,
    others: OtherPrices,
    coupon: Coupon | None,
) -> tuple[Candidate, ...]:
    """List them in page order, the visible ones first; the same amount at the same place once."""
    habit = Habit(document.decimal, document.currency)
    price_kind = (
        PriceKind.INSTANT_PAYMENT if others.paid_at_once else PriceKind.DEAL if is_deal(document) else PriceKind.REGULAR
    )

    def kind_of(part: Part, seen: Sighting) -> PriceKind:
        """Return what an amount is: by its row, else by what the same amount is elsewhere on the page."""
        kind, name = _KIND_OF_OWNER[part.owner], others.name_of(seen.amount)
        if kind is not PriceKind.REGULAR:
            return kind
        if price is not None and seen.amount == price.amount:
            return PriceKind.DEAL if any(name in seen.rule for name in DEAL_IDS) else price_kind
        return _KIND_OF_NAME[name] if name else kind

    shown = [
        Candidate(amount.amount, amount.currency, kind_of(part, amount), amount.rule, text)
        for part in parts
        if part.owner in _KIND_OF_OWNER
        for amount, text in _amounts(part, habit)
    ]
    unseen = [_hidden(sighting, others) for sighting in hidden]
    placed = {(one.amount, one.kind) for one in (*shown, *unseen)}
    beside = [one for one in _beside(price, others, coupon) if (one.amount, one.kind) not in placed]
    candidates = [*shown, *unseen, *beside]
    return tuple({(one.amount, one.kind, one.where): one for one in reversed(candidates)}.values())[::-1][:_MOST]


def is_deal(document: Document) -> bool:
    """Tell whether a badge calls the price a deal."""
    return bool(phrases.DEAL.search(document.text(*_DEAL_BADGES)))


def _amounts(part: Part, habit: Habit) -> Iterator[tuple[Sighting, str]]:
    """Yield the amounts of a container with the words around each."""
    text = clean(part.tag.get_text(" "))[:_LONGEST_TEXT]
    for sighting in read_amounts(part, habit):
        yield sighting, text


def _hidden(sighting: Sighting, others: OtherPrices) -> Candidate:
    """What the page's data say; an amount known to be another price is of that kind."""
    name = others.name_of(sighting.amount)
    kind = _KIND_OF_NAME[name] if name else PriceKind.REGULAR
    return Candidate(sighting.amount, sighting.currency, kind, sighting.rule)


def _beside(price: Sighting | None, others: OtherPrices, coupon: Coupon | None) -> Iterator[Candidate]:
    """Yield what is read elsewhere on the page: list price, used offers, price per unit, price after the coupon."""
    code = price.currency if price else None
    for name, amount in others.amounts.items():
        yield Candidate(amount, code, _KIND_OF_NAME[name], name)
    if (unit_price := others.unit_price) is not None:
        text = f"/ {unit_price.per} {unit_price.unit}"
        yield Candidate(unit_price.amount, unit_price.currency, PriceKind.UNIT, "price_per_unit", text)
    if price is not None and coupon is not None and (after := coupon.applied_to(price.amount)) is not None:
        yield Candidate(after, code, PriceKind.COUPON, "coupon", coupon.text)
