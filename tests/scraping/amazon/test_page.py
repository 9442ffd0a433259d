# ruff: noqa: E501 - markup keeps the lines it is sent in
"""Product pages: the right price in every layout, and no price where there is none."""

from decimal import Decimal

import pytest

from scraping.amazon.page import read_page
from scraping.offer import Agreement, Coupon, OfferState, PageKind, SellerKind
from tests.scraping.amazon.made_pages import (
    ASIN,
    BUTTON,
    CODES,
    DE,
    ES,
    FR,
    IT,
    SHOPS,
    UK,
    US,
    Grocery,
    Shop,
    html,
    metrics,
    old_page,
    price_row,
    price_span,
    struck,
)


def test_it_works() -> None:
    reading = read_page(Grocery(list_price="49.99", coupon="Aplicar cupón del 10 %", used="30.00").build())
    offer = reading.offer
    assert reading.kind is PageKind.PRODUCT
    assert offer is not None
    assert (offer.price, offer.currency, offer.state) == (Decimal("42.95"), "EUR", OfferState.IN_STOCK)
    assert offer.asin == ASIN
    assert offer.title == "Carbonell Aceite de Oliva Virgen Extra, Garrafa 5 L"
    assert offer.list_price == Decimal("49.99")
    assert offer.coupon == Coupon("Aplicar cupón del 10 %", percent=Decimal(10))
    assert offer.used_price == Decimal("30.00")
    assert offer.unit_price is not None
    assert (offer.unit_price.amount, offer.unit_price.unit) == (Decimal("8.59"), "l")
    assert offer.volume is not None
    assert (offer.volume.litres, offer.volume.agreed) == (Decimal(5), True)
    assert offer.grade == "extra_virgin"
    assert offer.brand == "Carbonell"
    assert (offer.seller, offer.seller_kind) == ("Amazon", SellerKind.AMAZON)
    assert offer.location == "Madrid 28008"
    assert reading.agreement is Agreement.AGREE
    assert reading.marketplace == "es"


@pytest.mark.parametrize("shop", SHOPS.values(), ids=SHOPS)
@pytest.mark.parametrize("price", ["0.99", "8.05", "42.95", "1299.00"])
def test_price_and_currency_in_every_shop(shop: Shop, price: str) -> None:
    offer = read_page(Grocery(shop=shop, price=price, unit_price=None).build()).offer
    assert offer is not None
    assert (offer.price, offer.currency) == (Decimal(price), CODES.get(shop.code, "EUR"))


def test_one_time_price_goes_before_subscription() -> None:
    reading = read_page(Grocery(price="42.95", subscribe="38.66").build())
    assert reading.offer is not None
    assert reading.offer.price == Decimal("42.95")
    assert reading.offer.subscribe_price == Decimal("38.66")


def test_subscription_in_the_hidden_json_is_explained_not_a_rival() -> None:
    reading = read_page(Grocery(price="42.95", subscribe="38.66", hidden="38.66").build())
    assert reading.offer is not None
    assert reading.offer.price == Decimal("42.95")
    assert reading.rivals == ()


def test_unit_price_is_never_the_price() -> None:
    body = f'<div id="corePrice_feature_div"><span class="pricePerUnit">{price_span(ES, "8.59", read_aloud=True)} / l</span></div>'
    reading = read_page(html(ES, body + '<div id="availability">En stock</div>', title="Aceite 5 L"))
    assert reading.offer is not None
    assert reading.offer.price is None


def test_readers_that_disagree_give_no_price() -> None:
    reading = read_page(Grocery(price="42.95", hidden="24.95").build())
    assert reading.agreement is Agreement.DISAGREE
    assert reading.rivals == (Decimal("42.95"), Decimal("24.95"))
    assert reading.offer is not None
    assert reading.offer.price is None
    assert "disagree" in reading.reason


def test_one_reader_alone_says_so() -> None:
    reading = read_page(Grocery(hidden=None).build())
    assert reading.offer is not None
    assert reading.offer.price == Decimal("42.95")
    assert reading.agreement is Agreement.SINGLE


def test_other_money_than_the_shops_is_read_from_the_page() -> None:
    body = old_page(ES, price_row("ourprice", "US$45.10"))
    offer = read_page(body).offer
    assert offer is not None
    assert (offer.price, offer.currency) == (Decimal("45.10"), "USD")


def test_same_figure_in_two_currencies_is_no_price() -> None:
    page = old_page(ES, price_row("ourprice", "US$45.10")).replace("<body>", "<body>" + metrics("45.10", "EUR"))
    reading = read_page(page)
    assert reading.agreement is Agreement.DISAGREE
    assert reading.offer is not None
    assert reading.offer.price is None


