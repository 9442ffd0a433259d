"""Amounts beside the price: unit price and used offers."""

import html
import re
from decimal import Decimal

from scraping.amazon.currency_signs import ISO_CODES
from scraping.amazon.document import Document
from scraping.amazon.money import Habit, clean, find_money
from scraping.amazon.price_parts import Owner, Part
from scraping.amazon.rawtags import tags_with
from scraping.volume import UnitPrice

_PER_UNIT = (".pricePerUnit", "#priceblock_pricePerUnit", ".pricePerUnit-value", "#pricePerUnit")
# Samples: "31,71 € / 2", "9,99 €/l", "$0.50 / Fl Oz", "(3,20 € / 100 ml)"
_UNIT = re.compile(r"^\s*(?:/|por|per|je|pro|par|al)\s?(\d+(?:[.,]\d+)?)?\s?([^\d\W][\w. ]{0,20})?")
_UNITS = {
    "l": (
        "l",
        "lt",
        "litro",
        "litros",
        "litre",
        "litres",
        "liter",
        "litri",
        "liters",
        "litr",
        "ltr",
        "リットル",
    ),
    "ml": (
        "ml",
        "millilitre",
        "millilitres",
        "mililitro",
        "mililitros",
        "millilitro",
        "millilitri",
        "milliliter",
        "milliliters",
    ),
    "cl": ("cl",),
    "dl": ("dl",),
    "fl oz": ("fl oz", "fl. oz", "fluid ounce", "fluid ounces", "fl.oz", "fl oz."),
    "kg": ("kg", "kilo", "kilogramo", "kilogramm", "kilogram", "kilogramme", "chilogrammo"),
    "g": ("g", "gr", "gramo", "gramos", "gram", "grams", "gramm", "gramme", "grammo", "グラム"),
    "oz": ("oz", "ounce", "ounces"),
    "count": (
        "count",
        "unidad",
        "unidades",
        "unità",
        "unité",
        "unités",
        "stück",
        "stuks",
        "item",
        "each",
        "ud",
        "pezzo",
        "個",
    ),
}
_UNIT_NAMES = {spelling: unit for unit, spellings in _UNITS.items() for spelling in spellings}


def read_unit_price(parts: tuple[Part, ...], habit: Habit) -> UnitPrice | None:
    """Return what a unit costs; its spoken text is escaped twice ("31,71&amp;nbsp;&amp;euro; por 2")."""
    for part in parts:
        if part.owner not in {Owner.NEW, Owner.PLAIN}:
            continue
        for tag in part.find(*_PER_UNIT):
            if price := unit_price_in(tag.get_text(" "), habit):
                return price
        text = clean(part.tag.get_text(" "))
        for group in re.findall(r"\(([^()]{3,60})\)", text):
            if price := unit_price_in(group, habit):
                return price
    return None


def unit_price_in(text: str, habit: Habit) -> UnitPrice | None:
    """Read "9,99 € / l" or "31,71 € / 2"; None without an amount and a unit."""
    plain = clean(html.unescape(html.unescape(text)))
    for one in find_money(plain, habit):
        match = _UNIT.match(plain[one.end :])
        if match is None or not (match.group(1) or match.group(2)):
            continue
        per = Decimal((match.group(1) or "1").replace(",", "."))
        name = (match.group(2) or "count").strip(" .").casefold()
        unit = _UNIT_NAMES.get(name) or _UNIT_NAMES.get(name.split(" ")[0]) or name
        if per > 0:
            return UnitPrice(one.money.amount, one.money.currency, per, unit)
    return None


def read_used_price(document: Document, habit: Habit) -> Decimal | None:
    """Return the lowest used price of the line on other offers ("De 2ª mano: 236 desde 151,88 €")."""
    for name in (
        "olp_feature_div",
        "olp-upd-new-used",
        "olp-upd-new",
        "dynamic-aod-ingress-box",
        "usedBuySection",
    ):
        text = document.text(name)
        used = re.search(
            r"(?:2ª mano|segunda mano|used|usat[oi]|gebraucht|occasion|tweedehands|begagnad|中古|usado)",
            text,
            re.IGNORECASE,
        )
        if used is None:
            continue
        for one in find_money(text[used.start() :], habit)[:1]:
            return one.money.amount
    return None


def read_page_currency(document: Document, habit: Habit) -> str | None:
    """Return the currency a page without a price would have: its shop's, else the one it names."""
    if habit.currency is not None:
        return habit.currency
    # <input type="hidden" name="currencyOfPreference" value="EUR" .../> and "currencyCode":"EUR" in scripts
    for tag, _ in tags_with(document.data, b"currencyOfPreference"):
        if tag.get("value") in ISO_CODES:
            return tag["value"]
    at = document.data.find(b'"currencyCode":"')
    code = document.data[at + 16 : at + 19].decode("ascii", errors="replace") if at >= 0 else ""
    return code if code in ISO_CODES else None
