"""Visits are written before they are made; two beats write them once."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import given
from hypothesis import strategies as st

from scraping.models import Product, Visit, VisitStatus
from scraping.services.order_visits import (
    cancel_open,
    cancel_run,
    latest_slot,
    order_due,
    order_scrape,
    reconcile_visits,
)
from scraping.services.watch_product import why_not_scraped
from tests.factories import ProductFactory, ShopFactory, VisitFactory

NOW = datetime(2026, 10, 25, 0, 59, 30, tzinfo=UTC)  # the night Madrid's clocks go back


@pytest.mark.django_db
def test_two_beats_order_once() -> None:
    ProductFactory.create_batch(3)
    assert order_due(now=NOW) == 3
    assert order_due(now=NOW) == 0
    assert order_due(now=NOW + timedelta(seconds=1)) in {0, 1, 2, 3}  # only those whose next slot just came
    assert Visit.objects.values("product", "due_at").distinct().count() == Visit.objects.count()


@pytest.mark.django_db
def test_more_shops_cost_no_more_queries() -> None:
    counts = []
    for shops in (1, 5):
        for _ in range(shops):
            ProductFactory(shop=ShopFactory())
        with CaptureQueriesContext(connection) as queries:
            order_due(now=NOW + timedelta(days=shops))
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.django_db
def test_the_unwatched_the_switched_off_and_the_imported_are_left_alone() -> None:
    ProductFactory(watched=False)
    ProductFactory(shop=ShopFactory(enabled=False))
    ProductFactory(shop=ShopFactory(imported=True))
    assert order_due(now=NOW) == 0


@pytest.mark.django_db
def test_imported_products_have_no_page_to_look_at() -> None:
    run = order_scrape(products=[ProductFactory(shop=ShopFactory(imported=True))], source="command", enqueue=False)
    assert run.visits.count() == 0


@pytest.mark.django_db
def test_what_nobody_took_is_rung_for_again_and_less_and_less_often() -> None:
    ProductFactory()
    order_due(now=NOW)
    waiting = Visit.objects.get()
    assert reconcile_visits(now=NOW) == 0
    soon = NOW + timedelta(seconds=31)
    assert reconcile_visits(now=soon) == 1
    assert reconcile_visits(now=soon) == 0
    waiting.refresh_from_db()
    assert waiting.dispatch_at >= soon + timedelta(seconds=30)


@pytest.mark.django_db
def test_the_silence_doubles_up_to_half_an_hour() -> None:
    product = ProductFactory()
    with time_machine.travel(NOW, tick=False):
        order_scrape(products=[product], source="command", enqueue=False)
    waiting, sent, silences = Visit.objects.get(), NOW, []
    for _ in range(9):
        silences.append((waiting.dispatch_at - sent).total_seconds())
        sent = waiting.dispatch_at
        assert reconcile_visits(now=sent - timedelta(seconds=1)) == 0
        assert reconcile_visits(now=sent) == 1
        waiting.refresh_from_db()
    assert silences == [30, 30, 60, 120, 240, 480, 960, 1800, 1800]


@given(st.integers(1, 10**6), st.integers(1, 10**6), st.integers(60, 10**6))
def test_slots_are_on_a_grid_and_never_in_the_future(product_id: int, later: int, every: int) -> None:
    step = timedelta(seconds=every)
    now = NOW + timedelta(seconds=later)
    slot = latest_slot(product_id, every=step, now=now)
    assert now - step < slot <= now
    assert latest_slot(product_id, every=step, now=slot) == slot
    assert latest_slot(product_id, every=step, now=slot + step) == slot + step


@pytest.mark.django_db
def test_cancelled_visits_were_never_made() -> None:
    queued, running = VisitFactory(), VisitFactory(status="running", lease_until=NOW, attempts=1)
    assert cancel_open(products=[queued.product, running.product]) == 2
    assert set(Visit.objects.values_list("status", flat=True)) == {VisitStatus.CANCELLED}
    assert not Visit.objects.held(running.pk, 1).exists(), "the worker's result comes too late"
    assert not Visit.objects.made().exists()


@pytest.mark.django_db
def test_a_cancelled_run_ends_what_nobody_has_begun() -> None:
    run = order_scrape(products=[ProductFactory(), ProductFactory()], source="command", enqueue=False)
    Visit.objects.claim(run.visits.values_list("pk", flat=True)[0], now=NOW, lease=timedelta(minutes=1))
    assert cancel_run(run_id=run.pk) == 1
    assert sorted(run.visits.values_list("status", flat=True)) == [VisitStatus.CANCELLED, VisitStatus.RUNNING]


@pytest.mark.django_db
@pytest.mark.parametrize("watched", [True, False])
@pytest.mark.parametrize(
    "shop",
    [{}, {"enabled": False}, {"imported": True}, {"adapter": "amazon"}],
    ids=["open", "disabled", "import", "amazon switched off"],
)
def test_what_is_scrapable_is_what_is_not_refused(shop: dict[str, Any], watched: bool) -> None:
    product = ProductFactory(shop=ShopFactory(**shop), watched=watched)
    assert Product.objects.scrapable().exists() == (why_not_scraped(product) is None)
    assert bool(order_due(now=NOW)) == Product.objects.scrapable().exists()
