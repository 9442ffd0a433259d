"""Add a product: who may, what is shown before the yes, errors in words."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.test import Client

from scraping.demo.catalogue import PRODUCTS
from scraping.demo.server import DemoShopServer
from scraping.models import Product, Visit
from scraping.offer import Agreement, Offer, PageKind, PageReading
from scraping.services.preview_product import Preview
from tests.factories import ShopFactory, UserFactory

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def address(demo_server: DemoShopServer) -> str:
    ShopFactory(name="demo", delivery_place="28008")
    return f"{demo_server.url}/dp/{PRODUCTS[2].asin}"


def _soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "lxml")


def _text(answer: Any) -> str:
    return " ".join(_soup(answer).get_text(" ").split())


def test_strangers_are_sent_to_sign_in_and_others_refused(client: Client, person: Client) -> None:
    answer = client.get("/add/", headers={"host": "localhost"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/login/?next=/add/")
    refused = person.get("/add/")
    assert refused.status_code == 403
    assert "cannot open this page" in _text(refused)
    assert person.post("/add/", {"address": "B00EXAMPLE", "yes": "1"}).status_code == 403
    assert not Product.objects.exists()


def test_the_permission_is_enough() -> None:
    user = UserFactory()
    user.user_permissions.add(Permission.objects.get(codename="add_product"))
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/add/").status_code == 200
    assert _soup(client.get("/")).select_one('nav a[href="/add/"]')


def test_what_was_read_is_shown_and_nothing_stored(operator: Client, address: str) -> None:
    answer = operator.post("/add/", {"address": address})
    text = _text(answer)
    assert PRODUCTS[2].title in text
    assert "The page was read successfully." in text
    assert "Two independent readers saw the same price." in text
    assert "in stock" in text
    assert _soup(answer).select_one("button[name=yes]")
    assert not Product.objects.exists()


def test_yes_watches_it(operator: Client, address: str) -> None:
    answer = operator.post("/add/", {"address": address, "yes": "1"}, follow=True)
    product = Product.objects.get()
    assert answer.redirect_chain[-1][0] == f"/products/{product.pk}/"
    assert "Product added." in _text(answer)
    assert Visit.objects.filter(product=product).exists()
    assert "We already watch this product." in _text(operator.post("/add/", {"address": address}))


def test_amazon_switched_off_says_why(operator: Client) -> None:
    answer = operator.post("/add/", {"address": "https://www.amazon.es/dp/B00EXAMPLE"})
    text = _text(answer)
    assert "OILWATCH_SCRAPE_AMAZON=true" in text
    assert "Watch it anyway" in text


def test_a_page_that_is_gone_is_not_watched(operator: Client, address: str) -> None:
    answer = operator.post("/add/", {"address": address[:-10] + "B0GONE0000"})
    assert "The page no longer exists" in _text(answer)
    assert _soup(answer).select_one("button[name=yes]") is None


def test_nonsense_is_refused_in_words(operator: Client) -> None:
    for text in ("", "\0", "ftp://x", HOSTILE):
        answer = operator.post("/add/", {"address": text})
        assert answer.status_code == 422
        assert "This is not the address of a product" in _text(answer)
        assert _soup(answer).find("img") is None


def test_a_hostile_page_is_harmless(operator: Client, monkeypatch: Any) -> None:
    offer = Offer(asin=None, title=HOSTILE)
    reading = PageReading(PageKind.PRODUCT, HOSTILE, offer, agreement=Agreement.DISAGREE, rivals=(1, 2))  # type: ignore[arg-type]
    shop = ShopFactory.build(name=HOSTILE)
    preview = Preview(shop, "B00EXAMPLE", None, "implausible", HOSTILE, reading)
    monkeypatch.setattr("dashboard.views.add.preview_product", lambda text: preview)
    answer = operator.post("/add/", {"address": "B00EXAMPLE"})
    assert _soup(answer).find("img") is None
    assert "The two readers disagree: 1 / 2" in _text(answer)


def test_in_spanish(operator: Client, address: str) -> None:
    answer = operator.post("/add/", {"address": address}, headers={"accept-language": "es"})
    assert "Vigilar este producto" in _text(answer)


def test_no_check_is_promised_where_none_is_made(operator: Client) -> None:
    order = {"address": "https://www.amazon.es/dp/B00EXAMPLE", "yes": "1"}
    text = _text(operator.post("/add/", order, follow=True))
    assert "Product added. It is not checked." in text
    assert text.count("OILWATCH_SCRAPE_AMAZON=true") == 2, "in the message, and in place of the price"
    assert "first check" not in text.lower()


@pytest.mark.parametrize(
    ("pasted", "spanish"),
    [
        ("", "La dirección está vacía"),
        ("hola", "hola no es una tienda de Amazon conocida"),
        ("https://www.amazon.es:81/dp/B00EXAMPLE", "Las direcciones de Amazon no llevan puerto: quite :81."),
        ("https://www.amazon.es/", "La dirección no es de ningún producto"),
        ("https://www.amazon.es/dp/B00EXAMPLE", "La lectura de Amazon está desactivada"),
    ],
)
def test_what_is_wrong_is_said_in_spanish(operator: Client, pasted: str, spanish: str) -> None:
    answer = operator.post("/add/", {"address": pasted}, headers={"accept-language": "es"})
    assert spanish in _text(answer)
    assert not _soup(answer).select("main [lang=en]")
