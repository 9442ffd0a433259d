"""The second reader: the price in what nobody sees, by patterns over the raw page, never through the parser."""

import html
import json
import re
from decimal import Decimal, InvalidOperation
from typing import Any

from scraping.amazon.evidence import Sighting, Trust
from scraping.amazon.money import Habit, currency_of, find_money

# <div class="a-section aok-hidden twister-plus-buying-options-price-data">{"desktop_buybox_group_1":[{
# "displayPrice":"63,42 €","priceAmount":63.42,"currencySymbol":"€","buyingOptionType":"NEW",...}, ...]}</div>
_OPTIONS = re.compile(r"twister-plus-buying-options-price-data[^>]{0,200}>\s*(\{[^<]{2,60000}\})\s*<")
# <input type="hidden" name="items[0.base][customerVisiblePrice][amount]" value="15.99" id="..."/>
_VISIBLE = re.compile(
    r"<input[^>]{0,200}?name=[\"']items\[0\.base\]\[customerVisiblePrice\]\[(amount|currencyCode)\][\"'][^>]{0,300}>"
)
# <div id="cerberus-data-metrics" style="display: none;" data-asin="B0..." data-asin-price="39.99"
# data-asin-shipping="0" data-asin-currency-code="EUR" ...>
_CERBERUS = re.compile(r"<div[^>]{0,80}id=[\"']cerberus-data-metrics[\"'][^>]{0,600}>")
# <input type="hidden" id="twister-plus-price-data-price" value="63.42" />, id="attach-base-product-price"
_INPUT = re.compile(
    r"<input[^>]{0,120}?id=[\"'](twister-plus-price-data-price|attach-base-product-price)[\"'][^>]{0,120}>"
)
_UNIT = re.compile(
    r"<input[^>]{0,120}?id=[\"'](?:twister-plus-price-data-price-unit|attach-base-product-currency-symbol)[\"'][^>]{0,120}>"
)
# "asin":"B07FYZ9WF9","isPreorder":0,"price":39.99 - bought together: the lowest offer where none is featured.
_TOGETHER = re.compile(r"\"asin\":\"([A-Z0-9]{10})\",\"isPreorder\":\d,\"price\":([\d.]{1,12})[,}]")
# data-p13n-asin-metadata="{&quot;ref&quot;:...,&quot;price&quot;:39.99,&quot;asin&quot;:&quot;B07FYZ9WF9&quot;}"
_BESIDE = re.compile(r"&quot;price&quot;:([\d.]{1,12}),&quot;asin&quot;:&quot;([A-Z0-9]{10})&quot;")
# <span class="guild_priceblock_value a-hidden"> 16.58 </span>
_GUILD = re.compile(r"guild_priceblock_value a-hidden[\"']>\s*([\d.]{1,12})\s*<")
# <span id="price_inside_buybox" class="a-size-medium a-color-price"> 39,99 € </span>
_BUY_BOX = re.compile(r"id=[\"'](?:price_inside_buybox|newBuyBoxPrice)[\"'][^>]{0,120}>([^<]{1,60})<")
# <span class="aok-offscreen">   63,42&nbsp;&euro; con un ahorro del 21 %    </span> inside the price block
_SPOKEN = re.compile(
    r"<span[^>]{0,200}class=[\"'][^\"']{0,100}(?:aok-offscreen|apex-pricetopay-accessibility-label)[^>]{0,100}>([^<]{3,120})<"
)
_CENTRE = re.compile(r"id=[\"']corePriceDisplay_[a-z]+_feature_div[\"']")
_VALUE = re.compile(r"\bvalue=[\"']([^\"']{0,40})[\"']")


def read_hidden_prices(raw: str, *, asin: str | None, habit: Habit) -> tuple[Sighting, ...]:
    """Collect every hidden sighting of the new offer's price, the surest first."""
    return (
        *_buying_options(raw, habit),
        *_form_amounts(raw),
        *_metrics(raw, asin),
        *_inputs(raw, habit),
        *_hints(raw, asin, habit),
    )


def buying_option_types(raw: str) -> frozenset[str]:
    """Return the types of offer the hidden JSON names: NEW, USED, SUBSCRIBE..."""
    return frozenset(str(option.get("buyingOptionType", "")).upper() for option in _options(raw)) - {""}


