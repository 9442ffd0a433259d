"""The operator sees which rules read the pages, and which one stopped."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from scraping.models import Product
from scraping.selector_health import AGREEMENT, DAYS, NOT_READ, NOTHING_TO_READ, FieldHealth, selector_health
from tests.factories import ProductFactory, UserFactory, VisitFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 20, 15, tzinfo=UTC)


def visit_of(product: Product, days_ago: int, rule: str | None, *, state: str = "in_stock", **changes: Any) -> None:
    at = NOW - timedelta(days=days_ago)
    rules = {"state": "words", **({"price": rule} if rule else {})}
    offer = {"offer": {"state": state}, "rules": rules, "agreement": "agree" if rule else "none"}
    visit_at = {"due_at": at - timedelta(seconds=product.visits.count()), "dispatch_at": at, "finished_at": at}
    VisitFactory(**{"product": product, "status": "ok", "offer": offer, **visit_at, **changes})


def health(shop: str, field: str) -> FieldHealth:
    return next(each for each in selector_health(now=NOW) if (each.shop, each.field) == (shop, field))


def shares(shop: str, field: str) -> dict[str, int]:
    return {row.rule: round(100 * row.share) for row in health(shop, field).rules}


def test_it_works() -> None:
    product = ProductFactory(shop__name="demo")
    for days_ago in range(4):
        visit_of(product, days_ago, "first rule")
    visit_of(product, 0, "second rule")
    assert shares("demo", "price") == {"first rule": 80, "second rule": 20}
    today = [row.shares[-1] for row in health("demo", "price").rules]
    assert today == [0.5, 0.5]
    assert health("demo", "price").rules[0].counts == (0,) * (DAYS - 4) + (1, 1, 1, 1)
    assert health("demo", "price").rules[0].percents[:1] == [""]
    assert shares("demo", AGREEMENT) == {"agree": 100}


def test_a_page_without_a_price_to_read_is_no_failure_of_a_rule() -> None:
    product = ProductFactory(shop__name="demo")
    visit_of(product, 0, None, state="unavailable")
    visit_of(product, 0, None)
    visit_of(product, 0, None, status="unreadable", offer=None)
    for _ in range(2):  # no product page: does not count
        visit_of(product, 0, None, status="blocked", offer=None)
    assert shares("demo", "price") == {NOT_READ: 67, NOTHING_TO_READ: 33}
    assert health("demo", "price").visits == 3


def test_readers_that_disagree_are_shown() -> None:
    product = ProductFactory(shop__name="demo")
    for agreement in ("agree", "agree", "single", "disagree"):
        visit_of(product, 1, "a", offer={"offer": {}, "rules": {}, "agreement": agreement})
    assert shares("demo", AGREEMENT) == {"agree": 50, "disagree": 25, "single": 25}


def test_a_rule_that_lost_its_place_is_named() -> None:
    product = ProductFactory(shop__name="demo")
    for days_ago in range(10):
        visit_of(product, days_ago, "steady")
        visit_of(product, days_ago, "old layout" if days_ago else None)
    fell = {row.rule: row.fell for row in health("demo", "price").rules}
    assert fell == {"steady": False, "old layout": True, NOT_READ: False}


def test_shops_are_apart_and_only_two_weeks_count() -> None:
    visit_of(ProductFactory(shop__name="one"), 0, "a")
    visit_of(ProductFactory(shop__name="two"), DAYS - 1, "b")
    visit_of(ProductFactory(shop__name="three"), DAYS, "c")
    assert {each.shop for each in selector_health(now=NOW)} == {"one", "two"}


def test_one_query_whatever_the_number_of_shops() -> None:
    for number in range(5):
        visit_of(ProductFactory(shop__name=f"shop {number}"), number, f"rule {number}")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        selector_health(now=NOW)
    assert len(queries) == 1


def test_the_page_is_linked_from_the_visits_and_for_staff_alone() -> None:
    product = ProductFactory(shop__name="demo")
    now = timezone.now()
    offer = {"offer": {}, "rules": {"price": "<img src=x onerror=alert(1)>"}, "agreement": "agree"}
    VisitFactory(product=product, status="ok", offer=offer, due_at=now, dispatch_at=now, finished_at=now)
    address = reverse("admin:scraping_visit_selectors")
    operator = Client()
    operator.force_login(UserFactory(staff=True), backend="django.contrib.auth.backends.ModelBackend")
    assert address in operator.get(reverse("admin:scraping_visit_changelist")).content.decode()
    page = operator.get(address).content.decode()
    assert "<code>price</code>: 1 check</caption>" in page
    assert "&lt;img" in page
    assert "<img src=x" not in page
    stranger = Client()
    assert stranger.get(address).status_code == 302
    clerk = UserFactory(is_staff=True)
    stranger.force_login(clerk, backend="django.contrib.auth.backends.ModelBackend")
    assert stranger.get(address).status_code == 403


def test_an_empty_house_says_so() -> None:
    operator = Client()
    operator.force_login(UserFactory(staff=True), backend="django.contrib.auth.backends.ModelBackend")
    assert "No product page was read" in operator.get(reverse("admin:scraping_visit_selectors")).content.decode()
