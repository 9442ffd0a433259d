"""The operator's page: for staff only, health in words, running work, buttons that order through services."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from forecasting.models import Training
from scraping.client import circuit_breaker
from scraping.models import Product, QuarantinedOffer, ScrapeRun, Visit
from tests.factories import ProductFactory, RunFactory, ShopFactory, VisitFactory

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>"


@pytest.fixture
def sending_beat() -> None:
    every = IntervalSchedule.objects.create(every=1, period="minutes")
    PeriodicTask.objects.create(name="x", task="x", interval=every, last_run_at=timezone.now())


def _soup(answer: Any) -> BeautifulSoup:
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def _text(answer: Any) -> str:
    return " ".join(_soup(answer).get_text(" ").split())


def _visited(**values: Any) -> Visit:
    product = ProductFactory(last_visit_at=timezone.now(), **values)
    return VisitFactory(product=product, status="ok", finished_at=timezone.now(), due_at=timezone.now())


def test_for_staff_only(client: Client, person: Client) -> None:
    assert client.get("/operations/", headers={"host": "localhost"}).status_code == 302
    assert person.get("/operations/").status_code == 403
    for button in ("scrape", "scrape/again", "retrain", "runs/1/cancel", "trainings/1/cancel", "trainings/1/again"):
        assert person.post(f"/operations/{button}/").status_code == 403
    assert not ScrapeRun.objects.exists()
    assert not Training.objects.exists()


def test_all_is_well(operator: Client, sending_beat: None) -> None:
    _visited()
    text = _text(operator.get("/operations/"))
    assert "All systems OK" in text
    assert "Scheduler OK (last tick just now)." in text
    assert "1 check in 24 hours" in text
    assert "OK" in text


def test_what_is_not_well_is_said_in_words(operator: Client) -> None:
    product = ProductFactory(shop=ShopFactory(name=HOSTILE))
    Product.objects.update(created_at=timezone.now() - 3 * product.shop.visit_interval)
    VisitFactory(product=product, status="queued")
    Visit.objects.update(created_at=timezone.now() - timedelta(minutes=16))
    answer = operator.get("/operations/")
    text = _text(answer)
    assert "3 problems" in text
    assert "No worker is running." in text
    assert "1 job waits, the oldest since 16 min ago, and no worker has taken any for 15 minutes." in text
    assert "Start a worker: celery --app oilwatch worker --queues default,scrape,train" in text
    assert "Start the scheduler: celery --app oilwatch beat" in text
    assert f"Not checked on time: {HOSTILE}" in text
    assert _soup(answer).find("img") is None
    assert product.shop.name in text


def test_an_open_breaker_and_the_quarantine(operator: Client, settings: Any) -> None:
    visit = _visited()
    QuarantinedOffer.objects.create(visit=visit, why="too cheap")
    ProductFactory(shop=visit.product.shop, proposal="waiting", watched=False)
    host = settings.OILWATCH_DEMO_SHOP_URL.removeprefix("http://")
    for _ in range(circuit_breaker.BLOCKS_TO_OPEN):
        circuit_breaker.report(host, "block")
    answer = operator.get("/operations/")
    text = _text(answer)
    assert "paused until" in text
    assert "1 price held for review" in text
    assert "1 product was found by a search" in text
    for link in _soup(answer).select("main a[href^='/admin/']"):
        assert operator.get(link["href"]).status_code == 200  # type: ignore[arg-type]


def test_the_buttons_order_and_call_off(operator: Client) -> None:
    ProductFactory()
    answer = operator.post("/operations/scrape/", follow=True)
    run = ScrapeRun.objects.get()
    assert "1 check started." in _text(answer)
    assert _soup(answer).select_one(f'[data-follow="/api/scraper/{run.pk}/"] progress')["max"] == "1"
    assert "1 check cancelled." in _text(operator.post(f"/operations/runs/{run.pk}/cancel/", follow=True))
    assert run.visits.get().reason == "cancelled by the operator"
    operator.post("/operations/retrain/")
    training = Training.objects.get()
    answer = operator.get("/operations/")
    assert _soup(answer).select_one(f'[data-follow="/api/retrain/{training.pk}/"]')
    operator.post(f"/operations/trainings/{training.pk}/cancel/")
    training.refresh_from_db()
    assert training.status == "cancelled"
    assert "The last trainings" in _text(operator.get("/operations/"))


def test_failed_looks_are_repeated_but_not_those_the_shop_refused(operator: Client) -> None:
    now = timezone.now()
    failed, fine, refused, waiting = (ProductFactory(last_visit_at=now) for _ in range(4))
    for product, status in ((failed, "unreadable"), (fine, "ok"), (refused, "blocked"), (waiting, "unreachable")):
        VisitFactory(product=product, status=status, finished_at=now, due_at=now)
    VisitFactory(product=waiting, due_at=now + timedelta(minutes=1))
    VisitFactory(product=fine, status="dead", finished_at=now, due_at=now - timedelta(hours=1))
    assert "The last check of 1 product failed." in _text(operator.get("/operations/"))
    operator.post("/operations/scrape/again/")
    assert list(ScrapeRun.objects.latest("pk").visits.values_list("product", flat=True)) == [failed.pk]


def test_a_failed_training_is_ordered_again(operator: Client) -> None:
    now = timezone.now()
    failed = Training.objects.create(
        scope="products 5", product_ids=[5], status="failed", reason=HOSTILE, dispatch_at=now, finished_at=now
    )
    page = _soup(operator.get("/operations/"))
    assert not page.select("img[onerror]")
    operator.post(page.find("button", string="Train again").parent["action"])  # type: ignore[arg-type]
    assert Training.objects.exclude(pk=failed.pk).get().product_ids == [5]


def test_getting_a_button_orders_nothing(operator: Client) -> None:
    assert operator.get("/operations/scrape/").status_code == 405
    strict = Client(enforce_csrf_checks=True, headers={"host": "localhost"})
    strict.cookies = operator.cookies
    assert strict.post("/operations/retrain/").status_code == 403
    assert not Training.objects.exists()


@pytest.mark.parametrize("count", [1, 5])
def test_few_queries_and_a_strict_policy(operator: Client, count: int) -> None:
    for _ in range(count):
        _visited()
        VisitFactory(run=RunFactory(), due_at=timezone.now())
        Training.objects.create(scope=f"products {timezone.now()}", dispatch_at=timezone.now())
    with CaptureQueriesContext(connection) as queries:
        answer = operator.get("/operations/")
    assert len(queries) <= 16
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    soup = _soup(answer)
    assert not soup.select("[style], style, [onclick]")
    assert [script.get("src") for script in soup.find_all("script")] == ["/static/dashboard/progress.js"]


def test_without_redis_the_page_still_opens(operator: Client, settings: Any, monkeypatch: Any) -> None:
    from redis.exceptions import ConnectionError as Refused

    def refuse(_host: str) -> None:
        raise Refused

    ProductFactory()
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    monkeypatch.setattr(circuit_breaker, "state", refuse)
    assert "Redis does not answer" in _text(operator.get("/operations/"))


def test_in_spanish(operator: Client) -> None:
    assert "Comprobar todo ahora" in _text(operator.get("/operations/", headers={"accept-language": "es"}))


def test_what_the_settings_switch_off_is_named(operator: Client, sending_beat: None, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
    shop = ShopFactory(name="amazon.es", adapter="amazon")
    product = ProductFactory(shop=shop)
    Product.objects.update(created_at=timezone.now() - 9 * shop.visit_interval)
    text = _text(operator.get("/operations/"))
    assert "All systems OK" in text
    assert "amazon.es: Reading Amazon is switched off on this server." in text
    assert "OILWATCH_SCRAPE_AMAZON=true" in text
    assert "E-mail is not set up on this server" in text
    settings.OILWATCH_SCRAPE_AMAZON = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    now = timezone.now()
    VisitFactory(product=product, status="blocked", due_at=now, finished_at=now)
    text = _text(operator.get("/operations/"))
    assert "amazon.es was checked on time, but no page gave a price: the shop showed a robot check." in text
    assert "switched off" not in text
    assert "E-mail is not set up" not in text