def used_option_price(raw: str) -> Decimal | None:
    """Return the lowest used price of the hidden JSON."""
    amounts = [
        _amount(option.get("priceAmount"))
        for option in _options(raw)
        if option.get("buyingOptionType") == "USED"
    ]
    return min((amount for amount in amounts if amount is not None), default=None)


def _options(raw: str) -> list[dict[str, Any]]:
    """Read every buying option in the hidden JSON; text that is no JSON holds none."""
    found: list[dict[str, Any]] = []
    for match in _OPTIONS.finditer(raw):
        text = match.group(1)
        try:
            groups = json.loads(html.unescape(text) if "&quot;" in text else text, parse_float=Decimal)
        except (ValueError, RecursionError):
            continue
        if isinstance(groups, dict):
            for group in groups.values():
                found += (
                    [option for option in group if isinstance(option, dict)]
                    if isinstance(group, list)
                    else []
                )
    return found


def _buying_options(raw: str, habit: Habit) -> list[Sighting]:
    """Return the prices of NEW options only."""
    found = []
    for option in _options(raw):
        amount = _amount(option.get("priceAmount"))
        if option.get("buyingOptionType") == "NEW" and amount is not None:
            code = currency_of(str(option.get("currencySymbol", "")), habit)
            found.append(Sighting(amount, code, "buying_options"))
    return found[:1]


def _form_amounts(raw: str) -> list[Sighting]:
    """Return what the add-to-cart form says the customer saw."""
    values: dict[str, str] = {}
    for match in _VISIBLE.finditer(raw):
        if value := _VALUE.search(match.group(0)):
            values.setdefault(match.group(1), value.group(1))
    amount = _amount(values.get("amount"))
    return [] if amount is None else [Sighting(amount, values.get("currencyCode"), "customer_visible_price")]


def _metrics(raw: str, asin: str | None) -> list[Sighting]:
    """Return the price in the metrics element, if it speaks of this product."""
    match = _CERBERUS.search(raw)
    if match is None:
        return []
    fields = dict(
        re.findall(r"data-(asin|asin-price|asin-currency-code)=[\"']([^\"']*)[\"']", match.group(0))
    )
    amount = _amount(fields.get("asin-price"))
    if amount is None or (asin and fields.get("asin") != asin):
        return []
    return [Sighting(amount, fields.get("asin-currency-code") or None, "metrics")]


def _inputs(raw: str, habit: Habit) -> list[Sighting]:
    """Return the price of the hidden inputs that scripts add extras to."""
    unit = _UNIT.search(raw)
    sign = _VALUE.search(unit.group(0)) if unit else None
    code = currency_of(html.unescape(sign.group(1)), habit) if sign else None
    found: dict[str, Sighting] = {}
    for match in _INPUT.finditer(raw):
        value = _VALUE.search(match.group(0))
        amount = _amount(value.group(1)) if value else None
        if amount is not None:
            found.setdefault(match.group(1), Sighting(amount, code, match.group(1).replace("-", "_")))
    return list(found.values())


def _hints(raw: str, asin: str | None, habit: Habit) -> list[Sighting]:
    """Return sightings that may confirm a price: they can also stand where no offer is featured."""
    found = [(amount, "bought_together") for name, amount in _TOGETHER.findall(raw) if name == asin][:1]
    found += [(amount, "recommended_beside") for amount, name in _BESIDE.findall(raw) if name == asin][:1]
    found += [(amount, "guild_value") for amount in _GUILD.findall(raw)[:1]]
    hints = [
        Sighting(amount, None, rule, Trust.HINT)
        for text, rule in found
        if (amount := _amount(text)) is not None
    ]
    centre = _CENTRE.search(raw)
    spoken = _SPOKEN.search(raw, centre.end(), centre.end() + 6000) if centre else None
    for match, rule in ((_BUY_BOX.search(raw), "buy_box_text"), (spoken, "spoken")):
        amounts = find_money(html.unescape(match.group(1)), habit) if match else []
        hints += [Sighting(one.money.amount, one.money.currency, rule, Trust.HINT) for one in amounts[:1]]
    return hints


def _amount(value: object) -> Decimal | None:
    """Read a plain positive number with a decimal point."""
    try:
        amount = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < 10_000_000 else None
