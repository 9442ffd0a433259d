"""Which advice holds now: the rule, and the same rule as SQL."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forecasting.selectors.advice_now import Withheld, products_advised, why_withheld
from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import SpellFactory

pytestmark = pytest.mark.django_db
NOW = timezone.now()
TODAY = NOW.date()


def _advice(word, days):
    return {"word": word, "until": None if days is None else (TODAY + timedelta(days=days)).isoformat()}


CASES = {
    "in stock": ({}, {}, None),
    "no deadline": ({}, {"advice": _advice("wait", None)}, None),
    "on its last day": ({}, {"advice": _advice("wait", 0)}, None),
    "expired": ({}, {"advice": _advice("wait", -1)}, Withheld.EXPIRED),
    "its thirty days are over": (
        {"seen": NOW - timedelta(days=30)},
        {"advice": _advice("wait", None), "cutoff": TODAY - timedelta(days=31)},
        Withheld.EXPIRED,
    ),
    "a week old": ({}, {"cutoff": TODAY - timedelta(days=7)}, None),
    "too old for the price": ({}, {"cutoff": TODAY - timedelta(days=8)}, Withheld.OUTLIVED),
    "three times": ({}, {"last_price": 13.5}, None),
    "a jump up": ({}, {"last_price": 13.0}, Withheld.LEAPT),
    "a jump down": ({}, {"last_price": 121.0}, Withheld.LEAPT),
}


@pytest.mark.parametrize(("offer", "forecast", "reason"), CASES.values(), ids=CASES)
def test_the_rule_and_its_sql_agree(offer, forecast, reason):
    product = priced_product(**offer)
    made = forecast_of(product, **forecast)
    made.refresh_from_db()
    spell = product.latest_spell
    spell.refresh_from_db()
    assert (
        why_withheld(
            made.advice,
            cutoff=made.cutoff,
            last_price=made.last_price,
            price=float(spell.price),
            seen_on=spell.last_seen.date(),
            state=spell.state,
            today=TODAY,
        )
        == reason
    )
    assert set(products_advised("wait", today=TODAY)) == (set() if reason else {product.pk})
    assert not products_advised("buy", today=TODAY).exists()


def test_what_is_out_of_stock_has_none():
    product = priced_product()
    forecast_of(product)
    last = product.latest_spell.last_seen + timedelta(minutes=1)
    product.latest_spell = SpellFactory(product=product, state="unavailable", price=None, first_seen=last)
    product.save()
    assert not products_advised("wait", today=TODAY).exists()


def test_only_the_newest_served_forecast_counts():
    product = priced_product()
    forecast_of(product, cutoff=TODAY - timedelta(days=2))
    forecast_of(product, cutoff=TODAY - timedelta(days=1), advice=_advice("buy", 9))
    forecast_of(product, standing="held_back", advice=_advice("no_hurry", 9))
    assert set(products_advised("buy", today=TODAY)) == {product.pk}
    assert not products_advised("wait", today=TODAY).exists()
    assert not products_advised("no_hurry", today=TODAY).exists()
