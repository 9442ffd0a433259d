"""The prices of a page that are not what anyone pays for a new unit: each read where it belongs."""

import re
from collections.abc import Iterable
from decimal import Decimal

from scraping.amazon import phrases
from scraping.amazon.buying_options import BuyingOption
from scraping.amazon.document import Document
from scraping.amazon.evidence import OtherPrices
from scraping.amazon.extras import read_unit_price
from scraping.amazon.first_reader import DEAL_RULES, Seen, read_part_price, read_visible_price
from scraping.amazon.list_price import first_struck, read_list_price
from scraping.amazon.money import Habit, find_money
from scraping.amazon.price_parts import Owner, Part

NEW = (Owner.NEW, Owner.PLAIN)
# "ou R$ 319,00 em até 12x de R$ 26,62 sem juros"
_BY_CARD = ("best-offer-string-cc", "installmentCalculator_feature_div")
_OTHERWISE = re.compile(r"^\s*(?:ou|o|or)\b", re.IGNORECASE)


def read_other_prices(
    document: Document,
    parts: tuple[Part, ...],
    *,
    seen: Seen,
    owners: tuple[Owner, ...],
    options: tuple[BuyingOption, ...],
    habit: Habit,
) -> OtherPrices:
    """Collect them; `seen` is the price of the offer with these owners."""
    unit_price = read_unit_price(parts, habit)
    visible = seen.price.amount if seen.price else None
    listed, doubt = read_list_price(parts, owners=owners, price=visible, unit_price=unit_price, habit=habit)
    amounts = {
        "list": listed,
        "struck": first_struck(parts, owners, habit) if visible is None else None,
        "ordinary": _before_the_deal(parts, seen, habit),
        "prime": _first(parts, Owner.PRIME, habit),
        "subscribe": _first(parts, Owner.SUBSCRIBE, habit),
        "renewed": None if Owner.RENEWED in owners else _first(parts, Owner.RENEWED, habit),
        "used": _used(parts, options, visible, habit),
        "card": _by_card(document, parts, visible, habit),
    }
    known = {name: amount for name, amount in amounts.items() if amount is not None}
    return OtherPrices(known, unit_price, is_paid_at_once(parts), {"list_price": doubt} if doubt else {})


def is_paid_at_once(parts: Iterable[Part]) -> bool:
    """Tell whether the price shown is for instant payment: "à vista no Pix"."""
    return any(part.owner in NEW and phrases.INSTANT_PAYMENT.search(part.tag.get_text(" ")) for part in parts)


def _first(parts: tuple[Part, ...], owner: Owner, habit: Habit) -> Decimal | None:
    price = read_part_price(parts, owner, habit)
    return price.amount if price else None


def _before_the_deal(parts: tuple[Part, ...], seen: Seen, habit: Habit) -> Decimal | None:
    if seen.price is None or seen.price.rule not in DEAL_RULES:
        return None
    ordinary = read_visible_price(parts, habit, skip=DEAL_RULES).price
    return ordinary.amount if ordinary and ordinary.amount != seen.price.amount else None


def _used(
    parts: tuple[Part, ...], options: tuple[BuyingOption, ...], visible: Decimal | None, habit: Habit
) -> Decimal | None:
    offered = [option.amount for option in options if option.kind == "USED" and option.amount is not None]
    shown = _first(parts, Owner.USED, habit)
    amounts = [*offered, *([shown] if shown is not None else [])]
    return min((amount for amount in amounts if amount != visible), default=None)


def _by_card(document: Document, parts: tuple[Part, ...], visible: Decimal | None, habit: Habit) -> Decimal | None:
    """What paying by card costs, where the price shown is for paying at once."""
    if visible is None or not is_paid_at_once(parts):
        return None
    text = document.text(*_BY_CARD)
    if not _OTHERWISE.match(text):
        return None
    return next((one.money.amount for one in find_money(text, habit) if one.money.amount > visible), None)
