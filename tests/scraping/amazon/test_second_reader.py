"""The second reader: hidden evidence, found without a parser, and what of it may not make a price."""

from decimal import Decimal
from html import escape

import pytest

from scraping.amazon.buying_options import read_buying_options
from scraping.amazon.evidence import Trust
from scraping.amazon.money import Habit
from scraping.amazon.page import read_page
from scraping.amazon.second_reader import read_hidden_prices
from scraping.offer import Agreement
from tests.scraping.amazon.made_pages import ASIN, BUTTON, ES, html, metrics, options_json

HABIT = Habit(",", "EUR")


def seen(body: str, asin: str | None = ASIN) -> dict[str, Decimal]:
    data = body.encode()
    sightings = read_hidden_prices(data, asin=asin, options=read_buying_options(data, HABIT), habit=HABIT)
    return {sighting.rule: sighting.amount for sighting in sightings}


VISIBLE = '<input type="hidden" name="items[0.base][customerVisiblePrice][amount]" value="15.99" id="x"/>'
CODE = '<input type="hidden" name="items[0.base][customerVisiblePrice][currencyCode]" value="USD" id="y"/>'


@pytest.mark.parametrize(
    ("body", "rule", "amount"),
    [
        (options_json(ES, NEW="42.95", USED="30.00"), "buying_options", "42.95"),
        (options_json(ES, USED="30.00", NEW="42.95"), "buying_options", "42.95"),
        (VISIBLE + CODE, "customer_visible_price", "15.99"),
        (metrics("39.99"), "metrics", "39.99"),
        ('<input id="twister-plus-price-data-price" value="63.42" />', "twister_plus_price_data_price", "63.42"),
        ("<input value='8.99' type=hidden id=\"attach-base-product-price\">", "attach_base_product_price", "8.99"),
        (f'{{"asin":"{ASIN}","isPreorder":0,"price":39.99,"x":0}}', "bought_together", "39.99"),
        (f"<li data-x='&quot;price&quot;:6.99,&quot;asin&quot;:&quot;{ASIN}&quot;'>", "recommended_beside", "6.99"),
        ('<span class="guild_priceblock_value a-hidden">\n            16.58\n </span>', "guild_value", "16.58"),
        ('<span id="price_inside_buybox" class="a-color-price"> 39,99&nbsp;&euro; </span>', "buy_box_text", "39.99"),
        (
            '<div id="corePriceDisplay_x"><span class="aok-offscreen"> 63,42&nbsp;&euro; con ahorro </span>',
            "spoken",
            "63.42",
        ),
    ],
)
def test_every_hiding_place(body: str, rule: str, amount: str) -> None:
    assert seen(f"<html>{body}</html>") == {rule: Decimal(amount)}


@pytest.mark.parametrize(
    "body",
    [
        options_json(ES, USED="30.00"),
        options_json(ES, NEW='"x"'),
        options_json(ES, NEW="-1"),
        options_json(ES, NEW="1e400"),
        options_json(ES, NEW="NaN"),
        options_json(ES, NEW="42.95").replace("}]}", "}]"),
        '<div class="twister-plus-buying-options-price-data">' + "[" * 50_000 + "</div>",
        metrics(""),
        metrics("39.99", asin="B0OTHER999"),
        '{"asin":"B0OTHER999","isPreorder":0,"price":39.99,"x":0}',
        '<input id="twister-plus-price-data-price" value="" />',
        '<div id="corePriceDisplay_x"><span class="aok-offscreen"> 31,71&amp;nbsp;&amp;euro; por 2 </span></div>',
    ],
)
def test_nothing_to_see(body: str) -> None:
    assert seen(body) == {}


def test_escaped_json_is_read_too() -> None:
    body = options_json(ES, NEW="42.95")
    start, end = body.index("{"), body.rindex("}") + 1
    assert seen(body[:start] + escape(body[start:end]) + body[end:]) == {"buying_options": Decimal("42.95")}


def test_a_hint_confirms_but_never_makes_a_price() -> None:
    together = f'<script>{{"asin":"{ASIN}","isPreorder":0,"price":21.95,"x":0}}</script>'
    data = together.encode()
    assert [one.trust for one in read_hidden_prices(data, asin=ASIN, options=(), habit=HABIT)] == [Trust.HINT]
    reading = read_page(html(ES, together + BUTTON, title="Aceite"))
    assert reading.agreement is Agreement.NONE
    assert reading.offer is not None
    assert reading.offer.price is None


def test_the_hidden_price_alone_counts_only_when_all_that_is_hidden_agrees() -> None:
    alone = read_page(html(ES, metrics("39.99") + BUTTON, title="Aceite"))
    assert alone.offer is not None
    assert (alone.offer.price, alone.agreement) == (Decimal("39.99"), Agreement.SINGLE)
    split = read_page(html(ES, metrics("39.99") + options_json(ES, NEW="42.95") + BUTTON, title="Aceite"))
    assert split.offer is not None
    assert (split.offer.price, split.agreement) == (None, Agreement.DISAGREE)
