"""What a reader chooses on the market page: real or simulated prices, the pack, filters, what to compare."""

from datetime import timedelta
from decimal import Decimal

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from dashboard.price_statistics import held_prices, usual_price
from dashboard.selectors.product import product_stretches
from scraping.models import Adapter, ProductPicture
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def _page(client, path="/", **more):
    answer = client.get(path, headers={"host": "localhost"}, **more)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def _text(soup):
    return " ".join(soup.get_text(" ").split())


def _titles(soup):
    return [link.text for link in soup.select("table.market th.title a")]


def _priced_before(product, *, price, days, ago):
    """Another price of the product, for so many days until it began to cost what it costs now."""
    began = product.latest_spell.first_seen - timedelta(days=ago)
    return SpellFactory(
        product=product, price=Decimal(price), first_seen=began - days * DAY, last_seen=began - timedelta(hours=1)
    )


def test_simulated_and_real_prices_are_two_markets(client):
    priced_product(title="Inventado", price="10")
    priced_product(title="Importado", price="50", shop=ShopFactory(imported=True))
    real = _page(client)
    assert _titles(real) == ["Importado"]
    assert real.select_one(".number").text.strip() == "€10.00/l"
    assert "imported" in _text(real.select_one("table.market"))
    assert not real.select(".simulated")
    assert [link.text.split() for link in real.select(".market-choices nav")[0].select("a")] == [
        ["Real", "prices", "(1)"],
        ["Simulated", "prices", "(1)"],
    ]
    simulated = _page(client, "/?prices=simulated")
    assert _titles(simulated) == ["Inventado"]
    assert simulated.select_one("section.lead.simulated .number").text.strip() == "€2.00/l"
    assert simulated.select_one("form.filters input[name=prices]")["value"] == "simulated"
    assert simulated.select_one("section.index.simulated")


def test_the_shop_of_an_address_says_which_market(client):
    priced_product(title="Inventado", shop=ShopFactory(name="made-up"))
    priced_product(title="Importado", shop=ShopFactory(imported=True))
    assert _titles(_page(client, "/?shop=made-up")) == ["Inventado"]


def test_a_real_product_nobody_has_read_yet_does_not_hide_the_demo(client):
    priced_product(title="Inventado")
    ProductFactory(title="Nuevo", shop=ShopFactory(adapter=Adapter.AMAZON))
    assert _titles(_page(client)) == ["Inventado"]
    assert _titles(_page(client, "/?prices=real")) == ["Nuevo"]


def test_without_real_prices_there_is_no_switch(client):
    priced_product()
    assert "Real prices" not in _text(_page(client))


def test_made_up_prices_make_no_volume_of_a_real_shop_doubtful(client):
    for _ in range(6):
        priced_product(price="100")
    for _ in range(6):
        priced_product(price="20", shop=ShopFactory(imported=True))
    assert "volume uncertain" not in _text(_page(client))


def test_the_pack_a_person_buys_leads_and_is_remembered(client):
    priced_product(title="Grande", price="40", litres=Decimal(5))
    priced_product(title="Dos", price="20", litres=Decimal(2))
    priced_product(title="Uno", price="12", litres=Decimal(1))
    assert "Grande" in _text(_page(client).select_one(".lead .what"))
    assert "Dos" in _text(_page(client, "/?pack=2").select_one(".lead .what"))
    again = _page(client)  # the cookie of the visit before
    assert "Dos" in _text(again.select_one(".lead .what"))
    assert [link.text for link in again.select(".market-choices [aria-current]")] == ["up to 2 l"]
    assert len(_titles(again)) == 3, "the preference decides what leads, not what is listed"
    assert "Uno" in _text(_page(client, "/?pack=1").select_one(".lead .what"))
    assert "Grande" in _text(_page(client, "/?pack=any").select_one(".lead .what"))
    assert "Grande" in _text(_page(client, "/?pack=nonsense").select_one(".lead .what"))


def test_no_pack_of_that_size_says_so(client):
    priced_product(litres=Decimal(5))
    text = _text(_page(client, "/?pack=1").select_one(".lead"))
    assert "No pack up to 1 l with a known volume is in stock right now." in text
    assert "Show packs of any size" in text


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ("?advice=wait", ["Espere"]),
        ("?advice=buy", ["Compre"]),
        ("?advice=no_hurry", []),
        ("?advice=buy&stock=1&grade=virgin", []),
        ("?advice=nonsense", ["Espere", "Compre", "Agotado"]),
    ],
)
def test_advice_can_be_filtered_by(client, query, titles):
    forecast_of(priced_product(title="Espere", price="40"))
    forecast_of(priced_product(title="Compre", price="41"), advice={"word": "buy"})
    gone = priced_product(title="Agotado")
    forecast_of(gone)
    last = gone.latest_spell.last_seen + timedelta(minutes=1)
    gone.latest_spell = SpellFactory(product=gone, state="unavailable", price=None, first_seen=last)
    gone.save()
    soup = _page(client, f"/{query}")
    assert _titles(soup) == titles
    assert soup.select_one("#all").text.split()[0] == str(len(titles))


