"""Taxes by country and grade, and what the database refuses of them."""

import math
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from forecasting.market.tax_steps import TaxStep
from forecasting.models import TaxChange
from forecasting.selectors.forecast_context import tax_steps_of
from scraping.models import Product, Shop
from tests.factories import ProductFactory, ShopFactory

pytestmark = pytest.mark.django_db
BEFORE, DAY = date(2024, 9, 20), date(2024, 10, 1)


def change(**values: Any) -> TaxChange:
    defaults: dict[str, Any] = {"country": "PT", "starts_on": DAY, "percent_before": 0, "percent_after": 2}
    return TaxChange.objects.create(**{**defaults, **values})


def test_it_works() -> None:
    shop = ShopFactory(country="PT")
    olive, sunflower = ProductFactory(shop=shop, grade="olive"), ProductFactory(shop=shop, grade="sunflower")
    change(grades=["extra_virgin", "olive"])
    change(grades=["sunflower"], percent_before=5, percent_after="7.5")
    change(country="IT")
    steps = tax_steps_of(shop, after=BEFORE, until=date(2024, 10, 20))
    assert steps[str(olive.pk)] == [TaxStep(DAY, pytest.approx(1.02))]  # type: ignore[arg-type]
    assert steps[str(sunflower.pk)] == [TaxStep(DAY, pytest.approx(1.075 / 1.05))]  # type: ignore[arg-type]
    assert tax_steps_of(ShopFactory(), after=BEFORE, until=date(2024, 10, 20)) == {}


def test_only_those_to_come_within_the_horizon_and_one_query_without_any() -> None:
    shop = ShopFactory(country="PT")
    product = ProductFactory(shop=shop)
    change()
    assert tax_steps_of(shop, after=DAY, until=date(2024, 10, 31)) == {}
    with CaptureQueriesContext(connection) as queries:
        assert tax_steps_of(shop, after=date(2024, 8, 1), until=date(2024, 9, 30)) == {}
    assert len(queries) == 1
    assert list(tax_steps_of(shop, after=BEFORE, until=DAY)) == [str(product.pk)]


def total(shop: Shop, product: Product) -> float:
    steps = tax_steps_of(shop, after=BEFORE, until=date(2024, 10, 20))
    return math.prod(step.ratio for step in steps[str(product.pk)])


@pytest.mark.parametrize("narrow", ["extra_virgin", "olive"])
def test_of_one_day_the_row_that_names_fewer_grades_has_the_last_word(narrow: str) -> None:
    shop = ShopFactory(country="PT")
    wide = "olive" if narrow == "extra_virgin" else "extra_virgin"
    narrowest, named, other = (ProductFactory(shop=shop, grade=grade) for grade in (narrow, wide, "sunflower"))
    change(grades=[], percent_after=10)
    change(grades=["extra_virgin", "olive"], percent_after=4)
    change(grades=[narrow], percent_after=2)
    result = [total(shop, product) for product in (narrowest, named, other)]
    assert result == pytest.approx([1.02, 1.04, 1.10]), "not 1.02 * 1.04 * 1.10"


def test_spain_s_are_known_and_an_operator_s_row_of_the_day_replaces_them() -> None:
    shop = ShopFactory(country="ES")
    olive, seed = ProductFactory(shop=shop, grade="extra_virgin"), ProductFactory(shop=shop, grade="sunflower")
    span = {"after": date(2024, 6, 1), "until": date(2025, 2, 1)}
    steps = tax_steps_of(shop, **span)
    printed = date(2024, 6, 27)
    assert [(step.day, step.announced) for step in steps[str(olive.pk)]] == [
        (date(2024, 7, 1), printed),
        (date(2024, 10, 1), printed),
        (date(2025, 1, 1), printed),
    ]
    assert math.prod(step.ratio for step in steps[str(olive.pk)]) == pytest.approx(1.04 / 1.05)
    assert math.prod(step.ratio for step in steps[str(seed.pk)]) == pytest.approx(1.10 / 1.05)
    change(country="ES", starts_on=date(2025, 1, 1), percent_before=2, percent_after=3, announced_on=date(2024, 12, 1))
    assert tax_steps_of(shop, **span)[str(olive.pk)][-1] == TaxStep(
        date(2025, 1, 1),
        pytest.approx(1.03 / 1.02),  # type: ignore[arg-type]
        date(2024, 12, 1),
    )


def test_a_step_entered_twice_is_one_and_two_steps_are_two() -> None:
    shop = ShopFactory(country="PT")
    product = ProductFactory(shop=shop)
    change()
    change(starts_on=DAY + timedelta(days=7))
    assert tax_steps_of(shop, after=BEFORE, until=date(2024, 10, 20)) == {
        str(product.pk): [TaxStep(DAY, pytest.approx(1.02))]  # type: ignore[arg-type]
    }
    change(starts_on=DAY + timedelta(days=9), percent_before=2, percent_after=4)
    assert total(shop, product) == pytest.approx(1.04)


@pytest.mark.parametrize(
    ("values", "name"),
    [
        ({"country": "es"}, "a_taxing_country_has_two_letters"),
        ({"percent_after": 0}, "a_change_of_tax_changes_something"),
        ({"percent_after": -1}, "a_tax_lies_between_nothing_and_the_price"),
        ({"percent_before": 100}, "a_tax_lies_between_nothing_and_the_price"),
    ],
)
def test_the_database_refuses_impossible_taxes(values: dict[str, Any], name: str) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change(**values)
    change()
    with pytest.raises(IntegrityError, match="once_a_day"), transaction.atomic():
        change(percent_after=4)
