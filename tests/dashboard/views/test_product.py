"""The page of one product in each state it can be in."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forecasting.policy.advice import Advice, AdviceCode
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ProductFactory, ShopFactory, SpellFactory, VisitFactory

pytestmark = pytest.mark.django_db
WAIT_WITH_A_RECORD = Advice("wait", AdviceCode.WAITING_PAYS, timezone.now().date() + timedelta(days=14), capture=0.16)
HOSTILE = "<img src=x onerror=alert(1)>"


def _page(client, product, **more):
    answer = client.get(f"/products/{product.pk}/", headers={"host": "localhost"}, **more)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def _text(soup):
    return " ".join(soup.get_text(" ").split())


def test_it_works(client):
    product = priced_product(price="44.95", title="Aceite bueno")
    forecast_of(product)
    soup = _page(client, product)
    assert soup.h1.text == "Aceite bueno"
    assert soup.select_one(".number").text.strip() == "€8.99/l"
    text = _text(soup)
    assert "€44.95 for 5 l" in text
    assert "or until it costs €37.20 (€7.44/l): that saves about €0.49 (1.1%) on average" in text
    assert "In tests on the past" in text
    assert "Track record of its forecasts: not enough data yet" in text
    assert "The lowest price of the last 2 months." in text
    assert soup.select_one("a.explore")["href"] == f"/charts/app/price/?product={product.pk}&language=en"
    assert soup.iframe is None, "the full chart comes when it is asked for"
    assert len(soup.select("#chart .timeline path.line-price")) == 1  # the same for wide pages and narrow ones
    assert [row.th.text for row in soup.select("section[aria-labelledby=forecast] tbody tr")][-1] == "30 days"
    assert soup.select_one('a[href$="format=csv"]')["href"] == f"/api/data/?product={product.pk}&format=csv"


@pytest.mark.parametrize(
    ("word", "english", "spanish"),
    [
        ("wait", "Wait until", "Espere hasta"),
        ("no_hurry", "No hurry:", "Sin prisa:"),
        ("buy", "Buy now:", "Compre ya:"),
    ],
)
def test_each_advice_has_its_words_and_its_colour(client, word, english, spanish):
    product = priced_product()
    until = (timezone.now().date() + timedelta(days=14)).isoformat()
    forecast_of(product, advice={"word": word, "until": until, "expected_saving_pct": 0.9, "smallest_saving_pct": 2.5})
    for language, begin in (("en", english), ("es", spanish)):
        client.cookies["django_language"] = language
        soup = _page(client, product)
        assert soup.select_one(f"p.advice-{word}").text.startswith(begin)
        assert begin in soup.select_one("meta[name=description]")["content"]


def test_a_forecast_says_what_it_rests_on(client):
    product = priced_product(price="44.95")
    forecast_of(product, skill={"notes": ["never_changed", "short_history:42"]}, advice=WAIT_WITH_A_RECORD)
    text = _text(_page(client, product))
    assert "The price has never changed so far. Only 42 days had a price" in text
    assert "In tests on the past, such advice saved 16% of the maximum possible." in text
    client.cookies["django_language"] = "es"
    text = _text(_page(client, product))
    assert "El precio no ha cambiado nunca hasta ahora. Solo hay 42 días con precio" in text
    assert "En pruebas con el pasado, los consejos de este tipo ahorraron el 16 % del máximo posible." in text


def test_an_unknown_product_is_not_found(client):
    assert client.get("/products/1/", headers={"host": "localhost"}).status_code == 404
    assert client.get(f"/products/{2**70}/", headers={"host": "localhost"}).status_code == 404


def test_never_looked_at(client):
    soup = _page(client, ProductFactory())
    assert "Not checked yet" in _text(soup)
    assert soup.select_one(".time-chart") is None
    assert "Not watched" in _text(_page(client, ProductFactory(watched=False)))


def test_never_looked_at_with_success(client):
    product = ProductFactory()
    now = timezone.now()
    VisitFactory(product=product, status="unreadable", finished_at=now, due_at=now, dispatch_at=now)
    text = _text(_page(client, product))
    assert "No check has succeeded yet" in text
    assert "the page could not be read" in text


def test_never_with_a_price(client):
    product = ProductFactory()
    product.latest_spell = SpellFactory(product=product, state="unavailable", price=None, first_seen=timezone.now())
    product.save()
    soup = _page(client, product)
    assert soup.select_one(".number").text.strip() == "Out of stock"
    assert "No price yet" in _text(soup)


def test_too_little_history(client):
    text = _text(_page(client, priced_product(days=4)))
    assert "No advice: 5 days of history are not enough; 14 are needed." in text


def test_out_of_stock_gives_no_advice(client):
    product = priced_product()
    forecast_of(product)
    product.latest_spell = SpellFactory(product=product, state="unavailable", price=None, first_seen=timezone.now())
    product.save()
    assert "No advice: it is not in stock right now." in _text(_page(client, product))


def test_blocked_says_since_when_and_why(client):
    product, now = priced_product(seen=timezone.now() - timedelta(days=1)), timezone.now()
    VisitFactory(product=product, status="blocked", finished_at=now, due_at=now, dispatch_at=now)
    text = _text(_page(client, product))
    assert "The last check, just now, found no price: the shop showed a robot check." in text
    assert "overdue" in text


def test_an_old_forecast_is_not_shown_beside_a_new_price(client):
    product = priced_product()
    forecast_of(product, cutoff=(timezone.now() - timedelta(days=30)).date())
    soup = _page(client, product)
    assert "there is no forecast based on its latest price" in _text(soup)
    assert soup.select_one("section[aria-labelledby=forecast]") is None


def test_a_forecast_is_not_shown_beside_a_price_that_jumped(client):
    product = priced_product(price="4")
    forecast_of(product, last_price=40.0)
    soup = _page(client, product)
    assert "No advice: its price has just changed by a large factor" in _text(soup)
    assert soup.select_one("section[aria-labelledby=forecast]") is None


def test_an_unknown_volume_leads_with_the_pack(client):
    soup = _page(client, priced_product(litres=None))
    assert soup.select_one(".number").text.strip() == "€40.00"
    assert "volume not known" in _text(soup)


def test_simulated_and_imported_name_their_source(client):
    assert "none of these prices is real" in _text(_page(client, priced_product()))
    imported = priced_product(shop=ShopFactory(imported=True, name="facua"))
    assert "Source: imported history “facua”." in _text(_page(client, imported))


def test_a_long_history_is_cut_and_says_so(client):
    product = priced_product(days=1)
    first = timezone.now() - timedelta(days=300)
    for number in range(70):
        begins = first + timedelta(days=3 * number)
        SpellFactory(product=product, price=30 + number % 2, first_seen=begins, last_seen=begins + timedelta(days=2))
    text = _text(_page(client, product))
    assert "Showing the latest 60 of 71 prices. The CSV has all of them." in text


def test_hostile_text_is_harmless(client):
    product = priced_product(title=HOSTILE, brand=HOSTILE, sku=HOSTILE)
    soup = _page(client, product)
    assert soup.find("img") is None
    assert soup.h1.text == HOSTILE


def test_few_queries_and_a_strict_policy(client):
    product = priced_product()
    forecast_of(product)
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/products/{product.pk}/", headers={"host": "localhost"})
    assert len(queries) <= 8
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    inline = "[style], style, script:not([src]):not([type='application/json'])"
    assert not BeautifulSoup(answer.content, "lxml").select(inline)


def test_in_spanish(client):
    text = _text(_page(client, priced_product(), HTTP_ACCEPT_LANGUAGE="es"))
    assert "8,00 €/l" in text
    assert "Sin consejo" in text
