"""Saved searches find new products; the operator says yes, unless the shop does."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from scraping.demo.server import DemoShopServer
from scraping.models import Product, Proposal, SavedSearch
from scraping.services.discover import discover, order_searches
from scraping.services.seed_demo import remove_demo, seed_demo
from scraping.services.watch_product import accept_proposals, decline_proposals
from tests.factories import ShopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def search(demo_server: DemoShopServer) -> SavedSearch:
    shop = ShopFactory(name="demo", accepts_discoveries=False)
    return SavedSearch.objects.create(shop=shop, words="aceite de oliva", pages=1)


def test_what_is_found_waits_for_a_yes(search: SavedSearch) -> None:
    result = discover(search_id=search.pk)
    assert result.new == Product.objects.count() > 5
    assert set(Product.objects.values_list("proposal", "watched")) == {(Proposal.WAITING, False)}
    assert discover(search_id=search.pk).new == 0
    search.refresh_from_db()
    assert search.last_outcome.startswith("0 new of")


def test_yes_watches_and_no_is_not_asked_again(search: SavedSearch) -> None:
    discover(search_id=search.pk)
    first, *others = Product.objects.all()
    assert accept_proposals(products=Product.objects.filter(pk=first.pk)) == 1
    assert decline_proposals(products=Product.objects.exclude(pk=first.pk)) == len(others)
    discover(search_id=search.pk)
    assert Product.objects.filter(watched=True).get() == first
    assert not Product.objects.filter(proposal=Proposal.WAITING).exists()


def test_a_shop_that_takes_everything_is_not_asked(search: SavedSearch) -> None:
    search.shop.accepts_discoveries = True
    search.shop.save()
    discover(search_id=search.pk)
    assert not Product.objects.filter(watched=False).exists()


def test_two_beats_ring_once(search: SavedSearch) -> None:
    now = timezone.now()
    assert [order_searches(now=now), order_searches(now=now)] == [1, 0]
    assert order_searches(now=now + search.every) == 1


def test_a_captcha_finds_nothing_and_is_tried_again_soon(
    search: SavedSearch, demo_server: DemoShopServer, monkeypatch: Any
) -> None:
    from scraping.demo import refusals, server

    monkeypatch.setattr(server, "search_page", lambda *_args, **_kwargs: refusals.CLASSIC_CAPTCHA)
    result = discover(search_id=search.pk)
    assert (result.new, "blocked" in result.outcome) == (0, True)
    search.refresh_from_db()
    assert search.next_at <= timezone.now() + timedelta(hours=1)


def test_amazon_is_not_searched_unless_the_operator_says_so() -> None:
    search = SavedSearch.objects.create(shop=ShopFactory(name="amazon.es", adapter="amazon"), words="aceite")
    assert "OILWATCH_SCRAPE_AMAZON" in discover(search_id=search.pk).outcome


def test_the_demo_shop_comes_and_goes(demo_server: DemoShopServer) -> None:
    run = seed_demo()
    assert run.visits.count() == Product.objects.count() == 60
    assert Product.objects.filter(latest_spell__isnull=False).count() > 50
    assert remove_demo() == 60
    assert not Product.objects.exists()
