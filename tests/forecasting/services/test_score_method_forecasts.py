"""Forecasts of a method are scored by the rule of the published ones, and have a record of their own."""

from datetime import timedelta

import pytest
from django.utils import timezone

from forecasting.models import ForecastScore, MethodForecast, MethodScore
from forecasting.quantiles import LEVELS
from forecasting.selectors.method_record import product_method_record, shop_method_record
from forecasting.services.score_forecasts import score_forecasts
from forecasting.services.score_method_forecasts import score_method_forecasts
from tests.forecasting.services.test_score_forecasts import CUTOFF, Later, forecast_of, imported, later

__all__ = ["later"]
pytestmark = pytest.mark.django_db


def test_it_is_scored_like_the_published_one_beside_it(later: Later) -> None:
    published = forecast_of(imported({0: 100, 5: 96, 30: 96}))
    same = {name: getattr(published, name) for name in ("product", "training", "cutoff", "last_price", "levels")}
    quantiles = [(98 - 10 + 20 * LEVELS).tolist()] * 30
    MethodForecast.objects.create(**same, method="prophet", quantiles=quantiles)
    later(31)
    assert (score_forecasts(), score_method_forecasts(), score_method_forecasts()) == (3, 3, 0)
    fields = ("days", "due_on", "days_seen", "error", "naive_error", "last_step", "outcome")
    scores, published_scores = (
        list(model.objects.order_by("days").values_list(*fields)) for model in (MethodScore, ForecastScore)
    )
    assert scores == published_scores
    assert score_method_forecasts(again=True) == 1, "what came due in the last two weeks"
    shop, today = published.product.shop, timezone.now().date()
    assert shop_method_record(shop, "prophet", since=CUTOFF)[2].days_seen == 30
    assert shop_method_record(shop, "other", since=CUTOFF)[2].days_seen == 0
    few = product_method_record(published.product_id, "prophet", today=today)[0]
    assert (few.forecasts, few.rel_mae) == (1, None)


def test_one_held_back_is_not_scored(later: Later) -> None:
    published = forecast_of(imported({0: 100, 30: 100}))
    training = published.training
    training.pk, training.standing = None, "held_back"
    training.save()
    MethodForecast.objects.create(
        product=published.product, training=training, method="prophet", cutoff=CUTOFF, last_price=100,
        levels=[0.5], quantiles=[[100.0]] * 30,
    )  # fmt: skip
    later(31)
    assert score_method_forecasts() == 0
    assert not MethodScore.objects.filter(due_on__lt=CUTOFF + timedelta(days=60)).exists()