@pytest.mark.parametrize(
    ("shop", "rows", "price"),
    [
        (ES, price_row("ourprice", "39,99 €"), "39.99"),
        (DE, price_row("ourprice", "EUR 10,99"), "10.99"),
        (DE, price_row("ourprice", "EUR 1.210,99"), "1210.99"),
        (FR, price_row("ourprice", "75,99 €") + price_row("dealprice", "64,59 €"), "64.59"),
        (FR, price_row("ourprice", "1\u202f299,00\u00a0€"), "1299.00"),
        (
            UK,
            price_row(
                "ourprice", "£ <span class='price-large'>34</span> <span class='price-info-superscript'>99</span>"
            ),
            "34.99",
        ),
        (US, price_row("ourprice", "$8.99 + $36.67 Shipping"), "8.99"),
        (IT, price_row("saleprice", "12,40 €") + price_row("ourprice", "15,00 €"), "12.40"),
    ],
)
def test_old_layouts(shop: Shop, rows: str, price: str) -> None:
    offer = read_page(old_page(shop, rows)).offer
    assert offer is not None
    assert (offer.price, offer.state) == (Decimal(price), OfferState.IN_STOCK)


def test_metrics_confirm_the_price_and_may_lag_behind_a_deal() -> None:
    plain = old_page(FR, price_row("ourprice", "75,99 €")).replace("<body>", "<body>" + metrics("75.99"))
    assert read_page(plain).agreement is Agreement.AGREE
    deal = old_page(FR, price_row("dealprice", "64,59 €")).replace("<body>", "<body>" + metrics("75.99"))
    offer = read_page(deal).offer
    assert offer is not None
    assert offer.price == Decimal("64.59")


def test_metrics_of_another_product_are_not_evidence() -> None:
    page = old_page(ES, price_row("ourprice", "39,99 €")).replace(
        "<body>", "<body>" + metrics("9.99", asin="B0OTHER999")
    )
    reading = read_page(page)
    assert reading.agreement is Agreement.SINGLE
    assert reading.offer is not None
    assert reading.offer.price == Decimal("39.99")


@pytest.mark.parametrize("text", ["13,89 € - 19,89 €", "13,89 €–19,89 €", "Desde 13,89 €"])
def test_a_range_is_no_price(text: str) -> None:
    offer = read_page(old_page(ES, price_row("ourprice", text))).offer
    assert offer is not None
    assert (offer.price, offer.state) == (None, OfferState.SELECT_VARIATION)


def test_a_modern_range_is_no_price() -> None:
    ends = [price_span(ES, price, "a-text-price", read_aloud=True) for price in ("13.89", "19.89")]
    body = f'<div id="corePrice_feature_div"><span class="a-price-range">{ends[0]} - {ends[1]}</span></div>{BUTTON}'
    offer = read_page(html(ES, body, title="Aceite de oliva")).offer
    assert offer is not None
    assert (offer.price, offer.state) == (None, OfferState.SELECT_VARIATION)


def test_a_struck_range_beside_the_price_is_a_list_price() -> None:
    old = f'<span class="a-price-range">{struck(ES, "20.00")} - {struck(ES, "30.00")}</span>'
    body = f'<div id="corePrice_feature_div">{old}{price_span(ES, "12.00")}</div>{BUTTON}'
    offer = read_page(html(ES, body, title="Aceite de oliva")).offer
    assert offer is not None
    assert offer.price == Decimal("12.00")


def test_2021_price_to_pay_wears_the_dress_of_a_struck_price() -> None:
    body = (
        f'<div id="corePrice_desktop"><table><tr><td>{struck(US, "19.99")}</td></tr><tr><td><span class="a-price '
        f'a-text-price a-size-medium apexPriceToPay"><span class="a-offscreen">$15.99</span></span></td></tr></table></div>'
    )
    offer = read_page(html(US, body + BUTTON, title="Olive oil")).offer
    assert offer is not None
    assert (offer.price, offer.list_price) == (Decimal("15.99"), Decimal("19.99"))


def test_yen_have_no_cents() -> None:
    body = (
        '<div id="corePriceDisplay_desktop_feature_div"><span class="a-price priceToPay"><span class="a-offscreen"> </span>'
        '<span class="a-price-symbol">￥</span><span class="a-price-whole">3,980</span></span></div>'
    )
    page = (
        html(ES, body + BUTTON, title="オリーブオイル 1L")
        .replace("amazon.es", "amazon.co.jp")
        .replace("es-es", "ja-jp")
    )
    offer = read_page(page).offer
    assert offer is not None
    assert (offer.price, offer.currency) == (Decimal(3980), "JPY")


