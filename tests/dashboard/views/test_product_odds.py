"""The odds of a fall on a product's page: stated beside the advice, with how often such chances came true."""

from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone
from django.utils.dateformat import format as formatted

from tests.dashboard.rows import forecast_of, priced_product
from tests.forecasting.training_figures import shop_figures, training_with

pytestmark = pytest.mark.django_db
ODDS = {"5": {"7": 0.125, "14": 0.31, "30": 0.58}, "10": {"7": 0.004, "14": 0.1, "30": 0.27}, "days_to_fall": 25}


def odds_of(client: Any, product: Any, language: str = "en") -> Any:
    answer = client.get(f"/products/{product.pk}/", headers={"host": "localhost", "accept-language": language})
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "lxml").select_one(".odds")


def test_chances_and_the_likely_day(client: Any) -> None:
    product = priced_product()
    forecast_of(product, odds=ODDS)
    odds = odds_of(client, product)
    rows = [[cell.text.strip() for cell in row.select("th, td")] for row in odds.select("tbody tr")]
    assert rows == [["by 5%", "13%", "31%", "58%"], ["by 10%", "<1%", "10%", "27%"]]
    day = formatted(timezone.now().date() + timedelta(days=25), "j F")
    assert odds.select_one("p").text.strip() == f"A fall by 5% is as likely as not by {day}."
    assert odds.select_one("a")["href"] == "/accuracy/#odds"
    assert "tests on the past" not in odds.text, "nothing was measured yet"


def test_how_often_such_chances_came_true(client: Any) -> None:
    product = priced_product()
    forecast_of(product, odds={**ODDS, "days_to_fall": None})
    training_with(**{product.shop.name: shop_figures()})
    text = " ".join(odds_of(client, product).text.split())
    assert "A fall by 5% is not expected within 30 days." in text
    assert "In 1,240 tests on the past, a fall by 5% within 14 days was given a chance of 23%" in text
    assert "Probabilidad de que el precio baje" in odds_of(client, product, "es").text


def test_a_forecast_of_before_there_were_odds_states_none(client: Any) -> None:
    product = priced_product()
    forecast_of(product)
    assert odds_of(client, product) is None
