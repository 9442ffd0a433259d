"""Previews of many addresses and of searches: rows first, made at the shop's pace, each watched by itself."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from scraping.client.errors import FetchFailed, NotNow
from scraping.demo.catalogue import PRODUCTS
from scraping.demo.server import DemoShopServer
from scraping.errors import UnknownAddress
from scraping.models import PreviewList, PreviewRow, Product, SavedSearch, ScrapeRun, Visit
from scraping.services import preview_lists
from scraping.services.preview_lists import (
    NothingPasted,
    TooManyAddresses,
    forget_preview_lists,
    make_preview,
    order_search,
    paste_previews,
    reconcile_previews,
    searchable_shops,
    watch_rows,
)
from tests.factories import ProductFactory, ShopFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def shop(demo_server: DemoShopServer) -> Any:
    return ShopFactory(name="demo", delivery_place="28008")


def made(listed: PreviewList) -> list[PreviewRow]:
    for row in listed.rows.all():
        make_preview(row_id=row.pk)
    return list(listed.rows.order_by("position"))


def address(server: DemoShopServer, place: int) -> str:
    return f"{server.url}/dp/{PRODUCTS[place].asin}"


def test_each_address_becomes_a_preview_and_nothing_else(shop: Any, demo_server: DemoShopServer) -> None:
    listed = paste_previews(text="\n".join(address(demo_server, place) for place in range(3)), user=UserFactory())
    assert [row.status for row in listed.rows.all()] == ["queued"] * 3
    rows = made(listed)
    assert [(row.outcome, row.sku, row.title) for row in rows] == [
        ("ok", product.asin, product.title) for product in PRODUCTS[:3]
    ]
    assert all(row.price and row.litres and row.currency == "EUR" for row in rows)
    assert not Product.objects.exists()
    assert not Visit.objects.exists()


def test_watched_refused_and_doubled_ones_are_not_asked_for(shop: Any, demo_server: DemoShopServer) -> None:
    watched = ProductFactory(shop=shop, sku=PRODUCTS[0].asin, title="Known")
    text = (
        f"{address(demo_server, 0)}\n{address(demo_server, 1)}\n{address(demo_server, 1)}?ref=x\nhttps://example.org/x"
    )
    rows = list(paste_previews(text=text, user=UserFactory()).rows.order_by("position"))
    assert [(row.status, row.outcome) for row in rows] == [("done", "ok"), ("queued", ""), ("done", "refused")]
    assert (rows[0].product, rows[0].title) == (watched, "Known")
    assert (rows[2].reason, rows[2].detail["text"]) == ("unknown_host", "example.org")


def test_a_short_link_is_asked_by_the_worker(shop: Any, monkeypatch: Any, settings: Any) -> None:
    listed = paste_previews(text="https://amzn.eu/d/0aBcDeF", user=UserFactory())
    assert listed.rows.get().status == "queued"
    monkeypatch.setattr(
        "scraping.services.watch_product.follow_short_link", lambda _text: "https://www.amazon.es/dp/B0OLIVA001"
    )
    row = made(listed)[0]
    assert (row.shop_name, row.sku, row.outcome) == ("amazon.es", "B0OLIVA001", "forbidden")
    assert row.address.startswith("https://www.amazon.es/dp/B0OLIVA001")


def test_there_is_an_end_to_it() -> None:
    with pytest.raises(NothingPasted):
        paste_previews(text="only some words", user=UserFactory())
    with pytest.raises(TooManyAddresses):
        paste_previews(text="\n".join(f"B0OLIVA{number:03}" for number in range(51)), user=UserFactory())
    assert not PreviewList.objects.exists()


def test_what_must_wait_goes_back_into_the_queue(shop: Any, demo_server: DemoShopServer, monkeypatch: Any) -> None:
    listed = paste_previews(text=address(demo_server, 0), user=UserFactory())

    def wait(seconds: float) -> Any:
        def refuse(**_values: Any) -> Any:
            raise NotNow(seconds, "waiting for the rate limit")

        return refuse

    with monkeypatch.context() as patched:
        patched.setattr("scraping.services.preview_product.fetch_page", wait(20))
        for _ in range(9):
            row = made(listed)[0]
    assert (row.status, row.attempts, row.reason) == ("queued", 0, "waiting for the rate limit")
    with monkeypatch.context() as patched:
        patched.setattr("scraping.services.preview_product.fetch_page", wait(7200))
        assert made(listed)[0].outcome == "later"


def test_a_preview_nobody_made_is_sent_again_and_given_up_in_the_end(shop: Any, demo_server: DemoShopServer) -> None:
    listed = paste_previews(text=address(demo_server, 0), user=UserFactory())
    later = timezone.now() + timedelta(hours=1)
    assert reconcile_previews(now=timezone.now()) == 0
    assert reconcile_previews(now=later) == 1
    listed.rows.update(status="running", attempts=5, lease_until=timezone.now())
    assert reconcile_previews(now=later) == 0
    assert (listed.rows.get().status, listed.rows.get().outcome) == ("dead", "dead")
    assert make_preview(row_id=listed.rows.get().pk) is None


def test_two_workers_make_one_preview(shop: Any, demo_server: DemoShopServer, monkeypatch: Any) -> None:
    listed = paste_previews(text=address(demo_server, 0), user=UserFactory())
    row, real = listed.rows.get(), preview_lists.preview_product

    def meanwhile(**values: Any) -> Any:
        assert make_preview(row_id=row.pk) is None
        return real(**values)

    monkeypatch.setattr(preview_lists, "preview_product", meanwhile)
    assert make_preview(row_id=row.pk) == "ok"
    row.refresh_from_db()
    assert row.attempts == 1


def test_the_chosen_are_watched_and_one_that_fails_stops_none(
    shop: Any, demo_server: DemoShopServer, monkeypatch: Any
) -> None:
    text = "\n".join(address(demo_server, place) for place in range(3))
    listed = paste_previews(text=f"{text}\n{demo_server.url}/dp/B0GONE0000", user=UserFactory())
    rows = made(listed)
    assert rows[3].outcome == "gone"
    real = preview_lists.watch_address

    def watch(*, text: str) -> Product:
        if PRODUCTS[1].asin in text:
            return real(text="ftp://x")
        return real(text=text)

    monkeypatch.setattr(preview_lists, "watch_address", watch)
    watched = watch_rows(preview_list=listed, row_ids=[row.pk for row in rows], requested_by="anna")
    assert (watched.new, watched.failed) == (2, 1)
    assert set(Product.objects.values_list("sku", "title", "watched")) == {
        (product.asin, product.title, True) for product in (PRODUCTS[0], PRODUCTS[2])
    }
    assert (ScrapeRun.objects.get().requested_by, Visit.objects.count()) == ("anna", 2)
    again = watch_rows(preview_list=listed, row_ids=[row.pk for row in rows], requested_by="anna")
    assert (again.new, Product.objects.count()) == (0, 2)


def test_another_lists_rows_are_not_watched(shop: Any, demo_server: DemoShopServer) -> None:
    mine, other = (paste_previews(text=address(demo_server, place), user=UserFactory()) for place in (0, 1))
    ids = [row.pk for row in made(other)]
    assert watch_rows(preview_list=mine, row_ids=ids, requested_by="anna").new == 0


def test_a_search_becomes_rows(shop: Any, demo_server: DemoShopServer) -> None:
    listed = order_search(shop=shop, words="  aceite   de oliva ", user=UserFactory(), repeat=True)
    assert SavedSearch.objects.get().words == "aceite de oliva"
    ProductFactory(shop=shop, sku=PRODUCTS[0].asin)
    rows = made(listed)
    search, results = rows[0], rows[1:]
    assert (search.kind, search.outcome) == ("search", "ok")
    assert results
    assert {row.outcome for row in results} == {"listed"}
    assert all(row.title and row.grade and row.address for row in results)
    assert any(row.price and row.litres for row in results)
    assert not Product.objects.exclude(sku=PRODUCTS[0].asin).exists()
    new = next(row for row in results if row.product is None)
    assert watch_rows(preview_list=listed, row_ids=[new.pk], requested_by="anna").new == 1
    product = Product.objects.get(sku=new.sku)
    assert (product.title, product.grade, product.litres) == (new.title, new.grade, new.litres)


@pytest.mark.parametrize("error", [FetchFailed("no route"), NotNow(7200, "left alone")])
def test_a_search_that_fails_says_so(shop: Any, monkeypatch: Any, error: Exception) -> None:
    def fail(*_values: Any) -> Any:
        raise error

    monkeypatch.setattr(preview_lists, "read_results", fail)
    listed = order_search(shop=shop, words="aceite", user=UserFactory())
    assert made(listed)[0].outcome == ("not_read" if isinstance(error, FetchFailed) else "later")


def test_shops_that_may_not_be_read_are_not_searched(shop: Any, settings: Any) -> None:
    amazon = ShopFactory(name="amazon.es", adapter="amazon")
    ShopFactory(imported=True)
    ShopFactory(enabled=False)
    settings.OILWATCH_SCRAPE_AMAZON = False
    assert searchable_shops() == [shop]
    settings.OILWATCH_SCRAPE_AMAZON = True
    assert set(searchable_shops()) == {shop, amazon}


def test_old_lists_are_removed(shop: Any, demo_server: DemoShopServer) -> None:
    paste_previews(text=address(demo_server, 0), user=UserFactory())
    assert forget_preview_lists(now=timezone.now()) == 0
    assert forget_preview_lists(now=timezone.now() + timedelta(days=8)) == 1


def test_the_error_of_a_row_is_the_one_of_its_address() -> None:
    row = paste_previews(text="https://www.amazon.es/gp/help", user=UserFactory()).rows.get()
    assert (row.outcome, row.reason) == ("refused", "no_product")
    with pytest.raises(UnknownAddress):
        preview_lists.watch_address(text=row.text)
