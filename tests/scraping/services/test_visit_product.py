"""Every fault of the shop ends in its named outcome, and none of them in a price."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from redis.exceptions import RedisError

from scraping.client import circuit_breaker
from scraping.demo.catalogue import PRODUCTS
from scraping.demo.misbehaviour import Mode
from scraping.demo.server import DemoShopServer
from scraping.models import PriceSpell, Product, Shop, Visit, VisitStatus
from scraping.services.order_visits import order_scrape, reconcile_visits
from scraping.services.visit_product import visit
from tests.factories import ProductFactory, ShopFactory

pytestmark = pytest.mark.django_db
ASIN = PRODUCTS[2].asin


@pytest.fixture
def product(demo_server: DemoShopServer) -> Product:
    shop = ShopFactory(name="demo", delivery_place="28008")
    return ProductFactory(shop=shop, sku=ASIN, title="", litres=None, grade="other")


def make_visit(product: Product) -> Visit:
    run = order_scrape(products=[product], source="command", enqueue=False)
    made = run.visits.get()
    visit(visit_id=made.pk)
    made.refresh_from_db()
    return made


def test_it_works(product: Product) -> None:
    made = make_visit(product)
    assert (made.status, made.reason != "dead") == (VisitStatus.OK, True)
    product.refresh_from_db()
    spell = PriceSpell.objects.get()
    assert product.latest_spell == spell
    assert product.title == PRODUCTS[2].title
    assert product.litres == spell.litres == PRODUCTS[2].litres
    assert made.offer["agreement"] == "agree"
    assert made.http_status == 200
    assert made.page_bytes


@pytest.mark.parametrize(
    ("mode", "outcome"),
    [
        (Mode.CAPTCHA, VisitStatus.BLOCKED),
        (Mode.SOFT_CAPTCHA, VisitStatus.BLOCKED),
        (Mode.WAF, VisitStatus.BLOCKED),
        (Mode.ERROR_503, VisitStatus.UNREACHABLE),
        (Mode.DOGS_500, VisitStatus.UNREACHABLE),
        (Mode.NOT_FOUND, VisitStatus.GONE),
        (Mode.HOME_PAGE, VisitStatus.WRONG_PRODUCT),
        (Mode.SLOW_BODY, VisitStatus.UNREACHABLE),
        (Mode.HUGE_PAGE, VisitStatus.UNREACHABLE),
        (Mode.GZIP_BOMB, VisitStatus.UNREACHABLE),
        (Mode.REDIRECT_LOOP, VisitStatus.UNREACHABLE),
        (Mode.REDIRECT_TO_PRIVATE, VisitStatus.FORBIDDEN),
        (Mode.WRONG_CONTENT_TYPE, VisitStatus.UNREADABLE),
        (Mode.HANG, VisitStatus.UNREACHABLE),
        (Mode.RESET, VisitStatus.UNREACHABLE),
        (Mode.WRONG_LOCATION, VisitStatus.WRONG_LOCATION),
        (Mode.OTHER_ASIN, VisitStatus.WRONG_PRODUCT),
        (Mode.OTHER_PRODUCT, VisitStatus.WRONG_PRODUCT),
        (Mode.OTHER_CURRENCY, VisitStatus.WRONG_LOCATION),
        (Mode.CHANGED_LAYOUT, VisitStatus.UNREADABLE),
        (Mode.PRICE_DROP_90, VisitStatus.IMPLAUSIBLE),
        (Mode.DECIMAL_SLIP, VisitStatus.IMPLAUSIBLE),
    ],
)
def test_a_fault_has_its_outcome_and_no_price(
    product: Product, demo_server: DemoShopServer, settings: Any, mode: Mode, outcome: VisitStatus
) -> None:
    assert make_visit(product).status == VisitStatus.OK
    settings.OILWATCH_PAGE_SECONDS = 1.0
    spells = list(PriceSpell.objects.values())
    demo_server.switchboard.switch(ASIN, mode)
    made = make_visit(product)
    assert (made.status, made.reason) == (outcome, made.reason)
    assert made.reason
    assert list(PriceSpell.objects.values()) == spells


@pytest.mark.parametrize("mode", [Mode.USED_ONLY, Mode.NO_FEATURED_OFFER, Mode.SELECT_VARIATION])
def test_a_state_without_a_price_is_recorded_as_such(product: Product, demo_server: DemoShopServer, mode: Mode) -> None:
    demo_server.switchboard.switch(ASIN, mode)
    assert make_visit(product).status == VisitStatus.OK
    spell = PriceSpell.objects.get()
    assert (spell.state, spell.price) == (mode.value, None)


def test_after_three_captchas_the_host_is_left_alone(product: Product, demo_server: DemoShopServer) -> None:
    demo_server.switchboard.switch(ASIN, Mode.CAPTCHA)
    for _ in range(3):
        assert make_visit(product).status == VisitStatus.BLOCKED
    requested = demo_server.requests[ASIN]
    fourth = make_visit(product)
    assert fourth.status == VisitStatus.QUEUED
    assert "is paused for" in fourth.reason
    assert fourth.attempts == 0
    assert demo_server.requests[ASIN] == requested
    host = demo_server.url.removeprefix("http://")
    assert circuit_breaker.state(host).open_until > timezone.now().timestamp()


def test_robots_txt_is_obeyed(product: Product, demo_server: DemoShopServer, monkeypatch: Any) -> None:
    from django.core.cache import cache

    monkeypatch.setattr(
        "scraping.demo.server.ROBOTS", "User-agent: Scrapy\nDisallow: /\n\nUser-agent: *\nDisallow: /x\n"
    )
    assert make_visit(product).status == VisitStatus.OK
    cache.clear()
    monkeypatch.setattr("scraping.demo.server.ROBOTS", "User-agent: oilwatch\nDisallow: /dp/\n")
    assert make_visit(product).status == VisitStatus.FORBIDDEN


def test_amazon_is_not_asked_unless_the_operator_says_so() -> None:
    shop = ShopFactory(name="amazon.es", adapter="amazon")
    made = make_visit(ProductFactory(shop=shop, sku="B000000001"))
    assert made.status == VisitStatus.FORBIDDEN
    assert "OILWATCH_SCRAPE_AMAZON=true" in made.reason


def test_a_claimed_visit_is_nobody_elses(product: Product, demo_server: DemoShopServer) -> None:
    run = order_scrape(products=[product], source="command", enqueue=False)
    waiting = run.visits.get()
    now = timezone.now()
    assert Visit.objects.claim(waiting.pk, now=now, lease=timedelta(seconds=60)) == 1
    assert visit(visit_id=waiting.pk) is None
    assert demo_server.requests[ASIN] == 0


def test_a_result_after_the_lease_was_lost_is_not_written(
    product: Product, demo_server: DemoShopServer, monkeypatch: Any
) -> None:
    run = order_scrape(products=[product], source="command", enqueue=False)
    waiting = run.visits.get()

    def meanwhile(**_named: Any) -> None:
        late = timezone.now() + timedelta(seconds=120)
        assert Visit.objects.claim(waiting.pk, now=late, lease=timedelta(seconds=60)) == 2

    monkeypatch.setattr("scraping.services.visit_product.report_to_circuit", meanwhile)
    assert visit(visit_id=waiting.pk) is None
    assert not PriceSpell.objects.exists()
    waiting.refresh_from_db()
    assert waiting.status == VisitStatus.RUNNING


def test_a_visit_whose_robots_txt_is_out_of_reach_goes_back_into_the_queue(
    product: Product, monkeypatch: Any, settings: Any
) -> None:
    def lost(*_args: Any) -> None:
        raise RedisError("frozen")

    settings.OILWATCH_OBEY_ROBOTS = True
    Shop.objects.update(delivery_place="")
    monkeypatch.setattr("scraping.client.robots.cache.get", lost)
    run = order_scrape(products=[product], source="command", enqueue=False)
    waiting = run.visits.get()
    assert visit(visit_id=waiting.pk) is None
    waiting.refresh_from_db()
    assert (waiting.status, waiting.attempts) == (VisitStatus.QUEUED, 0)
    assert "robots.txt" in waiting.reason


def test_a_visit_five_workers_died_of_is_buried(product: Product) -> None:
    run = order_scrape(products=[product], source="command", enqueue=False)
    waiting = run.visits.get()
    now = timezone.now()
    for attempt in range(5):
        assert Visit.objects.claim(waiting.pk, now=now + timedelta(minutes=2 * attempt), lease=timedelta(minutes=1))
    assert Visit.objects.claim(waiting.pk, now=now + timedelta(hours=1), lease=timedelta(minutes=1)) is None
    reconcile_visits(now=now + timedelta(hours=1))
    waiting.refresh_from_db()
    assert waiting.status == VisitStatus.DEAD


def test_the_price_on_the_shelf_is_the_simulated_one(product: Product, demo_server: DemoShopServer) -> None:
    make_visit(product)
    offer = demo_server.simulation.offer(ASIN, demo_server.today())
    assert PriceSpell.objects.get().price == (Decimal(str(offer.price)) if offer.price is not None else None)
