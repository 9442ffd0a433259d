"""The demo shop's pages have Amazon's structure and escape every text that varies."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bs4 import BeautifulSoup

from scraping.amazon.page import read_page
from scraping.demo.catalogue import PRODUCTS
from scraping.demo.layout import Layout, money
from scraping.demo.other_offers import DELIVERY, FREE_FROM, number_of
from scraping.demo.product_page import product_page
from scraping.demo.search_page import TILES_A_PAGE, matches, search_page
from scraping.demo.simulation import DemoOffer, Simulation
from scraping.offer import OfferState

OFFER = DemoOffer(price=Decimal("1234.50"), list_price=Decimal("1500.00"), coupon_percent=10, in_stock=True)
PRODUCT = PRODUCTS[1]  # 3 x 5 l
HOSTILE = replace(PRODUCT, title="<img src=x onerror=alert(1)>\"'&", brand="</script><b>")


def _soup(html):
    return BeautifulSoup(html, "lxml")


def test_money_as_amazon_es_writes_it():
    assert money(Decimal("1234.5")) == "1.234,50 €"
    assert money(Decimal("8.99")) == "8,99 €"
    assert money(Decimal("8.99"), "USD") == "$8.99"


def test_a_page_says_its_price_in_every_place_amazon_does():
    soup = _soup(product_page(PRODUCT, OFFER, Layout(asin=PRODUCT.asin)))
    hidden = json.loads(soup.select_one(".twister-plus-buying-options-price-data").text)
    assert hidden["desktop_buybox_group_1"][0]["priceAmount"] == 1234.5
    assert soup.select_one(".priceToPay .a-offscreen").text.strip() == ""  # blank on the real page too
    assert "1.234,50" in soup.select_one("#corePriceDisplay_desktop_feature_div .aok-offscreen").text
    assert soup.select_one(".pricePerUnit .a-offscreen").text == "82,30€"
    assert soup.select_one(".basisPrice .a-offscreen").text == "1.500,00€"
    assert soup.select_one("#ASIN")["value"] == PRODUCT.asin
    assert soup.select_one("link[rel=canonical]")["href"].endswith(f"/dp/{PRODUCT.asin}")
    assert soup.select_one("#glow-ingress-line1").text.strip() == "Entrega en Madrid 28008"


def test_every_page_is_read_right_with_each_of_its_prices():
    """Which products have which prices is theirs; every kind is on some page, and none is taken for the price."""
    simulation, seen = Simulation(), set()
    for product in PRODUCTS:
        offer = replace(simulation.offer(product.asin, date(2026, 3, 1)), in_stock=True)
        page = read_page(product_page(product, offer, Layout(asin=product.asin)), marketplace="amazon.es").offer
        number = number_of(product)
        assert (page.state, page.price, page.list_price) == (OfferState.IN_STOCK, offer.price, offer.list_price)
        assert bool(page.prime_price) == (number % 5 == 0)
        assert bool(page.subscribe_price) == (number % 4 != 0)
        assert bool(page.used_price) == (number % 6 == 1)
        assert (page.coupon.percent if page.coupon else 0) == offer.coupon_percent
        assert page.shipping == (0 if offer.price >= FREE_FROM else DELIVERY)
        assert all(price < offer.price for price in (page.prime_price, page.used_price) if price)
        assert 3 < float(page.rating or 0) < 5
        assert (page.breadcrumb[0], len(page.gtin or "")) == ("Alimentación y bebidas", 13)
        assert page.doubts == {}
        seen |= {kind for kind in ("list_price", "prime_price", "used_price", "coupon") if getattr(page, kind)}
    assert seen == {"list_price", "prime_price", "used_price", "coupon"}


def test_a_bar_code_is_each_products_own():
    pages = [product_page(product, OFFER, Layout(asin=product.asin)) for product in PRODUCTS]
    assert len({read_page(page, marketplace="amazon.es").offer.gtin for page in pages}) == len(PRODUCTS)


def test_hostile_text_stays_text():
    for html in (
        product_page(HOSTILE, OFFER, Layout(asin=PRODUCT.asin)),
        search_page([HOSTILE], lambda asin: OFFER, words="<script>alert(1)</script>", page=1),
    ):
        assert "<img src=x" not in html
        assert "<script>alert" not in html
        assert "</script><b>" not in html


def test_search_finds_without_accents_and_pages_on():
    assert {product.grade for product in matches(PRODUCTS, "GIRASOL")} == {"sunflower"}
    assert matches(PRODUCTS, "ecologico virgen extra")
    simulation, today = Simulation(), date(2025, 3, 1)
    result = matches(PRODUCTS, "")
    seen = []
    for page in (1, 2, 3):
        html = search_page(result, lambda asin: simulation.offer(asin, today), words="", page=page)
        soup = _soup(html)
        tiles = soup.select('[data-component-type="s-search-result"]')
        seen += [tile["data-asin"] for tile in tiles if "AdHolder" not in tile["class"]]
        assert any("AdHolder" in tile["class"] for tile in tiles)
        assert bool(soup.select_one("a.s-pagination-next")) == (page * TILES_A_PAGE < len(result))
    assert seen == [product.asin for product in PRODUCTS]
