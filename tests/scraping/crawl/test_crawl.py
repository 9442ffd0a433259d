"""A crawl with Scrapy, in a process of its own, ends in the same rows as a worker's visits."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.conf import settings as django_settings
from django.core.management import CommandError, call_command
from django.db import connection

from scraping.demo.catalogue import PRODUCTS
from scraping.demo.misbehaviour import Mode
from scraping.demo.server import DemoShopServer
from scraping.models import PriceSpell, Product, Shop, Visit, VisitStatus
from scraping.services.shops import demo_shop
from tests.factories import ProductFactory, ShopFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.processes]
PROJECT = Path(__file__).resolve().parents[3]
TERMS = ("product__sku", "state", "price", "list_price", "seller_kind", "coupon", "litres", "observations")


def database_url() -> str:
    known = connection.settings_dict
    place = quote(str(known["HOST"]), safe="")
    port = f":{known['PORT']}" if known["PORT"] else ""
    return f"postgresql://{known['USER']}@{place}{port}/{known['NAME']}"


def crawl(server: DemoShopServer, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", "crawl", *arguments],
        cwd=PROJECT,
        env={
            **os.environ,
            "DATABASE_URL": database_url(),
            "REDIS_URL": django_settings.REDIS_URL,
            "SECRET_KEY": "only-for-this-test",
            "OILWATCH_DEMO_SHOP_URL": server.url,
            "OILWATCH_PAGE_SECONDS": "2",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
        timeout=90,
    )


def spells() -> list[tuple[Any, ...]]:
    return list(PriceSpell.objects.order_by("product__sku", "first_seen").values_list(*TERMS))


@pytest.fixture
def shop() -> Shop:
    return demo_shop()


def stock(shop: Shop, asins: list[str]) -> None:
    for asin in asins:
        ProductFactory(shop=shop, sku=asin, title="", litres=None, grade="other")


def test_it_ends_with_the_same_spells_as_scrape(demo_server: DemoShopServer, shop: Shop) -> None:
    asins = [product.asin for product in PRODUCTS[:12]]
    stock(shop, asins)
    call_command("scrape", "--all", "--wait")
    by_scrape = spells()
    Product.objects.all().delete()
    stock(shop, asins)
    done = crawl(demo_server, "--all")
    assert done.returncode == 0, done.stderr
    assert "12 checks started, 12 done (12 ok)" in done.stdout
    assert len(by_scrape) == 12
    assert spells() == by_scrape
    made = Visit.objects.first()
    assert made is not None
    assert (made.attempts, made.http_status, made.offer["agreement"]) == (1, 200, "agree")
    assert made.page_bytes
    assert all(demo_server.requests[asin] == 2 for asin in asins)


FAULTS = {
    Mode.CAPTCHA: VisitStatus.BLOCKED,
    Mode.ERROR_503: VisitStatus.UNREACHABLE,
    Mode.NOT_FOUND: VisitStatus.GONE,
    Mode.SLOW_BODY: VisitStatus.UNREACHABLE,
    Mode.HUGE_PAGE: VisitStatus.UNREACHABLE,
    Mode.GZIP_BOMB: VisitStatus.UNREACHABLE,
    Mode.REDIRECT_LOOP: VisitStatus.UNREACHABLE,
    Mode.REDIRECT_TO_PRIVATE: VisitStatus.FORBIDDEN,
    Mode.RESET: VisitStatus.UNREACHABLE,
    Mode.WRONG_LOCATION: VisitStatus.WRONG_LOCATION,
    Mode.OTHER_ASIN: VisitStatus.WRONG_PRODUCT,
    Mode.OK: VisitStatus.OK,
}


def test_every_fault_has_its_outcome_and_only_a_good_page_a_price(demo_server: DemoShopServer, shop: Shop) -> None:
    asins = [product.asin for product in PRODUCTS[: len(FAULTS)]]
    stock(shop, asins)
    for asin, mode in zip(asins, FAULTS, strict=True):
        demo_server.switchboard.switch(asin, mode)
    done = crawl(demo_server)
    assert done.returncode == 0, done.stderr
    outcomes = dict(Visit.objects.values_list("product__sku", "status"))
    assert {mode: outcomes[asin] for asin, mode in zip(asins, FAULTS, strict=True)} == FAULTS
    assert list(PriceSpell.objects.values_list("product__sku", flat=True)) == [asins[-1]]
    assert all(Visit.objects.exclude(status=VisitStatus.OK).values_list("reason", flat=True))
    assert demo_server.requests[asins[0]] == 1  # no retries of Scrapy's own


def test_robots_txt_and_the_operators_no_are_obeyed(
    demo_server: DemoShopServer, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    asin = PRODUCTS[0].asin
    stock(shop, [asin])
    stock(ShopFactory(name="amazon.es", adapter="amazon"), ["B000000001"])
    monkeypatch.setattr("scraping.demo.server.ROBOTS", "User-agent: oilwatch\nDisallow: /dp/\n")
    done = crawl(demo_server)
    assert "1 checks started, 1 done (1 forbidden)" in done.stdout, done.stderr
    assert demo_server.requests[asin] == 0
    assert not Visit.objects.filter(product__shop__name="amazon.es").exists(), (
        "a shop that is switched off is not visited"
    )


def test_without_scrapy_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("scraping.crawl.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "scrapy", None)
    monkeypatch.setitem(sys.modules, "scrapy.crawler", None)
    with pytest.raises(CommandError, match="--extra scrapy"):
        call_command("crawl")


def test_names_of_private_addresses_are_refused() -> None:
    from scraping.client.errors import AddressForbidden
    from scraping.crawl.guarded_resolver import GuardedResolver

    class Reactor:
        pass

    resolver = GuardedResolver(Reactor(), 10, 1.0)  # type: ignore[arg-type]
    with pytest.raises(AddressForbidden, match="not a public address"):
        resolver._refuse_private("169.254.169.254", "www.amazon.es")
    assert resolver._refuse_private("8.8.8.8", "www.amazon.es") == "8.8.8.8"
    resolver.private_hosts = frozenset({"localhost"})
    assert resolver._refuse_private("127.0.0.1", "localhost") == "127.0.0.1"
