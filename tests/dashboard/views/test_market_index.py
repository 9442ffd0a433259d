"""The index on the market page and in its frame: sentences, table, producer price, nothing smuggled in by a shop."""

import json
from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from dashboard.cache import get_or_compute
from dashboard.dash_apps.framed_chart import figure_of
from dashboard.dash_apps.index import draw
from dashboard.index_data import index_data
from dashboard.producer_price_grade import producer_price_grade
from dashboard.tasks import keep_market
from forecasting.models import IndexForecast, MarketSeries, Training
from forecasting.selectors.index_series import Basket
from scraping.models import Adapter
from tests.dashboard.rows import LEVELS, priced_product
from tests.factories import ProductFactory, ShopFactory, SpellFactory

HOSTILE = "<img src=x onerror=alert(1)>"
DAY = timedelta(days=1)


def _observed_prices(**values):
    """A product that cost 50 for a hundred days and has cost 40 for twenty: an index that fell by a fifth."""
    product = priced_product(price="40", days=20, **values)
    began = product.latest_spell.first_seen
    SpellFactory(product=product, price=50, first_seen=began - 100 * DAY, last_seen=began - timedelta(hours=1))
    return product


def _forecast(**values):
    now = timezone.now()
    training = Training.objects.create(
        status="done", standing="served", artefact="a", checksum="b", dispatch_at=now, finished_at=now
    )
    defaults = {
        "grade": "extra_virgin",
        "currency": "EUR",
        "simulated": True,
        "cutoff": now.date(),
        "last_value": 8.0,
        "method": "event model",
        "levels": LEVELS,
        "quantiles": [[8 * (0.9 + 0.2 * level) for level in LEVELS] for _ in range(30)],
        "point": [7.9] * 30,
        "skill": {"30": {"rel_mae": 0.9, "coverage_80": 0.81}},
    }
    return IndexForecast.objects.create(training=training, **{**defaults, **values})


def _producer_price(name="lonja extra", price=5):
    shop = ShopFactory(adapter=Adapter.IMPORT, max_gap=4 * DAY)
    product = ProductFactory(shop=shop, sku=name, litres=None, grade="other", watched=False)
    now = timezone.now()
    SpellFactory(product=product, price=price, litres=None, first_seen=now - 60 * DAY, last_seen=now - DAY)
    MarketSeries.objects.create(name=name, product=product)


def _soup(client, path="/", **more):
    return BeautifulSoup(client.get(path, headers={"host": "localhost"}, **more).content, "lxml")


def _text(soup):
    return " ".join(soup.get_text(" ").split())


def _uids(figure):
    return [trace.get("uid") for trace in figure["data"]]


@pytest.mark.django_db
def test_the_page_says_where_the_index_stands_and_goes(client):
    _observed_prices()
    _forecast()
    soup = _soup(client)
    part = soup.select_one("section.index")
    assert "€8.00/l on" in _text(part)
    assert "−20.0% in 30 days" in _text(part)
    assert "in a year" not in part.select_one("strong").text  # its history is shorter
    assert "In 30 days: €7.90/l expected, 80% of outcomes between €7.36/l and €8.64/l." in _text(part)
    assert part.select_one("a.explore")["href"] == (
        "/charts/app/index/?grade=extra_virgin&currency=EUR&simulated=1&language=en"
    )
    assert part.select_one(".timeline path.line-index")["d"].startswith("M")
    values = [row.select("td")[0].text for row in part.select("tbody tr")]
    assert (values[0], values[-1]) == ("€8.00/l", "€10.00/l")
    assert "was right 81" in _text(part)
    assert "ninguno de estos precios es real" in _text(_soup(client, HTTP_ACCEPT_LANGUAGE="es"))


@pytest.mark.django_db
def test_the_page_says_that_the_forecast_is_the_sum_of_its_products(client):
    _observed_prices()
    older = _forecast()
    sentence = "The forecast is the sum of its products"
    assert sentence not in _text(_soup(client)), "an earlier version made it otherwise"
    _forecast(method="sum_of_products")
    assert older.method != "sum_of_products"
    assert sentence in _text(_soup(client).select_one("section.index details"))
    assert "es la suma de sus productos" in _text(_soup(client, HTTP_ACCEPT_LANGUAGE="es"))


@pytest.mark.django_db
def test_another_oil_is_a_link_away(client):
    _observed_prices()
    _observed_prices(grade="virgin")
    links = [link["href"] for link in _soup(client, "/?stock=1&page=2").select("section.index nav")[0].select("a")]
    assert links == ["?stock=1&grade=extra_virgin#index", "?stock=1&grade=virgin#index"]
    soup = _soup(client, "/?grade=virgin&over=90")
    assert "grade=virgin" in soup.select_one("section.index a.explore")["href"]
    assert soup.select_one("input[name=over]")["value"] == "90"


