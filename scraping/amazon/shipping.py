"""What sending costs, where the page says so for anyone who buys this one product."""

import re
from collections.abc import Iterator
from decimal import Decimal

from lxml import etree

from scraping.amazon.document import Document, text_of
from scraping.amazon.money import Habit, find_money
from scraping.amazon.paths import finder
from scraping.amazon.price_parts import Owner, owner_of

# <span data-csa-c-content-id="DEXUnifiedCXPDM" data-csa-c-delivery-price="GRATIS" data-csa-c-delivery-condition="">
_MESSAGES = finder("//*[@data-csa-c-delivery-price]")
_OLD = ("ourprice_shippingmessage", "dealprice_shippingmessage", "price-shipping-message")
_FREE = re.compile(
    r"^(?:free|gratis|gratuit[ae]?|kostenlose?|kostenfrei|grátis|fri|darmowa|無料|مجاني\w*|ücretsiz)$", re.IGNORECASE
)
# "+ EUR 2,99 Versandkosten", "+ 3,99 € de gastos de envío"
_OLD_COST = re.compile(r"^\+|versand|envío|env[ií]o|spedizione|livraison|shipping|delivery|verzend", re.IGNORECASE)


def read_shipping(document: Document, habit: Habit) -> tuple[Decimal | None, str | None]:
    """Return what sending costs (0 is free), and why what stands there is not believed, if so."""
    for element in _new_offers(document):
        if condition := (element.get("data-csa-c-delivery-condition") or "").strip():
            return None, f"sending is free or cheaper only {condition}"[:160]
        return _cost((element.get("data-csa-c-delivery-price") or "").strip(), habit), None
    for name in _OLD:
        if (text := document.text(name)) and _OLD_COST.search(text):
            amounts = find_money(text, habit)
            return (amounts[0].money.amount if text.startswith("+") and len(amounts) == 1 else None), None
    return None, None


def _new_offers(document: Document) -> Iterator[etree._Element]:
    """Yield the delivery messages of the new offer, those of a benefit programme for Prime members left out."""
    if document.root is None or b"data-csa-c-delivery-price" not in document.data:
        return
    for element in _MESSAGES(document.root):
        program = element.get("data-csa-c-delivery-benefit-program-id") or ""
        if (
            not program.startswith("prime")
            and owner_of(element) not in {Owner.USED, Owner.PRIME, Owner.NONE, Owner.SUBSCRIBE}
            and text_of(element, 200)
        ):
            yield element


def _cost(text: str, habit: Habit) -> Decimal | None:
    """Read "GRATIS" and "3,99 €"."""
    if _FREE.match(text):
        return Decimal(0)
    amounts = find_money(text, habit)
    return amounts[0].money.amount if len(amounts) == 1 else None
