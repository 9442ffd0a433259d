"""The second reader: the price in what nobody sees, found in the page's bytes, never through the parser."""

import html
import re

from scraping.amazon.buying_options import BuyingOption, plain_amount
from scraping.amazon.evidence import Sighting, Trust
from scraping.amazon.money import Habit, currency_of, find_money
from scraping.amazon.rawtags import tags_with, text_after

_METRICS = b'id="cerberus-data-metrics"'
_AMOUNT_NAME = b'name="items[0.base][customerVisiblePrice][amount]"'
_CODE_NAME = b'name="items[0.base][customerVisiblePrice][currencyCode]"'
_INPUTS = ("twister-plus-price-data-price", "attach-base-product-price")
_UNITS = ("twister-plus-price-data-price-unit", "attach-base-product-currency-symbol")
# "asin":"B07FYZ9WF9","isPreorder":0,"price":39.99 - bought together: the lowest offer where none is featured.
_TOGETHER = re.compile(rb"([A-Z0-9]{10})\",\"isPreorder\":\d,\"price\":([\d.]{1,12})[,}]")
# data-p13n-asin-metadata="{...,&quot;price&quot;:39.99,&quot;asin&quot;:&quot;B07FYZ9WF9&quot;}"
_BESIDE = re.compile(rb"&quot;price&quot;:([\d.]{1,12}),&quot;asin&quot;:&quot;([A-Z0-9]{10})")
_LOOK_AHEAD = 8000
_WITHOUT_CENTS = frozenset({"JPY"})


def read_hidden_prices(
    data: bytes, *, asin: str | None, options: tuple[BuyingOption, ...], habit: Habit
) -> tuple[Sighting, ...]:
    """Collect every hidden sighting of the new offer's price, the surest first."""
    new = [
        Sighting(option.amount, option.currency, "buying_options")
        for option in options
        if option.kind == "NEW" and option.amount is not None
    ]
    return (
        *new[:1],
        *_form_amount(data),
        *_metrics(data, asin),
        *_inputs(data, habit),
        *_numbers(data, asin),
        *_texts(data, habit),
    )


def _form_amount(data: bytes) -> list[Sighting]:
    """Return what the form says the customer saw: <input name="items[0.base]..[amount]" value="15.99">."""
    value = next((tag.get("value") for tag, _ in tags_with(data, _AMOUNT_NAME)), None)
    amount = plain_amount(value)
    if amount is None:
        return []
    code = next((tag.get("value") for tag, _ in tags_with(data, _CODE_NAME)), None)
    return [Sighting(amount, code or None, "customer_visible_price")]


def _metrics(data: bytes, asin: str | None) -> list[Sighting]:
    """Return the price of the metrics element, if it speaks of this product.

    <div id="cerberus-data-metrics" style="display: none;" data-asin="B07FYZ9WF9" data-asin-price="39.99"
    data-asin-shipping="0" data-asin-currency-code="EUR" ...>
    """
    for tag, _ in tags_with(data, _METRICS):
        amount = plain_amount(tag.get("data-asin-price"))
        if amount is not None and asin in {None, tag.get("data-asin")}:
            return [Sighting(amount, tag.get("data-asin-currency-code") or None, "metrics")]
    return []


def _inputs(data: bytes, habit: Habit) -> list[Sighting]:
    """Return the prices scripts add extras to: <input id="twister-plus-price-data-price" value="63.42">.

    amazon.de wrote value="800" for 8,00 €: a value without a decimal point can confirm a price but not make one,
    save in yen, which have no cents.
    """
    prices = []
    for name, unit in zip(_INPUTS, _UNITS, strict=True):
        value = next((tag.get("value") for tag, _ in tags_with(data, f'id="{name}"'.encode())), None)
        if (amount := plain_amount(value)) is not None:
            sign = next((tag.get("value") for tag, _ in tags_with(data, f'id="{unit}"'.encode())), None)
            code = currency_of(html.unescape(sign), habit) if sign else None
            whole = code in _WITHOUT_CENTS or (code is None and habit.currency in _WITHOUT_CENTS)
            trust = Trust.OWN if whole or "." in str(value) else Trust.HINT
            prices.append(Sighting(amount, code, name.replace("-", "_"), trust))
    return prices


def _numbers(data: bytes, asin: str | None) -> list[Sighting]:
    """Return plain numbers that may confirm a price but also stand where no offer is featured."""
    regions: list[tuple[str, str]] = []
    if asin is not None:
        regions += _near(data, f'"asin":"{asin}","isPreorder"'.encode(), _TOGETHER, 1, "bought_together", asin)
        regions += _near(data, f"&quot;asin&quot;:&quot;{asin}&quot;".encode(), _BESIDE, 0, "recommended_beside", asin)
    # <span class="guild_priceblock_value a-hidden"> 16.58 </span>
    regions += [
        (text_after(data, end, 120), "guild_value") for _, end in tags_with(data, b"guild_priceblock_value a-hidden")
    ]
    return [
        Sighting(amount, None, rule, Trust.HINT) for text, rule in regions if (amount := plain_amount(text)) is not None
    ]


def _near(
    data: bytes, anchor: bytes, pattern: re.Pattern[bytes], group: int, rule: str, asin: str
) -> list[tuple[str, str]]:
    """Return the number beside an anchor, if it is the number of this product."""
    at = data.find(anchor)
    match = pattern.search(data, max(0, at - 60), at + 120) if at >= 0 else None
    if match is None or match.group(2 - group).decode() != asin:
        return []
    return [(match.group(group + 1).decode(), rule)]


def _texts(data: bytes, habit: Habit) -> list[Sighting]:
    """Return the words of the buy box and those spoken to the blind: "63,42 € con un ahorro del 21 %"."""
    texts: list[tuple[str, str]] = []
    for _, end in tags_with(data, b'id="price_inside_buybox"', b'id="newBuyBoxPrice"'):
        texts.append((text_after(data, end, 80), "buy_box_text"))
    centre = data.find(b'id="corePriceDisplay_')
    if centre >= 0:
        window = data[centre : centre + _LOOK_AHEAD]
        read_aloud = (
            text_after(window, end, 200) for _, end in tags_with(window, b"aok-offscreen", b"accessibility-label")
        )
        texts += [(text, "spoken") for text in read_aloud if "&amp;" not in text]
    return [
        Sighting(one.money.amount, one.money.currency, rule, Trust.HINT)
        for text, rule in texts
        for one in find_money(html.unescape(text), habit)[:1]
    ]