def test_a_layout_nobody_knows_is_unreadable_not_guessed() -> None:
    reading = read_page(html(ES, '<div id="pricing-2027"><b>42,95 €</b></div>', title="Aceite de oliva 5 L"))
    assert reading.offer is not None
    assert (reading.offer.state, reading.offer.price) == (None, None)
    assert reading.reason.startswith("unreadable")


def test_hostile_title_stays_text() -> None:
    page = Grocery(title="&lt;img src=x onerror=alert(1)&gt;\u0000\u0007 Aceite 5 L").build()
    offer = read_page(page).offer
    assert offer is not None
    assert offer.title == "<img src=x onerror=alert(1)> Aceite 5 L"


@pytest.mark.parametrize("charset", ["iso-8859-1", "shift_jis", "utf-16-le", "nonsense"])
def test_any_declared_charset(charset: str) -> None:
    page = Grocery(title="Aceite 5 L").build().replace("utf-8", charset)
    data = page.encode("cp1252" if charset != "shift_jis" else "shift_jis", errors="ignore")
    assert read_page(data).kind in PageKind


def test_the_subscription_of_the_2019_layout_is_not_the_price() -> None:
    subscribe = '<div id="snsAccordionRowMiddle"><span id="sns-base-price">CDN$ 7.11</span></div>'
    once = '<div id="newAccordionRow"><div id="buyNew_cbb"><span id="newBuyBoxPrice" class="a-color-price">CDN$ 7.48</span></div></div>'
    body = f'{metrics("7.11", "CAD")}<div id="buybox">{subscribe}{once}{BUTTON}</div><div id="availability">In stock.</div>'
    page = html(US, body, title="Olive oil 1 L").replace("www.amazon.com/", "www.amazon.ca/").replace("en-us", "en-ca")
    reading = read_page(page)
    assert reading.offer is not None
    assert (reading.offer.price, reading.offer.currency) == (Decimal("7.48"), "CAD")
    assert (reading.offer.subscribe_price, reading.rivals) == (Decimal("7.11"), ())


def test_a_paperback_does_not_take_the_price_of_its_kindle_edition() -> None:
    formats = (
        '<div id="MediaMatrix"><table><tbody id="kindle_meta_binding_winner"><tr><td class="a-color-price">£0.99</td></tr></tbody>'
        '</table></div><div id="tmmSwatches"><span class="a-color-price">£0.99</span></div>'
    )
    new = '<div id="buyNewSection"><span class="a-color-price offer-price">£8.99</span></div>'
    body = f'{formats}<div id="buybox">{new}<div id="usedBuySection"><span class="offer-price">£2.00</span></div>{BUTTON}</div>'
    offer = read_page(html(UK, body + '<div id="availability">In stock.</div>', title="Olive Oil")).offer
    assert offer is not None
    assert (offer.price, offer.state, offer.used_price) == (Decimal("8.99"), OfferState.IN_STOCK, Decimal("2.00"))


def test_a_deal_row_beside_a_used_row_is_new() -> None:
    body = (
        f'<div id="price"><table>{price_row("dealprice", "12,00 €")}</table></div><div id="buybox"><div id="dealsAccordionRow">x</div>'
        f'<div id="usedAccordionRow"><span class="a-color-price">9,00 €</span></div>{BUTTON}</div>'
    )
    offer = read_page(html(ES, body, title="Aceite 1 L")).offer
    assert offer is not None
    assert (offer.price, offer.state) == (Decimal("12.00"), OfferState.IN_STOCK)


@pytest.mark.parametrize(
    ("link", "inputs", "asin"),
    [
        ("https://www.amazon.es/x/dp/B0OLIVA009", '<input id="ASIN" value="B0OLIVA001">', "B0OLIVA009"),
        ("https://www.amazon.es/", '<input id="ASIN" value="B0OLIVA001">', "B0OLIVA001"),
        ("https://www.amazon.es/", '<div id="averageCustomerReviews" data-asin="B0OLIVA003"></div>', "B0OLIVA003"),
        ("https://www.amazon.es/", "", None),
    ],
)
def test_whose_page_it_is(link: str, inputs: str, asin: str | None) -> None:
    page = html(ES, inputs, title="Aceite").replace(f"https://www.amazon.es/Aceite-Oliva/dp/{ASIN}", link)
    offer = read_page(page).offer
    assert offer is not None
    assert offer.asin == asin
