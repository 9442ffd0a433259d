"""The page on captures: keys shown once, revoked by their owner alone; the extension and the bookmark it offers."""

import io
import json
import zipfile
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from scraping.models import CaptureToken
from scraping.services.capture_tokens import MOST_TOKENS, create_token, find_token
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ProductFactory, ShopFactory, UserFactory

pytestmark = pytest.mark.django_db


def soup_of(answer):
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def test_a_key_is_shown_once_and_works(person):
    made = person.post("/capture/", {"name": "laptop"})
    key = soup_of(made).select_one("code.key").get_text()
    assert "no-store" in made.headers["Cache-Control"]
    assert find_token(key=key).name == "laptop"
    again = soup_of(person.get("/capture/"))
    assert not again.select_one("code.key")
    assert key not in again.get_text()
    assert "laptop" in again.get_text()


def test_a_person_sees_and_revokes_only_their_own(person):
    person.post("/capture/", {"name": "mine"})
    foreign, _ = create_token(user=UserFactory(), name="of somebody else")
    assert "somebody else" not in soup_of(person.get("/capture/")).get_text()
    own = CaptureToken.objects.get(name="mine")
    for token in (foreign, own):
        person.post(reverse("revoke_capture_token", args=[token.pk]))
    foreign.refresh_from_db()
    own.refresh_from_db()
    assert (foreign.revoked_at, bool(own.revoked_at)) == (None, True)
    assert "mine" not in soup_of(person.get("/capture/")).select_one("[aria-labelledby=keys]").get_text()


def test_nobody_collects_keys(person):
    for number in range(MOST_TOKENS + 1):
        answer = person.post("/capture/", {"name": str(number)})
    assert CaptureToken.objects.count() == MOST_TOKENS
    assert "maximum number of keys" in soup_of(answer).get_text()


def test_strangers_are_sent_to_the_login(client):
    for path in ("/capture/", "/capture/send/", "/capture/extension.zip"):
        assert client.get(path, headers={"host": "localhost"}).headers["Location"].startswith("/login/")


def test_the_bookmark_carries_no_key(person):
    person.post("/capture/", {"name": "laptop"})
    link = soup_of(person.get("/capture/")).select_one("a.bookmarklet")["href"]
    assert link.startswith("javascript:")
    script = unquote(link)
    assert 'o="http://localhost"' in script
    assert "owc_" not in script
    assert "postMessage({oilwatch:1,url:location.href" in script
    assert script.endswith("})()")


def test_only_the_window_of_the_bookmark_keeps_its_opener(person):
    assert person.get("/capture/send/").headers["Cross-Origin-Opener-Policy"] == "unsafe-none"
    assert person.get("/capture/").headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_the_extension_can_be_taken_along(person):
    packed = zipfile.ZipFile(io.BytesIO(person.get("/capture/extension.zip").content))
    manifest = json.loads(packed.read("manifest.json"))
    named = [
        *manifest["content_scripts"][0]["js"],
        *manifest["icons"].values(),
        manifest["background"]["service_worker"],
    ]
    assert {*named, "_locales/es/messages.json"} <= set(packed.namelist())
    assert manifest["permissions"] == ["storage"]


def test_every_text_of_the_extension_is_there_in_both_languages(person):
    packed = zipfile.ZipFile(io.BytesIO(person.get("/capture/extension.zip").content))
    english, spanish = (json.loads(packed.read(f"_locales/{code}/messages.json")) for code in ("en", "es"))
    assert english.keys() == spanish.keys()
    scripts = " ".join(
        packed.read(name).decode() for name in packed.namelist() if name.endswith((".js", ".html", "t.json"))
    )
    assert [name for name in english if f'"{name}"' not in scripts and f"__MSG_{name}__" not in scripts] == []


@pytest.fixture
def panel(client, settings):
    settings.OILWATCH_DEMO_SHOP_URL = "http://127.0.0.1:8101"
    _, key = create_token(user=UserFactory(), name="laptop")

    def ask(sku, language="en"):
        headers = {"authorization": f"Capture {key}", "accept-language": language, "host": "localhost"}
        return client.get(f"/api/captures/panel/?url=http://127.0.0.1:8101/dp/{sku}?x=y", headers=headers)

    return ask


def test_the_panel_says_what_the_products_page_says(panel, client):
    product = priced_product(sku="B0DEM00003")
    forecast_of(product)
    body = panel("B0DEM00003").json()
    page = soup_of(client.get(f"/products/{product.pk}/", headers={"host": "localhost"})).get_text()
    assert (body["watched"], body["product"], body["title"]) == (True, product.pk, product.title)
    assert " ".join(body["advice"]["text"].split()) in " ".join(page.split())
    assert body["now_text"] in page
    assert body["page"].endswith(f"/products/{product.pk}/")
    assert float(body["lowest"]) <= float(body["price_per_litre"])
    assert "€/l" in panel("B0DEM00003", "es").json()["now_text"]


def test_of_a_product_that_is_not_watched_the_panel_says_nothing(panel):
    ProductFactory(shop=ShopFactory(name="demo"), sku="B0DEM00003", watched=False)
    for sku in ("B0DEM00003", "B0DEM00004"):
        body = panel(sku).json()
        assert (body["watched"], body["may_add"], body["product"], body["advice"]) == (False, False, None, None)


def test_the_panel_is_for_those_with_a_key_and_for_known_shops(panel, client):
    assert client.get("/api/captures/panel/?url=x", headers={"host": "localhost"}).status_code == 401
    assert panel("nothing").status_code == 400
