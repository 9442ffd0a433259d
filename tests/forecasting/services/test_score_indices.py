"""Index forecasts are scored by how the index moved since, and only once that is known."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from rest_framework.test import APIClient

from forecasting.market.grade_index import GradeIndex
from forecasting.models import IndexForecast, IndexScore, Training
from forecasting.quantiles import LEVELS
from forecasting.selectors.index_series import Basket
from forecasting.selectors.product_record import index_record
from forecasting.services.score_forecasts import score_forecasts
from scraping.models import Product
from tests.forecasting.services.test_score_forecasts import CUTOFF, MIDNIGHT, Later, imported, later

__all__ = ["later"]
pytestmark = pytest.mark.django_db
BASKET = Basket("extra_virgin", "EUR")


def index_forecast(**values: Any) -> IndexForecast:
    training = Training.objects.create(
        status="done", standing="served", artefact="a", checksum="b", dispatch_at=timezone.now()
    )
    defaults: dict[str, Any] = {
        "grade": "extra_virgin",
        "currency": "EUR",
        "cutoff": CUTOFF,
        "last_value": 50.0,  # not the index's own level: another price came late and moved the whole chain
        "method": "event model",
        "levels": LEVELS.tolist(),
        "quantiles": [(45 + 10 * LEVELS).tolist()] * 30,
        "point": [49.0] * 30,
    }
    return IndexForecast.objects.create(training=training, **{**defaults, **values})


@pytest.fixture
def index() -> Product:
    return imported({0: 100, 5: 96, 30: 96})


def test_it_works(index: Product, later: Later) -> None:
    index_forecast()
    later(32)
    assert score_forecasts() == 3
    week, fortnight, month = IndexScore.objects.order_by("days")
    assert (week.days_seen, fortnight.days_seen, month.days_seen) == (7, 14, 30)
    assert week.naive_error == pytest.approx(3 * 0.04 / 7)
    assert week.error == pytest.approx((4 * 0.02 + 3 * 0.02) / 7)
    assert (fortnight.outcome, fortnight.due_on) == (pytest.approx(48), CUTOFF + timedelta(days=14))  # type: ignore[comparison-overlap]
    assert (month.inside_95, month.inside_80) == (30, 30)


def test_twice_is_once_and_again_mends(index: Product, later: Later) -> None:
    index_forecast()
    later(32)
    assert [score_forecasts(), score_forecasts()] == [3, 0]
    index.spells.filter(last_seen__date__gte=CUTOFF + timedelta(days=30)).update(price=90)
    assert score_forecasts(again=True) == 1, "the earlier ones came due more than two weeks ago"
    assert IndexScore.objects.get(days=30).outcome == pytest.approx(45)


def test_what_is_not_over_or_not_seen_yet_is_not_judged(index: Product, time_machine: Any, later: Later) -> None:
    index_forecast(cutoff=CUTOFF + timedelta(days=16))
    index_forecast(cutoff=CUTOFF + timedelta(days=23))
    time_machine.move_to(MIDNIGHT + timedelta(days=30, hours=11), tick=False)
    assert score_forecasts() == 1
    later(31)
    assert score_forecasts() == 2
    later(60)
    assert score_forecasts() == 0


def test_other_baskets_and_lost_chains_are_no_evidence(index: Product, later: Later) -> None:
    index_forecast(grade="pomace")
    index_forecast(simulated=True)
    index_forecast(cutoff=CUTOFF - timedelta(days=20))  # the index began after it
    later(32)
    assert score_forecasts() == 3
    assert set(IndexScore.objects.values_list("days_seen", flat=True)) == {0}


def test_changes_are_counted_from_the_last_known_level() -> None:
    index = GradeIndex(date(2026, 1, 1), np.array([4.0, np.nan, 5.0, np.nan, 6.0]), np.ones(5, dtype=np.int64))
    expected = [np.nan, 1.25, np.nan, 1.5]
    np.testing.assert_array_equal(index.changes_since(date(2026, 1, 1), 4), expected)
    np.testing.assert_array_equal(index.changes_since(date(2026, 1, 2), 4), [1.25, np.nan, 1.5, np.nan])
    for outside in (date(2025, 12, 31), date(2026, 2, 1)):
        assert np.isnan(index.changes_since(outside, 4)).all()


def test_the_record_stands_beside_the_forecast(index: Product, later: Later) -> None:
    index_forecast()
    later(32)
    score_forecasts()
    with CaptureQueriesContext(connection) as queries:
        week, _, month = index_record(BASKET)
    assert len(queries) == 1
    assert week.rel_mae == pytest.approx((7 * 0.02) / (3 * 0.04))
    assert (month.forecasts, month.coverage_80) == (1, 1.0)
    assert index_record(BASKET, since=CUTOFF + timedelta(days=31))[2].rel_mae is None
    assert index_record(Basket("extra_virgin", "EUR", simulated=True))[0].forecasts == 0
    body = APIClient().get(f"/api/index/?grade=extra_virgin&from={CUTOFF}&to={CUTOFF + timedelta(days=30)}").json()
    assert [row["days"] for row in body["record"]] == [7, 14, 30]
    assert body["record"][2]["coverage_80"] == 1.0
    assert body["record"][0]["rel_mae"] == pytest.approx(week.rel_mae)


def test_the_database_refuses_impossible_scores() -> None:
    forecast = index_forecast()
    due = {"forecast": forecast, "due_on": CUTOFF}
    with pytest.raises(IntegrityError, match="a_judged_index_horizon_is_known"), transaction.atomic():
        IndexScore.objects.create(**due, days=8, days_seen=0)
    with pytest.raises(IntegrityError, match="an_index_score_rests_on_seen_days"), transaction.atomic():
        IndexScore.objects.create(**due, days=7, days_seen=3)
