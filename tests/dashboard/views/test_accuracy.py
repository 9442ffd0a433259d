"""The public record as a page: empty, filled, simulated apart from real, few queries, hostile text."""

from datetime import timedelta

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from dashboard.charts.coverage import CoverageRow, coverage_svg
from dashboard.texts.formats import percent
from dashboard.texts.record import advice_sentences, error_words
from forecasting.evaluation.record_figures import AdviceFigures
from forecasting.models import AdviceScore, ForecastScore, Training
from scraping.models import Adapter
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ShopFactory
from tests.forecasting.training_figures import shop_figures, training_with

pytestmark = pytest.mark.django_db
HOSTILE = "<img src=x onerror=alert(1)>"


def _page(client, path="/accuracy/", **more):
    answer = client.get(path, headers={"host": "localhost"}, **more)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml")


def _text(soup):
    return " ".join(soup.get_text(" ").split())


def _scored(product, *, ago=0, error=0.02, word="wait", waited=0.97):
    due = timezone.now().date() - timedelta(days=ago)
    forecast = forecast_of(product, cutoff=due - timedelta(days=30))
    for days in (7, 14, 30):
        ForecastScore.objects.create(
            forecast=forecast,
            days=days,
            due_on=due,
            days_seen=days,
            error=error,
            naive_error=0.04,
            crps=0.01,
            inside_80=days - 2,
            inside_95=days,
            last_step=days,
            outcome=37.0,
        )
    AdviceScore.objects.create(
        forecast=forecast, word=word, days=14, due_on=due, waited=waited, always=waited, lowest=0.95
    )
    return forecast


def _real():
    return priced_product(shop=ShopFactory(adapter=Adapter.AMAZON, name=f"amazon.{ShopFactory().pk}"))


def test_nothing_published_yet(client):
    text = _text(_page(client))
    assert "none scored yet" in text
    assert "No forecast of these prices has been published yet" in text
    assert "How to read this" in text


def test_published_but_not_due(client):
    forecast_of(_real())
    assert "The first 7-day score is due on" in _text(_page(client))


def test_what_was_measured_on_the_past_is_labelled_so(client):
    ShopFactory(name="there", adapter=Adapter.AMAZON)
    figures = {"n": 100, "rel_mae": 0.88, "coverage_80": 0.81, "coverage_95": None}
    result = {"origins": 8, "horizons": {"30": figures, "nonsense": 1}, "advice": {"14": {"n": 5, "saving_pct": 1.1}}}
    Training.objects.create(
        status="done",
        standing="served",
        artefact="a",
        checksum="b",
        dispatch_at=timezone.now(),
        scores={"there": result, "odd": {}},
    )
    soup = _page(client)
    past = soup.select_one("section[aria-labelledby=past]")
    assert "These figures come from tests" in _text(past)
    assert [" ".join(cell.text.split()) for cell in past.select("td")][:2] == ["−12.0% n = 100", "1.1%"]
    assert past.select_one("svg.coverage circle.coverage-80")
    assert past.select_one("svg.coverage circle.coverage-95") is None


def test_advice_on_the_past_stands_beside_always_waiting_and_foresight(client):
    advice = {"n": 500, "saving_pct": 1.1, "capture": 0.65, "waits_lost": 0.1, "stated_regret": 0.12}
    advice |= {"always_wait_pct": -1.0, "possible_pct": 1.7}
    _measured(advice={"14": advice})
    past = _page(client).select_one("section[aria-labelledby=past]")
    row = past.select("table")[1].select_one("tbody tr")
    cells = [" ".join(cell.text.split()) for cell in row.select("td")]
    assert cells == ["1.1%", "−1.0%", "1.7%", "65%", "10% stated: 12%", "500"]


def _measured(**figures):
    ShopFactory(name="there", adapter=Adapter.AMAZON)
    return training_with(there=shop_figures(**figures))


def test_forecasters_are_compared_with_their_error_bars(client):
    _measured()
    soup = _page(client)
    board = soup.select_one("section[aria-labelledby=leaderboard]")
    assert board.select_one(".standing").text.startswith("Over 30 days, the published forecast had 12% less error")
    rows = [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in board.select("tbody tr")]
    assert rows[0] == [
        *("published forecast", "−12.0% −17% to −7%", "less error", "−12.0% −17% to −7% p: <0.01"),
        *("54,000 from 26 test days", "–"),
    ]
    assert rows[2][2] == "no measurable difference"
    assert len(board.select("svg.error-bars circle")) == 4, "all but the reference"
    assert "compared on 20 Nov 2026" in _text(board)
    assert board.select_one(".switch [aria-current]").text == "30 days"
    week = _page(client, "/accuracy/?days=7").select_one("section[aria-labelledby=leaderboard]")
    assert week.select_one(".standing").text.startswith("Over 7 days")
    assert _page(client, "/accuracy/?days=nonsense").select_one(".switch [aria-current]").text == "30 days"


def test_the_published_record_stands_beside_the_tests(client):
    product = priced_product(shop=ShopFactory(name="there", adapter=Adapter.AMAZON))
    _scored(product)
    training_with(there=shop_figures())
    board = _page(client).select_one("section[aria-labelledby=leaderboard]")
    cells = [" ".join(row.select("td")[-1].text.split()) for row in board.select("tbody tr")]
    assert cells == ["−50.0% 1 forecast", "–", "–", "–", "–"]


