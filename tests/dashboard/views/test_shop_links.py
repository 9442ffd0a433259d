"""From every page that names a price, a person can go to the shop; chips say three facts beside it."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import timezone

from dashboard.shop_page import shop_page
from scraping.models import Adapter
from tests.dashboard.rows import priced_product
from tests.factories import ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db
AMAZON = "https://www.amazon.es/dp/B00EXAMPLE?th=1&psc=1"


def soup_of(client: Client, path: str, language: str = "en") -> BeautifulSoup:
    client.cookies["django_language"] = language
    answer = client.get(path, headers={"host": "localhost"})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def chips(soup: BeautifulSoup) -> list[str]:
    return [chip.text for chip in soup.select(".chips li")]


@pytest.mark.parametrize(
    ("adapter", "shop", "sku", "address"),
    [
        (Adapter.AMAZON, "amazon.es", "B00EXAMPLE", AMAZON),
        (Adapter.AMAZON, "amazon.example", "B00EXAMPLE", ""),
        (Adapter.AMAZON, "amazon.es", "javascript:alert(1)", ""),
        (Adapter.IMPORT, "facua", "aceite-1", ""),
        (Adapter.DEMO, "demo", "B0DEM00001", "http://127.0.0.1:8101/dp/B0DEM00001"),
    ],
)
def test_the_address_is_the_shop_s_own_page_or_none(adapter: str, shop: str, sku: str, address: str) -> None:
    assert shop_page(adapter=adapter, shop=shop, sku=sku) == address


@pytest.mark.parametrize("path", ["/products/{}/", "/", "/compare/?product={}"])
def test_every_page_with_a_price_leads_to_the_shop(client: Client, path: str) -> None:
    shop = ShopFactory(name="amazon.es", adapter=Adapter.AMAZON)
    product = priced_product(shop=shop, sku="B00EXAMPLE", price="44.95")
    links = soup_of(client, path.format(product.pk)).select(f'a[href="{AMAZON}"]')
    assert links
    assert all(set(link["rel"]) >= {"nofollow", "noopener"} for link in links)


def test_the_button_names_shop_and_price_unless_it_cannot_be_bought(client: Client) -> None:
    product = priced_product(
        shop=ShopFactory(name="amazon.es", adapter=Adapter.AMAZON), sku="B00EXAMPLE", price="44.95"
    )
    page = f"/products/{product.pk}/"
    assert soup_of(client, page).select_one(".shop-button").text.strip() == "View at amazon.es · €44.95"
    assert soup_of(client, page, "es").select_one(".shop-button").text.split() == [
        "Ver",
        "en",
        "amazon.es",
        "·",
        "44,95",
        "€",
    ]
    product.latest_spell.state, product.latest_spell.price = "unavailable", None
    product.latest_spell.save()
    assert soup_of(client, page).select_one(".shop-button").text.strip() == "View at amazon.es"


def test_chips_say_how_dear_it_is_whether_the_discount_is_real_and_how_old_the_price(client: Client) -> None:
    now = timezone.now()
    product = priced_product(price="40", days=40)
    assert chips(soup_of(client, f"/products/{product.pk}/")) == ["lowest price of the month", "checked 5 min ago"]
    SpellFactory(
        product=product,
        price=Decimal(30),
        first_seen=now - timedelta(days=200),
        last_seen=now - timedelta(days=41),
    )
    product.latest_spell.first_seen = now - timedelta(days=3)
    product.latest_spell.list_price = Decimal(50)
    product.latest_spell.save()
    SpellFactory(
        product=product, price=Decimal(39), first_seen=now - timedelta(days=40), last_seen=now - timedelta(days=4)
    )
    page = f"/products/{product.pk}/"
    first, second, third = chips(soup_of(client, page))
    assert (first, second) == ("33% over its 7-month low", "the 20% discount is not real")
    assert third.startswith("checked")
    assert chips(soup_of(client, page, "es"))[0] == "33\xa0% sobre su mínimo de 7 meses"