def test_nothing_found_says_what_to_loosen(client):
    priced_product(title="Caro", price="40", brand="Uno")
    priced_product(title="Otro", price="41", brand="Dos", grade="virgin")
    soup = _page(client, "/?q=caro&brand=Dos&pack=5&sort=price")
    choices = {_text(item.a): (item.span.text, item.a["href"]) for item in soup.select(".loosen li")}
    assert choices == {
        "Remove: Dos": ("1 product", "?q=caro&pack=5&sort=price#products"),
        "Remove: “caro”": ("1 product", "?brand=Dos&pack=5&sort=price#products"),
    }
    assert soup.select_one(".notice a[href='?pack=5&sort=price#products']").text == "Show all products"


def test_set_filters_are_named_and_can_be_removed(client):
    priced_product()
    soup = _page(client, "/?grade=extra_virgin&stock=1&page=2")
    assert soup.select_one(".filter-count").text == "2"
    chips = soup.select(".active-filters a")
    assert [_text(chip) for chip in chips] == [
        "Extra virgin olive oil ×",
        "in stock ×",
        "Clear all",
        "Set an alert for these filters",
    ]
    assert [chip["href"] for chip in chips][:3] == ["?stock=1#products", "?grade=extra_virgin#products", "?#products"]
    assert not _page(client).select(".active-filters, .filter-count")


def test_the_product_furthest_below_its_usual_price_stands_beside_the_cheapest(client):
    cheapest = priced_product(title="Barato", price="30", days=20)
    _priced_before(cheapest, price="20", days=300, ago=0)
    fallen = priced_product(title="Rebajado", price="40", days=20)
    _priced_before(fallen, price="50", days=300, ago=0)
    also = priced_product(title="Menos", price="45", days=20)
    _priced_before(also, price="50", days=300, ago=0)
    short = priced_product(title="Corto", price="10", litres=Decimal(1), days=5)
    _priced_before(short, price="50", days=60, ago=0)
    soup = _page(client)
    part = soup.select_one(".below-usual")
    assert "Barato" in _text(soup.select_one(".lead .what"))
    assert "over its 12-month low" in _text(soup.select_one(".lead .chips"))
    assert "−20.0% Rebajado €8.00/l · €40.00, usually €50.00" in _text(part)
    assert "It was never cheaper in that time." in _text(part)
    # The rule in SQL is the one of the statistics.
    stretches = product_stretches(fallen.pk)
    since = timezone.now() - timedelta(days=365)
    assert usual_price(held_prices(stretches, max_gap=fallen.shop.max_gap), since=since) == 50.0


def test_where_nothing_is_below_its_usual_price_it_says_so(client):
    product = priced_product(price="40", days=20)
    _priced_before(product, price="30", days=300, ago=0)
    assert "None of these oils costs clearly less" in _text(_page(client).select_one(".below-usual"))


def test_the_time_it_was_cheaper_is_counted_without_gaps(client):
    product = priced_product(price="40", days=10)
    _priced_before(product, price="60", days=80, ago=0)  # 80 days at 60
    _priced_before(product, price="30", days=10, ago=200)  # 10 at 30, then a hundred days without a check
    priced_product(title="Otro", price="20")
    part = _text(_page(client).select_one(".below-usual"))
    assert "−33.3%" in part
    assert "usually €60.00" in part
    assert "It was cheaper 10% of that time." in part


def test_rows_have_pictures_of_a_fixed_size(client):
    shown, drawn = priced_product(price="40"), priced_product(price="50")
    ProductPicture.objects.create(
        product=shown,
        source_url="https://example.com/a.jpg",
        content=b"webp",
        content_hash="a" * 64,
        tried_at=timezone.now(),
    )
    rows = _page(client).select("table.market tbody tr")
    picture = rows[0].select_one(".thumb img")
    assert picture["src"] == f"/products/{shown.pk}/picture.webp?{'a' * 12}"
    assert (picture["width"], picture["height"], picture["loading"], picture["alt"]) == ("40", "40", "lazy", "")
    assert rows[1].select_one(".thumb svg.bottle")
    assert drawn


def test_nothing_ticked_leads_back_with_what_to_do(client):
    priced_product()
    answer = client.get("/compare/?from=market", headers={"host": "localhost"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/?compare=none#products")
    soup = _page(client, "/?compare=none")
    assert "Nothing was selected. Tick up to 6 products here" in _text(soup.select_one("#products .notice"))
    assert "Nothing was selected" not in _text(_page(client))
    form = soup.select_one("form.compare-bar")
    assert (form["action"], form.select_one("[name=from]")["value"]) == ("/compare/", "market")
    assert not form.select_one("button[type=submit]").has_attr("disabled"), "without JavaScript it is a plain button"
