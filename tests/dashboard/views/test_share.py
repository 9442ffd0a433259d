"""Pictures of shared links, the web manifest and the chart for other people's pages."""

import io

import pytest
from bs4 import BeautifulSoup
from django.templatetags.static import static
from PIL import Image

from scraping.models import Adapter
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ProductFactory, ShopFactory

pytestmark = pytest.mark.django_db


def _meta(client, path, **headers):
    soup = BeautifulSoup(client.get(path, headers=headers).content, "lxml")
    return {tag["property"]: tag["content"] for tag in soup.select("meta[property^='og:']")}


def test_a_product_s_link_carries_its_advice_and_a_picture(client):
    product = priced_product(price="40", days=60)
    forecast_of(product)
    meta = _meta(client, f"/products/{product.pk}/")
    assert meta["og:title"] == product.title
    assert meta["og:image"] == f"http://testserver/en/products/{product.pk}/share.png"
    page = BeautifulSoup(client.get(f"/products/{product.pk}/").content, "lxml")
    assert meta["og:description"] == page.select_one("#advice").text
    response = client.get(meta["og:image"].removeprefix("http://testserver"))
    assert response["Content-Type"] == "image/png"
    with Image.open(io.BytesIO(response.content)) as picture:
        assert picture.size == (1200, 630)
        assert picture.format == "PNG"


def test_the_picture_says_what_the_reader_s_language_says_and_a_new_price_makes_a_new_one(client):
    product = priced_product(price="40", days=60)
    path = f"/products/{product.pk}/share.png"
    first = client.get(path)
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
    spanish = client.get(path, headers={"accept-language": "es"})
    assert spanish["ETag"] != first["ETag"]
    assert "Accept-Language" in spanish["Vary"]
    product.latest_spell.price = 35
    product.latest_spell.save()
    assert client.get(path)["ETag"] != first["ETag"]


@pytest.mark.parametrize(
    "product",
    [
        lambda: ProductFactory(title="Ελαιόλαδο Žižek " + "w" * 300),
        lambda: priced_product(litres=None, title="<b>" * 150),
        lambda: priced_product(shop=ShopFactory(adapter=Adapter.DEMO)),
    ],
    ids=["never priced", "no volume", "simulated"],
)
def test_every_product_has_a_picture(client, product):
    assert client.get(f"/products/{product().pk}/share.png").status_code == 200


def test_an_unknown_product_has_none(client):
    assert client.get("/products/1/share.png").status_code == 404
    assert client.get("/share.png").status_code == 404, "no price, no index"


def test_the_market_s_picture_is_the_index(client):
    for price in ("40", "45", "50"):
        priced_product(price=price, days=60)
    meta = _meta(client, "/accuracy/")
    assert meta["og:image"] == "http://testserver/en/share.png"
    assert client.get("/share.png")["Content-Type"] == "image/png"


def test_the_manifest_names_icons_that_are_there(client):
    page = BeautifulSoup(client.get("/accuracy/").content, "lxml")
    manifest = client.get(page.select_one("link[rel=manifest]")["href"])
    assert manifest["Content-Type"] == "application/manifest+json"
    values = manifest.json()
    assert (values["start_url"], values["display"], values["lang"]) == ("/", "minimal-ui", "en")
    assert {icon["purpose"] for icon in values["icons"]} == {"any", "maskable"}
    for icon in values["icons"]:
        name = icon["src"].removeprefix(static(""))
        with Image.open(f"dashboard/static/{name}") as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
    assert (
        client.get("/site.webmanifest", headers={"accept-language": "es"})
        .json()["name"]
        .startswith("oilwatch: precios")
    )


def test_any_site_may_frame_the_embedded_chart_and_no_other_page(client):
    product = priced_product(price="40", days=60)
    page = client.get(f"/products/{product.pk}/")
    assert page["X-Frame-Options"] == "DENY"
    code = BeautifulSoup(page.content, "lxml").select_one("#embed-code").text
    address = BeautifulSoup(code, "lxml").iframe["src"]
    assert address == f"http://testserver/products/{product.pk}/embed/"
    framed = client.get(address.removeprefix("http://testserver"))
    assert "X-Frame-Options" not in framed
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    assert "script-src 'self'" in framed["Content-Security-Policy"]
    soup = BeautifulSoup(framed.content, "lxml")
    assert soup.select_one(".timeline .line-price")
    assert soup.select_one("a[target=_blank]")["href"] == f"/products/{product.pk}/"
    assert not framed.cookies
    assert client.get("/products/999999/embed/").status_code == 404
