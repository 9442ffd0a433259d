"""The first reader: the price a person sees, in the order of containers that proved right on real pages."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from bs4 import Tag

from scraping.amazon import phrases
from scraping.amazon.evidence import Sighting
from scraping.amazon.money import Habit, clean, currency_of, find_money, parse_number
from scraping.amazon.price_parts import Owner, Part

# The deal precedes the ordinary price: 64,59 beside 75,99.
# A rule is its name, the ids its containers start with (none: anywhere), and the elements inside.
_Rule = tuple[str, tuple[str, ...], tuple[str, ...]]
_MODERN: tuple[_Rule, ...] = (
    # 2021-22: <span class="a-price a-text-price a-size-medium apexPriceToPay">, struck-out ones beside it
    ("apex_price", ("corePrice_", "apex_"), (".apexPriceToPay",)),
    (
        "price_to_pay",
        ("corePriceDisplay_",),
        (".priceToPay", ".apexPriceToPay", ".reinventPricePriceToPayMargin"),
    ),
    ("core_price", ("corePrice_", "corePriceMobile", "apex_", "apexPrice_"), (".a-price",)),
    ("core_display", ("corePriceDisplay_",), (".a-price",)),
)
_OLD: tuple[_Rule, ...] = (
    ("deal_price", (), ("#priceblock_dealprice",)),
    ("sale_price", (), ("#priceblock_saleprice",)),
    ("our_price", (), ("#priceblock_ourprice",)),
    ("buy_box", (), ("#price_inside_buybox",)),
    ("new_buy_box", (), ("#newBuyBoxPrice",)),
    ("kindle", (), ("#kindle-price", ".kindle-price")),
    (
        "buy_new_section",
        ("buyNewSection", "buyNew_", "newOfferAccordionRow", "newBuyBox"),
        (".offer-price", ".header-price", ".a-color-price"),
    ),
    ("book_price", ("price", "newPrice", "mediaNoAccordion"), ("#price", "#newPrice", ".header-price")),
    ("pitch_price", ("newPitchPrice",), (".price-large",)),
    ("media_price", (), ("#actualPriceValue", "#buyingPriceValue")),
    ("total_price", ("tp_price_block_total_price_ww",), (".a-price",)),
)
_OF_OTHER_OFFERS = ("#sns-base-price", ".a-price", ".offer-price", ".header-price")
_LESSER_CLASSES = frozenset(
    """a-text-price basisPrice pricePerUnit a-text-strike priceBlockStrikePriceString savingsPercentage
    savingPriceOverride a-popover-preload promoPriceBlockMessage""".split()  # noqa: SIM905
)
_OTHER_OFFERS = ("sns", "usedbuy", "useda", "rent", "listprice", "digital-list", "print-list")
# The paperback's page shows the prices of Kindle and hardcover too.
_OTHER_FORMATS = frozenset({"tmmSwatches", "MediaMatrix"})
DEAL_RULES = frozenset({"deal_price", "sale_price"})
DEAL_IDS = ("priceblock_dealprice", "priceblock_saleprice", "dealsAccordionRow")
# "13,89 € - 19,89 €", "$10.00 to $20.00"; a single "From $12" promises no price of this variation either.
_FROM = re.compile(r"^(?:price:? ?)?(?:from|desde|a partir de|à partir de|dès|da|ab|vanaf|från|od)\b", re.IGNORECASE)
_TO = frozenset({"-", "–", "—", "~", "～", "to", "a", "à", "bis", "tot", "till", "do", "até"})
_WHOLE = re.compile(r"[^\d]")


@dataclass(frozen=True, slots=True)
class Seen:
    """What the first reader saw: a price, or that there are several (a range), or nothing."""

    price: Sighting | None = None
    is_range: bool = False


def read_visible_price(
    parts: tuple[Part, ...],
    habit: Habit,
    *,
    skip: frozenset[str] = frozenset(),
    owners: tuple[Owner, Owner] = (Owner.NEW, Owner.PLAIN),
) -> Seen:
    """Read the one price shown for the new offer (or another), without the rules to skip; a range is no price."""
    new, plain = ([part for part in parts if part.owner is owner] for owner in owners)
    # A row of its own for the new offer goes before the centre, which can show the subscription's price.
    for chosen, rules in ((new, _MODERN), (plain, _MODERN), ([*new, *plain], _OLD)):
        seen = _by_rules(chosen, [rule for rule in rules if rule[0] not in skip], habit)
        if seen.price is not None or seen.is_range:
            return seen
    return Seen()


def read_part_price(parts: Iterable[Part], owner: Owner, habit: Habit) -> Sighting | None:
    """Read the first price in the parts of one owner: the used offer's, the subscription's."""
    for part in parts:
        if part.owner is owner:
            for tag in part.find(".a-price", ".offer-price", ".header-price", ".a-color-price", "#sns-base-price"):
                if not _is_lesser(tag) and (seen := _price_of(tag, owner.value, habit)).price is not None:
                    return seen.price
    return None


def read_amounts(part: Part, habit: Habit) -> list[Sighting]:
    """Read every price of one container, struck-out ones and ranges left out; each named by its place on the page."""
    rules = [rule for rule in (*_MODERN, *_OLD) if not rule[1] or part.name.startswith(rule[1])]
    tokens = [token for _, _, inside in rules for token in inside]
    new = part.owner in {Owner.NEW, Owner.PLAIN}
    tokens += () if new else _OF_OTHER_OFFERS
    amounts: dict[tuple[int, Decimal], Sighting] = {}
    for token in dict.fromkeys(tokens):
        where = f"#{part.name}" if token == f"#{part.name}" else f"#{part.name} {token}"
        for tag in part.find(token):
            if _in_range(tag) or _is_lesser(tag) or (new and _is_other_offer(tag)):
                continue
            if (price := _price_of(tag, where, habit).price) is not None:
                amounts.setdefault((id(tag), price.amount), price)
    return list(amounts.values())


def _by_rules(parts: list[Part], rules: list[_Rule], habit: Habit) -> Seen:
    """Try the rules in order; the first that shows a price or a range decides."""
    for rule, ids, tokens in rules:
        for part in parts:
            if ids and not part.name.startswith(ids):
                continue
            if not ids and part.name in _OTHER_FORMATS:
                continue
            for tag in part.find(*tokens):
                if _in_range(tag) and not _is_struck(tag):
                    return Seen(is_range=True)
                if _is_lesser(tag) or _is_other_offer(tag):
                    continue
                seen = _price_of(tag, rule, habit)
                if seen.price is not None or seen.is_range:
                    return seen
    return Seen()


def _in_range(tag: Tag) -> bool:
    """Tell whether the amount is one end of a range: <span class="a-price-range">."""
    return tag.find_parent(class_="a-price-range") is not None or tag.find(class_="a-price-range") is not None


def _is_struck(tag: Tag) -> bool:
    """Whether the amount is struck out: a former price, or one of another shop."""
    return any(
        around.get("data-a-strike") == "true" or {"basisPrice", "a-text-strike"} & set(around.get("class") or ())
        for around in (tag, *tag.parents)
    )


def _is_lesser(tag: Tag) -> bool:
    """Tell a struck-out or per-unit amount, by its dress, from a price."""
    for around in (tag, *tag.parents):
        classes = set(around.get("class") or ())
        if classes & {"apexPriceToPay", "priceToPay"} and around.get("data-a-strike") != "true":
            classes.discard("a-text-price")
        if classes & _LESSER_CLASSES:
            return True
        if around.has_attr("data-part"):
            return False
    return False


def _is_other_offer(tag: Tag) -> bool:
    """Tell an amount of the subscription, of used or rented goods, or of another edition by the ids around it."""
    return any(str(around.get("id") or "").lower().startswith(_OTHER_OFFERS) for around in (tag, *tag.parents))


def _price_of(tag: Tag, rule: str, habit: Habit) -> Seen:
    """Read one element: its whole and fraction where it has them, else its text."""
    split = _split_price(tag, rule, habit)
    if split is not None:
        return Seen(split)
    read_aloud = tag.find(class_="a-offscreen")
    text = clean((read_aloud or tag).get_text(" ")) or clean(tag.get_text(" "))
    amounts = [one for one in find_money(text, habit) if not _per_unit(text[one.end :])]
    if not amounts or _FROM.match(text):
        return Seen(is_range=bool(amounts))
    first = amounts[0].money
    # "EUR 10,88 Bespaar EUR 8,48" has one price: what follows is saved, not paid.
    amounts = [
        amounts[0],
        *(one for before, one in pairwise(amounts) if not phrases.SAVINGS.search(text[before.end : one.start])),
    ]
    if any(one.money.amount != first.amount for one in amounts):
        between = clean(text[amounts[0].end : amounts[1].start])
        if between in _TO:
            return Seen(is_range=True)
        # "$8.99 + $36.67 Shipping" has one price; two amounts side by side have none that is sure.
        if not between.startswith("+"):
            return Seen()
    return Seen(_believable(first.amount, first.currency, rule))


def _split_price(tag: Tag, rule: str, habit: Habit) -> Sighting | None:
    """Read `.a-price-whole` and `.a-price-fraction`: `.a-offscreen` is blank on most modern pages."""
    whole = tag.find(class_=["a-price-whole", "price-large"])
    if whole is None:
        return None
    fraction = tag.find(class_="a-price-fraction") or whole.find_next_sibling(class_="price-info-superscript")
    sign = tag.find(class_=["a-price-symbol", "price-info-superscript"])
    digits = _WHOLE.sub("", whole.get_text())
    cents = _WHOLE.sub("", fraction.get_text()) if fraction is not None else ""
    code = currency_of(sign.get_text(), habit) if sign is not None else None
    if not digits or len(cents) > 2:
        return None
    amount = parse_number(f"{digits}.{cents}" if cents else digits, decimal=".")
    return None if amount is None else _believable(amount, code, rule)


def _believable(amount: Decimal, code: str | None, rule: str) -> Sighting | None:
    """Refuse zero and amounts with three decimals: no shop asks them."""
    exponent = amount.as_tuple().exponent
    if amount <= 0 or (isinstance(exponent, int) and exponent < -2):
        return None
    return Sighting(amount, code, rule)


def _per_unit(rest: str) -> bool:
    """Tell whether an amount is a price per unit: "9,99 € / l", "3,20 €/100 g", "2.50 per 100 ml"."""
    return bool(re.match(r"\s?(?:/|per\b|por\b|pro\b|par\b|je\b|al\b)\s?\d*\s?\w", rest))