def test_odds_stand_beside_what_came(client):
    _measured()
    odds = _page(client).select_one("section[aria-labelledby=odds]")
    first, *tables = odds.select("table")
    rows = [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in first.select("tbody tr")]
    assert rows[0] == ["by 5% within 7 days", "23.0%", "25.0%", "0.12", "1,240"]
    assert len(rows) == 6
    assert [table.caption.text.strip() for table in tables] == [
        "Reliability: a fall by 5% within 30 days",
        "Reliability: a fall by 10% within 30 days",
    ]
    reliability = [cell.text for cell in tables[0].select("tbody tr")[0].select("th, td")]
    assert reliability == ["0% – 5%", "2.5%", "4.3%", "200"]


def test_a_training_of_before_there_were_leaderboards_shows_none(client):
    _measured(leaderboard={}, odds={}, reliability={})
    soup = _page(client)
    assert soup.select_one("section[aria-labelledby=past]")
    assert soup.select_one("section[aria-labelledby=leaderboard]") is None
    assert soup.select_one("section[aria-labelledby=odds]") is None


def test_a_leaderboard_costs_two_queries_more(client):
    _measured()
    _page(client)  # which forecasts are shown as examples is kept for an hour from now on
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/accuracy/", headers={"host": "localhost"}).status_code == 200
    assert len(queries) <= 11


def test_the_record(client):
    _scored(_real())
    _scored(_real(), ago=200, error=0.06, word="buy")
    soup = _page(client)
    assert soup.select_one(".number").text.strip() == "50% less error"
    table = soup.select_one("section[aria-labelledby=published] table")
    assert [cell.text.strip() for cell in table.select("tbody tr")[-1].select("td")] == [
        *("−50.0%", "0.0%", "93%", "100%", "2"),
    ]
    text = _text(soup)
    assert "in the last 90 days saved 3.0% per purchase compared with buying right away, 60% of what" in text
    assert "Advised waits: 1, of which 0% ended up costing more." in text
    assert len(soup.select("section[aria-labelledby=worst] tbody tr")) == 2
    assert not soup.select("article.simulated")


def test_the_advice_stands_beside_always_never_and_knowing_the_future(client):
    _scored(_real(), waited=0.97)
    _scored(_real(), waited=1.02, word="no_hurry")
    _scored(_real(), waited=0.99, word="buy")
    soup = BeautifulSoup(client.get("/accuracy/", headers={"host": "localhost"}).content, "lxml")
    rows = soup.select("section[aria-labelledby=advice] tbody tr")
    assert [[" ".join(cell.text.split()) for cell in row.select("th, td")] for row in rows] == [
        ["Follow the advice", "0.3%", "7%", "50% n = 2", "3"],
        ["Always wait", "0.7%", "13%", "33% n = 3", "3"],
        ["Never wait", "0.0%", "0%", "–", "3"],
        ["A buyer who knew the future", "5.0%", "100%", "–", "3"],
    ]


def test_simulated_prices_stand_apart(client):
    _scored(priced_product())
    soup = _page(client)
    assert soup.select_one("article.simulated")
    assert soup.select_one(".tag-simulated")
    assert soup.select_one(".switch") is None
    _scored(_real(), error=0.05)
    soup = _page(client)
    assert not soup.select("article.simulated")
    assert "25% more error" in soup.select_one(".number").text
    assert _page(client, "/accuracy/?prices=simulated").select_one("article.simulated")


@pytest.mark.parametrize("count", [1, 12])
def test_few_queries_and_a_strict_policy(client, count):
    for _ in range(count):
        _scored(_real())
    _page(client)  # which forecasts are shown as examples is kept for an hour from now on
    with CaptureQueriesContext(connection) as queries:
        answer = client.get("/accuracy/", headers={"host": "localhost"})
    assert len(queries) <= 9 + 2  # the two examples with their prices
    assert "'unsafe-inline'" not in answer.headers["Content-Security-Policy"]
    assert not BeautifulSoup(answer.content, "lxml").select("[style], style, script")


def test_hostile_titles_are_harmless(client):
    _scored(priced_product(title=HOSTILE, shop=ShopFactory(name=HOSTILE, adapter=Adapter.AMAZON)))
    soup = _page(client)
    assert soup.find("img") is None
    assert soup.select_one("section[aria-labelledby=worst] a").text == HOSTILE


def test_in_spanish(client):
    _scored(_real())
    text = _text(_page(client, HTTP_ACCEPT_LANGUAGE="es"))
    assert "¿Cuánto acertamos?" in text
    assert "50 % menos de error" in text


def test_a_loss_is_called_one():
    lost = AdviceFigures(10, 4, saving=-0.002, always_wait=-0.03, possible=0.02, waits_lost=0.5, always_lost=0.6)
    with translation.override("en"):
        assert advice_sentences(lost, days=None) == [
            "Following our advice cost 0.2% more per purchase than buying right away (10 decisions).",
            "Advised waits: 4, of which 50% ended up costing more.",
            "Always waiting would have cost 3.0% more; 60% of the waits ended up costing more.",
        ]
        assert error_words(0.001) == "the same error"
    assert lost.capture is None


def test_the_axis_reaches_down_to_the_lowest_share():
    assert ">30%<" in coverage_svg([CoverageRow("7", 0.34, 0.9)], label="x", percent=percent)
    assert ">50%<" in coverage_svg([CoverageRow("<7>", 0.8, None)], label="<x>", percent=percent)
    assert "<7>" not in coverage_svg([CoverageRow("<7>", 0.8, None)], label="<x>", percent=percent)