@pytest.mark.django_db
def test_the_frame_draws_index_and_fan():
    _observed_prices()
    _forecast()
    figure = figure_of(draw, "?grade=extra_virgin&currency=EUR&simulated=1&over=all")
    assert _uids(figure) == ["fan95", "fan80", "fan50", "fan", "index"]
    figure = figure_of(draw, "?grade=extra_virgin&currency=EUR&simulated=1&over=90&show=-fan")
    assert _uids(figure) == ["index"]
    first, last = figure["layout"]["xaxis"]["range"]
    assert (last - first).days == 90 + 3  # a day of air before, two behind


@pytest.mark.django_db
@pytest.mark.parametrize(
    "search", ["", None, "?grade=lamp", "?grade=virgin&currency=XXY", "?grade=virgin&currency=EUR&over=x"]
)
def test_what_makes_no_sense_draws_an_empty_chart(search):
    assert figure_of(draw, search)["layout"]["annotations"][0]["text"] == "No price yet."


@pytest.mark.django_db
def test_an_old_forecast_is_left_out():
    _observed_prices()
    _forecast(cutoff=(timezone.now() - 30 * DAY).date())
    assert _uids(figure_of(draw, "?grade=extra_virgin&currency=EUR&simulated=1")) == ["index"]


@pytest.mark.django_db
def test_the_producer_price_stands_beside_real_prices_only(client):
    _producer_price()
    _producer_price(name="lonja lampante", price=3)
    shop = ShopFactory(adapter=Adapter.AMAZON)
    _observed_prices(shop=shop)
    figure = figure_of(draw, "?grade=extra_virgin&currency=EUR&simulated=0")
    producer_price = next(trace for trace in figure["data"] if trace["uid"] == "producer_price")
    assert set(producer_price["y"]) == {5 * 0.916}  # a litre of oil weighs 0.916 kg
    assert producer_price["name"] == "Producer price: lonja extra"
    part = _soup(client).select_one("section.index")
    assert "€4.58/l" in _text(part)
    _observed_prices()
    assert "producer_price" not in _uids(figure_of(draw, "?grade=extra_virgin&currency=EUR&simulated=1"))


@pytest.mark.django_db
def test_hostile_names_are_harmless(client):
    _producer_price(name=f"extra {HOSTILE}")
    _observed_prices(title=HOSTILE, brand=HOSTILE, shop=ShopFactory(adapter=Adapter.AMAZON, name=HOSTILE))
    drawn = json.dumps(figure_of(draw, "?grade=extra_virgin&currency=EUR&simulated=0"), default=str)
    assert "onerror" in drawn
    assert "<img" not in drawn
    soup = _soup(client)
    assert soup.find("img") is None
    assert HOSTILE in [option["value"] for option in soup.select("select[name=brand] option")]


@pytest.mark.parametrize(
    ("name", "grade"),
    [
        ("infaoliva|virgen-extra", "extra_virgin"),
        ("infaoliva|virgen", "virgin"),
        ("infaoliva|lampante", "olive"),
        ("ES Jaén: Extra virgin olive oil (up to 0.8%)", "extra_virgin"),
        ("ES: Virgin olive oil (up to 2%)", "virgin"),
        ("Aceite de orujo crudo", "pomace"),
        ("trigo", ""),
    ],
)
def test_which_oil_a_producer_price_is_of(name, grade):
    assert producer_price_grade(name) == grade


def test_what_is_kept_is_reckoned_once_and_without_a_cache_each_time(monkeypatch):
    computed = []

    def compute():
        computed.append(1)
        return {"a": 1}

    assert get_or_compute("x", compute, seconds=60) == get_or_compute("x", compute, seconds=60) == {"a": 1}
    assert len(computed) == 1

    def silent(*_args):
        raise RedisError("frozen")

    monkeypatch.setattr(cache, "get", silent)
    assert get_or_compute("x", compute, seconds=60) == {"a": 1}
    assert len(computed) == 2


@pytest.mark.django_db
def test_a_worker_has_the_market_page_ready_before_somebody_waits_for_it(client, django_assert_num_queries):
    _observed_prices(shop=ShopFactory(adapter=Adapter.AMAZON))
    basket = Basket("extra_virgin", "EUR")
    assert keep_market() == 1
    with django_assert_num_queries(1):  # of its forecast
        index_data(basket)
    with django_assert_num_queries(10):  # as many as when somebody was there before
        client.get("/", headers={"host": "localhost"})
    _observed_prices(shop=ShopFactory(adapter=Adapter.AMAZON))
    keep_market()
    assert index_data(basket).products[-1] == 2  # computed again, though the cached one was still good
