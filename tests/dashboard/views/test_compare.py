"""Several products on one chart: a link that can be shared, a table without a script, hostile names."""

import json
from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from dashboard.query_params.compare_query import read_compare_query
from tests.dashboard.rows import priced_product
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>"


def _page(client, query="", **more):
    answer = client.get(f"/compare/{query}", headers={"host": "localhost"}, **more)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def _text(soup):
    return " ".join(soup.get_text(" ").split())


def _query(*products):
    return "?" + "&".join(f"product={product.pk}" for product in products)


def test_nothing_chosen_says_how(client):
    text = _text(_page(client))
    assert "Nothing selected yet." in text
    assert "Select up to 6 products" in text


def test_it_works(client):
    cheap, dear = priced_product(title="Barato", price="40"), priced_product(title="Caro", price="60")
    soup = _page(client, _query(dear, cheap))
    assert len(soup.select(".timeline svg.area")) == 1  # the same for wide pages and narrow ones
    figures = json.loads(soup.select_one(".time-chart script").text)
    assert [(line["label"], line["name"]) for line in figures["lines"]] == [("A", "Caro"), ("B", "Barato")]
    assert [end.find(string=True) for end in soup.select(".timeline text.end")] == ["A", "B"]
    names = [end.text.replace("\xa0", " ") for end in soup.select(".timeline .end-name")]
    assert names == [f"{each.brand} 5 l".strip() for each in (dear, cheap)]  # where there is room
    assert [row.td.text.strip() for row in soup.select("table.compared tbody tr")] == ["€12.00/l", "€8.00/l"]
    pack = _page(client, _query(dear, cheap) + "&by=pack")
    assert [row.td.text.strip() for row in pack.select("table.compared tbody tr")] == ["€60.00", "€40.00"]
    left = soup.select("table.compared tbody tr")[0].select_one("td a")["href"]
    assert left == f"?product={cheap.pk}&by=litre&over=365"


def test_a_search_adds_a_product_and_keeps_the_choice(client):
    first = priced_product(title="Picual de Jaén")
    other = priced_product(title="Arbequina de Lleida", brand="Siurana", shop=first.shop)
    priced_product(title="Hojiblanca", shop=first.shop)
    soup = _page(client, _query(first) + "&by=pack&find=siurana+lleida")
    assert soup.select_one("#find")["value"] == "siurana lleida"
    assert [row["value"] for row in soup.select("#add input[type=hidden]")] == [str(first.pk), "pack", "365"]
    links = [(link.text, link["href"]) for link in soup.select(".found a")]
    assert links == [("Arbequina de Lleida", f"?product={first.pk}&product={other.pk}&by=pack&over=365#compared")]


@pytest.mark.parametrize("words", ["Picual", "nothing at all", HOSTILE])
def test_a_search_without_another_match_says_so(client, words):
    product = priced_product(title="Picual de Jaén")
    soup = _page(client, _query(product) + "&find=" + words)
    assert not soup.select(".found a")
    assert f"No other product matches “{words}”." in _text(soup)


def test_simulated_and_real_prices_are_not_compared_by_the_search(client):
    real = priced_product(title="Picual", shop=ShopFactory(adapter="amazon"))
    priced_product(title="Picual of the demo", shop=ShopFactory(name="demo", adapter="demo"))
    assert not _page(client, _query(real) + "&find=picual").select(".found a")


def test_six_products_are_not_searched_for_more(client):
    shop = ShopFactory()
    soup = _page(client, _query(*(priced_product(shop=shop) for _ in range(6))) + "&find=oil")
    assert not soup.select("#add, .found a")


def test_six_at_most_and_nonsense_falls_away(client):
    shop = ShopFactory()
    products = [priced_product(shop=shop) for _ in range(7)]
    soup = _page(client, _query(*products))
    assert len(soup.select("table.compared tbody tr")) == 6
    assert "one is left out" in _text(soup)
    read = read_compare_query(QueryDict(f"product=1&product=1&product=x&product={2**70}&product=-1&by=x&over=x"))
    assert (read.products, read.unit, read.over) == ((1,), "litre", "365")
    assert "Nothing selected yet" in _text(_page(client, "?product=999999"))


def test_what_cannot_stand_on_the_chart_says_why(client):
    euros = priced_product()
    pounds = priced_product(shop=ShopFactory(currency="GBP"))
    unknown = priced_product(litres=None)
    unseen = ProductFactory()
    text = _text(_page(client, _query(euros, pounds, unknown, unseen)))
    assert "Not on the chart: its prices are in GBP." in text
    assert "Not on the chart: its volume is not known." in text
    assert "Not on the chart: no price in this period." in text


def test_a_gap_breaks_the_line_and_an_old_product_stays_out_of_the_range(client):
    product = priced_product(days=10)
    begin = product.latest_spell.first_seen
    SpellFactory(
        product=product, price="30", first_seen=begin - timedelta(days=20), last_seen=begin - timedelta(days=10)
    )
    old = priced_product(seen=timezone.now() - timedelta(days=400), days=30)
    soup = _page(client, _query(product, old) + "&over=90")
    assert soup.select_one(".timeline path.line-A")["d"].count("M") == 2
    assert soup.select_one(".timeline path.line-B") is None
    assert len(_page(client, _query(product, old) + "&over=all").select(".timeline path.line")) == 2


def test_another_product_under_the_same_sku_is_left_out(client):
    product = priced_product(days=10)
    began = product.latest_spell.first_seen
    SpellFactory(product=product, price="5", first_seen=began - timedelta(days=20), last_seen=began - timedelta(days=1))
    product.series_since = began
    product.save()
    assert [cell.text for cell in _page(client, _query(product)).select("table.compared td.num")][1] == "€8.00/l"


@pytest.mark.parametrize("count", [1, 6])
def test_few_queries_and_a_strict_policy(client, count):
    products = [priced_product(litres=Decimal(number + 1)) for number in range(count)]
    with CaptureQueriesContext(connection) as queries:
        answer = client.get(f"/compare/{_query(*products)}", headers={"host": "localhost"})
    assert len(queries) == 2
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    inline = "[style], style, script:not([src]):not([type='application/json'])"
    assert not BeautifulSoup(answer.content, "lxml").select(inline)


def test_hostile_titles_are_harmless(client):
    soup = _page(client, _query(priced_product(title=HOSTILE)))
    assert soup.find("img") is None
    assert soup.select_one("table.compared a").text == HOSTILE


def test_the_market_page_leads_here(client):
    product = priced_product()
    soup = BeautifulSoup(client.get("/", headers={"host": "localhost"}).content, "lxml")
    tick = soup.select_one("input.tick")
    assert (tick["name"], tick["value"], tick["form"]) == ("product", str(product.pk), "compare")
    assert soup.select_one("form#compare")["action"] == "/compare/"


def test_in_spanish(client):
    text = _text(_page(client, _query(priced_product()), HTTP_ACCEPT_LANGUAGE="es"))
    assert "Comparar" in text
    assert "8,00\N{NO-BREAK SPACE}€" in _page(client, _query(priced_product()), HTTP_ACCEPT_LANGUAGE="es").get_text()
