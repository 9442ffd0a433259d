"""Paste many addresses, search a shop: a preview of each, one button to watch those that are ticked."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from scraping.demo.catalogue import PRODUCTS
from scraping.demo.server import DemoShopServer
from scraping.models import PreviewList, PreviewRow, Product, SavedSearch
from scraping.services.preview_lists import make_preview
from tests.factories import ShopFactory, UserFactory

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def shop(demo_server: DemoShopServer) -> Any:
    return ShopFactory(name="demo", delivery_place="28008")


def _soup(answer: Any) -> BeautifulSoup:
    return BeautifulSoup(answer.content, "lxml")


def _text(answer: Any) -> str:
    return " ".join(_soup(answer).get_text(" ").split())


def work() -> None:
    for row in PreviewRow.objects.filter(status="queued"):
        make_preview(row_id=row.pk)


def pasted(client: Client, text: str) -> str:
    return str(client.post("/add/list/", {"addresses": text}).headers["Location"])


def test_from_the_paste_to_the_products(operator: Client, shop: Any, demo_server: DemoShopServer) -> None:
    lines = [f"{demo_server.url}/dp/{product.asin}" for product in PRODUCTS[:3]]
    path = pasted(operator, "\n".join([*lines, f"{demo_server.url}/dp/B0GONE0000", "ftp://x", "some idle words"]))
    waiting = operator.get(path)
    assert "1 of 5 read, at the pace of the shops." in _text(waiting)
    assert "no-store" in waiting.headers["Cache-Control"]
    work()
    page = operator.get(path)
    text = _text(page)
    assert "All are read. Nothing is watched until you confirm." in text
    assert PRODUCTS[0].title in text
    assert len(_soup(page).select("#previews .tag-simulated")) == 4
    assert "the page no longer exists" in text
    assert "Only http and https addresses are read, not ftp:." in text
    ticked = [str(box["value"]) for box in _soup(page).select("input[name=row][checked]")]
    assert len(ticked) == 3
    assert len(_soup(page).select("input[name=row]")) == 3, "what makes no sense to watch cannot be ticked"
    assert not Product.objects.exists()
    done = operator.post(f"{path}watch/", {"row": ticked}, follow=True)
    assert "3 products added." in _text(done)
    assert Product.objects.filter(watched=True).count() == 3
    assert len(_soup(done).select("#previews a")) == 3
    assert "Nothing was selected." in _text(operator.post(f"{path}watch/", {"row": ["x"]}, follow=True))


def test_what_is_wrong_with_a_paste_keeps_it(operator: Client) -> None:
    answer = operator.post("/add/list/", {"addresses": f"only {HOSTILE} words"})
    assert answer.status_code == 422
    assert "There is no address or ASIN in this text." in _text(answer)
    assert _soup(answer).select_one("#addresses").get_text() == f"only {HOSTILE} words"
    many = operator.post("/add/list/", {"addresses": "\n".join(f"B0OLIVA{number:03}" for number in range(51))})
    assert "These are 51 addresses; 50 can be read at once." in _text(many)
    assert not PreviewList.objects.exists()


def test_amazon_switched_off_is_said_once_and_may_be_watched_all_the_same(operator: Client) -> None:
    path = pasted(operator, "https://www.amazon.es/dp/B0OLIVA001")
    work()
    page = operator.get(path)
    assert "OILWATCH_SCRAPE_AMAZON=true" in _text(page)
    box = _soup(page).select_one("input[name=row]")
    assert box is not None
    assert not box.has_attr("checked")
    operator.post(f"{path}watch/", {"row": [str(box["value"])]})
    assert Product.objects.get().shop.name == "amazon.es"


def test_search_tick_watch(operator: Client, shop: Any) -> None:
    answer = operator.post("/add/search/", {"words": " aceite de oliva ", "shop": str(shop.pk), "repeat": "on"})
    path = str(answer.headers["Location"])
    assert "The shop is being searched." in _text(operator.get(path))
    assert SavedSearch.objects.get().words == "aceite de oliva"
    work()
    page = operator.get(path)
    assert "oils found. The prices are those of the search page." in _text(page)
    boxes = _soup(page).select("input[name=row]")
    assert boxes
    assert not _soup(page).select("input[name=row][checked]"), "of a search each is chosen"
    assert _soup(page).select("#previews svg.bottle")
    operator.post(f"{path}watch/", {"row": [str(boxes[0]["value"])]})
    assert Product.objects.get().watched


@pytest.mark.parametrize(
    ("fields", "reason"), [({"words": " "}, "at least one word"), ({"words": "x"}, "Choose a shop.")]
)
def test_a_search_for_nothing(operator: Client, shop: Any, fields: dict[str, str], reason: str) -> None:
    answer = operator.post("/add/search/", fields)
    assert (answer.status_code, reason in _text(answer)) == (422, True)
    assert not PreviewList.objects.exists()


def test_nobody_elses_list(operator: Client, person: Client, shop: Any) -> None:
    listed = PreviewList.objects.create(user=UserFactory())
    assert operator.get(f"/add/lists/{listed.pk}/").status_code == 404
    assert operator.post(f"/add/lists/{listed.pk}/watch/").status_code == 404
    for path in ("/add/list/", "/add/search/"):
        assert person.post(path, {"addresses": "B0OLIVA001"}).status_code == 403


def test_strangers_titles_are_harmless_and_the_queries_few(operator: Client) -> None:
    user = UserFactory._meta.model.objects.get()
    counts = []
    for size in (2, 20):
        listed = PreviewList.objects.create(user=user)
        for position in range(size):
            PreviewRow.objects.create(
                preview_list=listed,
                position=position,
                text=HOSTILE,
                title=HOSTILE,
                outcome="ok",
                status="done",
                dispatch_at=listed.created_at,
                finished_at=listed.created_at,
            )
        with CaptureQueriesContext(connection) as queries:
            page = operator.get(f"/add/lists/{listed.pk}/")
        counts.append(len(queries))
        assert _soup(page).find("img") is None
    assert counts[0] == counts[1] <= 5


def test_the_demos_address_is_the_example(operator: Client, shop: Any, demo_server: DemoShopServer) -> None:
    field = _soup(operator.get("/add/")).select_one("#address")
    assert field is not None
    assert str(field["placeholder"]).startswith(f"{demo_server.url}/dp/")


def test_without_a_shop_to_read_the_setting_is_named(operator: Client) -> None:
    text = _text(operator.get("/add/"))
    assert "There is no shop that this server may search." in text
    assert "OILWATCH_SCRAPE_AMAZON=true" in text
