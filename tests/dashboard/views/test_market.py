"""The market page: what leads, what is said where nothing is known, few queries, hostile text."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from scraping.models import Adapter
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ProductFactory, ShopFactory, SpellFactory, VisitFactory

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>"


def _page(client, path="/", **more):
    answer = client.get(path, headers={"host": "localhost"}, **more)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def _text(soup):
    return " ".join(soup.get_text(" ").split())


def test_it_works(client):
    priced_product(title="Aceite caro", price="60")
    priced_product(title="Aceite barato", price="40")
    soup = _page(client)
    assert soup.select_one(".number").text.strip() == "€8.00/l"
    assert "Aceite barato" in soup.select_one(".lead .what").text
    assert [cell.text.strip() for cell in soup.select("td.litre")] == ["€8.00/l", "€12.00/l"]
    assert len(soup.select("svg.spark")) == 2


def test_the_first_run_says_what_to_do_next(client):
    text = _text(_page(client))
    assert "Nothing is watched yet" in text
    assert "manage.py watch" in text


def test_a_product_nobody_has_looked_at_yet(client):
    ProductFactory(title="")
    assert "not checked yet" in _text(_page(client))


def test_no_hurry_has_its_own_word_in_the_table(client):
    forecast_of(priced_product(), advice={"word": "no_hurry"})
    cell = _page(client).select_one("td.advice-no_hurry")
    assert cell.text == "No hurry"
    assert cell["title"].startswith("No hurry: waiting is expected to save little")


def test_advice_and_trust_stand_with_the_leading_number(client):
    forecast_of(priced_product())
    lead = _text(_page(client).select_one(".lead"))
    assert "or until it costs €37.20 (€7.44/l): that saves about €0.44 (1.1%) on average" in lead
    assert "In tests on the past, the 30-day range" in lead


@pytest.mark.parametrize(
    ("old", "reason"),
    [
        ({"last_price": 4.0}, "its price has just changed by a large factor"),
        ({"cutoff": (timezone.now() - timedelta(days=30)).date()}, "there is no forecast based on its latest price"),
    ],
    ids=["jumped", "old"],
)
def test_what_was_said_of_another_price_is_not_said_of_this_one(client, old, reason):
    forecast_of(priced_product(price="40"), **old)
    soup = _page(client)
    assert f"No advice: {reason}" in _text(soup.select_one(".lead"))
    assert "In tests on the past" not in _text(soup)
    assert "Wait" not in _text(soup.select_one("table.market, table"))


def test_without_a_forecast_it_says_so(client):
    priced_product()
    assert "No advice: there is no forecast yet." in _text(_page(client))


def test_simulated_prices_are_marked(client):
    priced_product()
    soup = _page(client)
    assert len(soup.select("tr.simulated")) == 1
    assert "simulated" in _text(soup)


def test_a_late_or_blocked_product_turns_amber_with_the_reason(client):
    shop = ShopFactory(visit_interval=timedelta(minutes=30))
    priced_product(shop=shop, seen=timezone.now() - timedelta(hours=3))
    blocked = priced_product(shop=shop)
    VisitFactory(
        product=blocked, due_at=timezone.now(), status="blocked", finished_at=timezone.now(), dispatch_at=timezone.now()
    )
    amber = [_text(cell) for cell in _page(client).select("td.seen.amber")]
    assert len(amber) == 2
    assert any("overdue" in cell for cell in amber)
    assert any("robot check" in cell for cell in amber)


def test_out_of_stock_never_leads(client):
    gone = priced_product(price="10")
    spell = SpellFactory(product=gone, state="unavailable", price=None, first_seen=timezone.now())
    gone.latest_spell = spell
    gone.save()
    priced_product(price="40")
    soup = _page(client)
    assert soup.select_one(".number").text.strip() == "€8.00/l"
    assert "out of stock" in _text(soup)


def test_a_volume_in_doubt_never_leads(client):
    for _ in range(6):
        priced_product(price="40")
    priced_product(price="40", litres=Decimal(50))
    soup = _page(client)
    assert soup.select_one(".number").text.strip() == "€8.00/l"
    assert "volume uncertain" in _text(soup.select("table.market tbody tr")[-1])


def test_old_imports_are_shown_as_of_their_day(client):
    seen = timezone.now() - timedelta(days=400)
    priced_product(shop=ShopFactory(imported=True), seen=seen)
    assert f"the cheapest litre on {seen.day} " in _text(_page(client))


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?grade=sunflower", ["Girasol"]),
        ("?q=GIRA", ["Girasol"]),
        ("?q=gira nothing", []),
        ("?shop=there", ["Virgen"]),
        ("?shop=nowhere", []),
        ("?stock=1", ["Virgen", "Girasol"]),
        ("?sort=price", ["Girasol", "Virgen"]),
        ("?sort=-price", ["Virgen", "Girasol"]),
        ("?sort=title", ["Girasol", "Virgen"]),
        ("?sort=-seen", ["Virgen", "Girasol"]),
        ("?sort=change", ["Virgen", "Girasol"]),
        ("?sort=nonsense&page=99", ["Virgen", "Girasol"]),
    ],
)
def test_filters_and_order_are_links(client, query, titles):
    priced_product(title="Virgen", price="40", shop=ShopFactory(name="there"))
    priced_product(title="Girasol", price="8", grade="sunflower", seen=timezone.now() - timedelta(minutes=9))
    assert [link.text for link in _page(client, f"/{query}").select("table.market th.title a")] == titles


def test_many_products_are_paged(client):
    shop = ShopFactory()
    ProductFactory.create_batch(51, shop=shop)
    soup = _page(client, "/?q=aceite&page=2")
    assert len(soup.select("table.market tbody tr")) == 1
    assert soup.select_one("a[rel=prev]")["href"] == "?q=aceite&page=1#products"


@pytest.mark.parametrize("count", [1, 30])
def test_few_queries_however_many_products(client, count):
    shop = ShopFactory()
    for _ in range(count):
        forecast_of(priced_product(shop=shop))
    _page(client)  # the index and the grades' paths are kept from now on
    with CaptureQueriesContext(connection) as queries:
        _page(client)
    assert len(queries) <= 10


def test_hostile_titles_are_harmless(client):
    priced_product(title=HOSTILE, shop=ShopFactory(name=HOSTILE, adapter=Adapter.AMAZON))
    soup = _page(client, "/?q=<script>alert(1)</script>")
    assert soup.find("img") is None
    assert not [script for script in soup.find_all("script") if "alert" in script.text]
    soup = _page(client)
    assert soup.find("img") is None
    assert HOSTILE in soup.select_one("table.market th.title").text


def test_in_spanish(client):
    priced_product(price="44.95")
    soup = _page(client, HTTP_ACCEPT_LANGUAGE="es")
    assert soup.html["lang"] == "es"
    assert soup.select_one(".number").text.strip() == "8,99\N{NO-BREAK SPACE}€/l"
    assert "el litro más barato de hoy" in _text(soup)


def test_the_language_switch_is_remembered(client):
    priced_product()
    switch = _page(client).select_one('.languages a[lang="es"]')["href"]
    client.get(switch, headers={"host": "localhost", "referer": "http://localhost/"})
    assert _page(client).html["lang"] == "es"


def test_nothing_inline_so_that_the_policy_can_be_strict(client):
    priced_product()
    answer = client.get("/", headers={"host": "localhost"})
    soup = BeautifulSoup(answer.content, "lxml")
    assert not soup.select('[style], style, script:not([src]):not([type="application/json"]), [onclick]')
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]


def test_a_wrong_address_is_in_the_same_dress(client):
    answer = client.get("/nothing/", headers={"host": "localhost"})
    assert answer.status_code == 404
    assert "There is no such page" in answer.content.decode()


def test_what_nobody_can_buy_has_no_advice_here_either(client):
    product = priced_product()
    forecast_of(product)
    last = product.latest_spell.last_seen + timedelta(minutes=1)
    product.latest_spell = SpellFactory(product=product, state="unavailable", price=None, first_seen=last)
    product.save()
    cell = _page(client).select_one("td.word")
    assert (cell.text, cell["title"]) == ("No advice", "No advice: it is not in stock right now.")
    page = _page(client, f"/products/{product.pk}/")
    assert page.select_one("#advice").text == cell["title"]
