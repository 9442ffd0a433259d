"""The page of one product: every price of today, what its page says of it, and the chart's switches."""

from decimal import Decimal

import pytest
from bs4 import BeautifulSoup

from tests.dashboard.rows import priced_product
from tests.factories import ShopFactory

pytestmark = pytest.mark.django_db


def _priced(product=None, **terms):
    product = product or priced_product(price="40")
    product.spells.update(**terms)
    return product


def _page(client, product, query="", language="en"):
    client.cookies["django_language"] = language
    answer = client.get(f"/products/{product.pk}/{query}", headers={"host": "localhost"})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def _words(node):
    return " ".join(node.get_text(" ").split()).replace("\xa0", " ")


def _rows(soup):
    return [_words(row) for row in soup.select("section[aria-labelledby=prices] tbody tr")]


def test_every_price_of_the_offer(client):
    product = _priced(
        list_price=50,
        prime_price=36,
        subscribe_price=38,
        used_price=30,
        coupon="Aplicar cupón del 10 %",
        coupon_percent=10,
        shipping=Decimal("3.99"),
        seller="Almazara del Cuco",
    )
    soup = _page(client, product)
    chosen = "the price of the chart, the figures and the forecast"
    assert _rows(soup) == [
        f"Price for anyone {chosen} €40.00 €8.00/l",
        "List price €50.00 €10.00/l",
        "Price for Prime members €36.00 €7.20/l",
        "Price with Subscribe & Save €38.00 €7.60/l",
        "Price after the coupon Aplicar cupón del 10 % €36.00 €7.20/l",
        "Used price €30.00 €6.00/l",
    ]
    terms = _words(soup.select_one("section[aria-labelledby=prices] > p"))
    assert terms == "Shipping: €3.99 · Sold by Almazara del Cuco · Condition: new"
    spanish = _page(client, product, language="es")
    assert "Precio para miembros Prime 36,00 € 7,20 €/l" in _rows(spanish)
    assert "Envío: 3,99 € · Vendido por Almazara del Cuco · Estado: nuevo" in _words(spanish)


def test_free_shipping_says_so(client):
    assert "Shipping: free ·" in _words(_page(client, _priced(shipping=0)))


def test_a_price_alone_needs_no_table(client):
    assert not _page(client, priced_product()).select("section[aria-labelledby=prices]")


def test_which_price_is_the_price_is_the_shops_setting(client):
    product = priced_product(price="36", shop=ShopFactory(price_basis="prime"))
    rows = _rows(_page(client, _priced(product, regular_price=40, prime_price=36)))
    assert rows[0] == "Price for anyone €40.00 €8.00/l"
    assert rows[1].startswith("Price for Prime members the price of the chart")


def test_where_the_page_lacked_that_price_what_anyone_pays_is_it(client):
    product = priced_product(price="40", shop=ShopFactory(price_basis="prime"))
    rows = _rows(_page(client, _priced(product, subscribe_price=38)))
    assert rows[0].startswith("Price for anyone the price of the chart")


def test_only_used_ones(client):
    product = _priced(state="used_only", price=None, used_price=30)
    assert _rows(_page(client, product)) == ["Used price €30.00 €6.00/l"]


def test_the_shops_words_are_text(client):
    product = _priced(seller="<b>x</b>", coupon="<i>y</i>", coupon_percent=5)
    html = str(_page(client, product).select_one("section[aria-labelledby=prices]"))
    assert "<b>" not in html
    assert "<i>" not in html


def test_the_details_have_rating_category_and_bar_code(client):
    product = priced_product(
        rating=Decimal("4.40"), reviews=1234, category=["Alimentación", "Aceites"], gtin="8410010000017"
    )
    details = _words(_page(client, product).select_one("section[aria-labelledby=identity]"))
    assert "Bar code 8410010000017 Rating ★ 4.4 · 1,234 reviews Category Alimentación › Aceites" in details
    assert "★ 4,4 · 1.234 opiniones" in _words(_page(client, product, language="es"))


def test_the_chart_offers_the_kinds_that_have_data(client):
    product = _priced(prime_price=36, used_price=30)
    soup = _page(client, product, "?over=90")
    switches = {_words(link): link["href"] for link in soup.select("nav[aria-label='Other lines in the chart'] a")}
    assert switches == {
        "Price for Prime members": "?over=90&show=prime#chart",
        "Used price": "?over=90&show=used#chart",
    }
    assert not soup.select(".plot .line-prime")
    soup = _page(client, product, "?over=90&show=prime")
    assert len(soup.select(".plot .line-prime")) == 1
    on, off = soup.select("nav[aria-label='Other lines in the chart'] a")
    assert (on["href"], on["aria-current"]) == ("?over=90#chart", "true")
    assert on.select_one(".line-prime")
    assert off["href"] == "?over=90&show=prime%2Cused#chart"


def test_without_other_prices_there_is_nothing_to_switch(client):
    assert not _page(client, priced_product()).select("nav[aria-label='Other lines in the chart']")
