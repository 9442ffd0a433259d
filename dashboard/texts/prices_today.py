"""Every price of the offer last seen, in the reader's words, and which of them is the price."""

from dataclasses import dataclass
from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import gettext

from dashboard.selectors.product import ProductFacts
from dashboard.texts.price_kinds import CONDITIONS, PRICE_KINDS
from scraping.offer import PriceKind
from scraping.price_kinds import COLUMN_OF


@dataclass(frozen=True, slots=True)
class PriceLine:
    """One price of the pack; `chosen` is the one that chart, figures and forecasts go by."""

    name: str
    amount: Decimal
    note: str = ""
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class PricesToday:
    """The prices and other terms of the offer; shipping of 0 is free, `coupon` has words that name no amount."""

    lines: list[PriceLine]
    shipping: Decimal | None
    seller: str
    condition: str
    coupon: str

    @property
    def several(self) -> bool:
        """Whether there is more than one price to choose from."""
        return len(self.lines) > 1

    def __bool__(self) -> bool:
        plain = not self.several and all(line.chosen for line in self.lines)
        return bool(self.lines) and not (plain and self.shipping is None and not self.seller)


def prices_today(facts: ProductFacts) -> PricesToday:
    """Collect them; empty where the price is all that is known."""
    chosen = PriceKind.REGULAR if facts.regular_price is None else PriceKind(facts.price_basis)
    regular = facts.price if facts.regular_price is None else facts.regular_price
    lines = []
    if regular is not None:
        lines.append(PriceLine(gettext("Price for anyone"), regular, chosen=chosen is PriceKind.REGULAR))
    for kind, column in COLUMN_OF.items():
        amount = getattr(facts, column)
        if amount is not None:
            note = facts.coupon or "" if kind is PriceKind.COUPON else ""
            lines.append(PriceLine(capfirst(str(PRICE_KINDS[kind.value])), amount, note, chosen=kind is chosen))
    without_price = facts.coupon or "" if facts.coupon_price is None else ""
    condition = str(CONDITIONS.get(facts.condition or "", ""))
    return PricesToday(lines, facts.shipping, facts.seller or "", condition, without_price)
