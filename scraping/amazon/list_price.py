"""The list price: the struck-out amount in the offer's own box, never another size's and never a price per unit."""

import html
from collections.abc import Iterable, Iterator
from decimal import Decimal

from bs4 import Tag

from scraping.amazon.money import Habit, clean, find_money
from scraping.amazon.price_parts import Owner, Part
from scraping.volume import UnitPrice

_STRUCK = (
    ".basisPrice",
    ".a-text-price",
    "#listPriceLegalMessage",
    ".priceBlockStrikePriceString",
    ".a-text-strike",
    "#listPrice",
)
_STRUCK_CLASSES = frozenset({"basisPrice", "priceBlockStrikePriceString", "a-text-strike"})
_STRUCK_IDS = frozenset({"listPriceLegalMessage", "listPrice"})
_UNIT_CLASSES = frozenset({"pricePerUnit", "pricePerUnit-value", "apex-priceperunit-value"})
_MOST = 20  # times the price: no shop takes 95 % off


def read_list_price(
    parts: Iterable[Part],
    *,
    owners: tuple[Owner, ...],
    price: Decimal | None,
    unit_price: UnitPrice | None,
    habit: Habit,
) -> tuple[Decimal | None, str | None]:
    """Return the list price of the offer with these owners, and why what stands there is not believed, if so.

    Without a price there is no reduction, so no list price either.
    """
    if price is None:
        return None, None
    shown = [amount for part in parts if part.owner in owners for amount in _struck_amounts(part, habit)]
    above = list(dict.fromkeys(amount for amount in shown if amount > price))
    if not above:
        return None, None
    if len(above) > 1:
        return None, f"several struck-out prices: {', '.join(map(str, above))}"
    if unit_price is not None and above[0] == unit_price.amount:
        return None, f"{above[0]} is the price per unit"
    if above[0] > _MOST * price:
        return None, f"{above[0]} is more than {_MOST} times the price"
    return above[0], None


def first_struck(parts: Iterable[Part], owners: tuple[Owner, ...], habit: Habit) -> Decimal | None:
    """Return the first struck-out amount: where no price is seen, the page's data may still hold the former one."""
    return next((amount for part in parts if part.owner in owners for amount in _struck_amounts(part, habit)), None)


def _struck_amounts(part: Part, habit: Habit) -> Iterator[Decimal]:
    """Yield what is struck out in a container; the list price of the printed book is another edition's."""
    if part.name == "print-list-price":
        return
    for tag in part.find(*_STRUCK):
        if not _is_struck(tag):
            continue
        text = clean(html.unescape(tag.get_text(" ")))
        for one in find_money(text, habit)[:1]:
            yield one.money.amount


def _is_struck(tag: Tag) -> bool:
    """Tell a struck-out price: `.a-text-price` alone is small print too, such as the price per kilo."""
    if tag.get("id") in _STRUCK_IDS:
        return True
    struck = False
    for around in (tag, *tag.parents):
        classes = set(around.get("class") or ())
        if classes & _UNIT_CLASSES:
            return False
        struck = struck or around.get("data-a-strike") == "true" or bool(classes & _STRUCK_CLASSES)
        if around.has_attr("data-part"):
            break
    return struck
