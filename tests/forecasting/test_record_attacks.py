"""Each way to make the public record look better than the forecasts were, and what answers it."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import Model
from django.utils import timezone

from forecasting.models import AdviceScore, Forecast, ForecastScore, IndexForecast, IndexScore, Standing, Training
from forecasting.selectors.public_record import first_due, record
from forecasting.services.rule_standing import roll_back, serve
from forecasting.services.score_forecasts import score_forecasts
from scraping.models import Adapter, Product, Shop
from scraping.services.seed_demo import remove_demo
from scraping.services.shops import demo_shop
from tests.factories import ShopFactory
from tests.forecasting.services.test_score_forecasts import CUTOFF, MIDNIGHT, Later, forecast_of, imported, later
from tests.forecasting.services.test_score_indices import index_forecast
from tests.record_rows import done_training

__all__ = ["later"]
pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def days_seen() -> list[int]:
    return list(ForecastScore.objects.order_by("days").values_list("days_seen", flat=True))


def served_on(training: Training) -> date:
    training.refresh_from_db()
    assert training.served_from is not None
    return training.served_from.date()


def held_back() -> Training:
    return done_training(standing=Standing.HELD_BACK)


@pytest.fixture
def fallen() -> Product:
    """It cost 100 until five days ago but for two days at 60, and 90 since."""
    return imported(
        {-10: 100, -8: 60, -6: 100, -5: 90, 31: 90}, shop=ShopFactory(adapter=Adapter.AMAZON, timezone="UTC")
    )


def test_a_claimed_price_is_no_reference(fallen: Product, later: Later) -> None:
    """A doubled last price would make assuming no change err by half, and every forecast look good beside it."""
    forecast_of(fallen, last_price=180.0, point=[99.0] * 30)
    later(32)
    score_forecasts()
    week = ForecastScore.objects.get(days=7)
    assert week.naive_error == 0
    assert week.error == pytest.approx(0.1), "in units of the kept price"
    assert AdviceScore.objects.get().waited == 1


def test_a_forecast_of_days_that_are_over_earns_nothing(later: Later) -> None:
    """Import half a history, train, import the rest: all that it forecasts is over."""
    product = imported({-240: 100, -230: 90, -200: 90})
    forecast_of(product, cutoff=CUTOFF - 240 * DAY, point=[90.0] * 30)
    for days in (1, 32, 300):
        later(days)
        assert score_forecasts() == 0
    newest = product.latest_spell
    assert newest is not None
    newest.last_seen = MIDNIGHT + 60 * DAY  # the import goes on, and the forecast does not reach that far
    newest.save()
    assert score_forecasts() == 3
    assert set(days_seen()) == {0}
    assert record(simulated=False).empty


def test_only_days_after_the_day_of_publication_count(fallen: Product, later: Later) -> None:
    """It starts from before a fall of ten days ago that is known by now, and says just that."""
    training = done_training()
    forecast_of(fallen, cutoff=CUTOFF - 10 * DAY, last_price=100.0, point=[90.0] * 30, training=training)
    later(40)
    score_forecasts()
    assert days_seen() == [7, 14, 0], "a month after publication is more than it forecast"
    for score in ForecastScore.objects.filter(days_seen__gt=0):
        assert score.naive_error == 0, "whoever had assumed no change that day would have been right too"
        assert score.due_on == served_on(training) + score.days * DAY
    assert record(simulated=False).horizons[0].rel_mae is None
    advice = AdviceScore.objects.get()
    assert (advice.due_on - advice.days * DAY, advice.waited, advice.lowest) == (served_on(training), 1, 1), (
        "nobody can buy at a price of last week"
    )


def test_a_forecast_added_to_an_old_training_is_as_late_as_it_is(fallen: Product, later: Later) -> None:
    training = done_training()
    later(20)
    forecast_of(fallen, training=training)
    later(60)
    score_forecasts()
    assert days_seen() == [7, 0, 0]
    assert ForecastScore.objects.get(days=7).due_on == CUTOFF + 27 * DAY


def test_known_prices_are_no_evidence_for_an_index_either(fallen: Product, later: Later) -> None:
    forecast = index_forecast(cutoff=CUTOFF - 6 * DAY, last_value=50.0, point=[45.0] * 30)
    later(40)
    score_forecasts()
    week, _, month = IndexScore.objects.order_by("days")
    assert (week.days_seen, week.naive_error, week.due_on) == (7, 0, served_on(forecast.training) + 7 * DAY)
    assert month.days_seen == 0


def test_a_short_forecast_is_not_scored_over_a_long_horizon(fallen: Product, later: Later) -> None:
    forecast_of(fallen, point=[90.0] * 7, quantiles=[[90.0] * 13] * 7)
    later(40)
    score_forecasts()
    assert days_seen() == [7, 0, 0]


def test_held_back_and_served_once_it_proved_right(fallen: Product, later: Later) -> None:
    training = held_back()
    later(-6)
    forecast_of(fallen, training=training, cutoff=CUTOFF - 6 * DAY, last_price=100.0, point=[90.0] * 30)
    later(32)
    assert score_forecasts() == 0
    assert first_due(simulated=False) is None
    serve(training_ids=[training.pk], by="operator")
    score_forecasts()
    assert list(ForecastScore.objects.order_by("days").values_list("due_on", "days_seen", "naive_error")[:2]) == [
        (served_on(training) + 7 * DAY, 7, 0),
        (served_on(training) + 14 * DAY, 14, 0),
    ]


@pytest.mark.parametrize("standing", [Standing.ROLLED_BACK, Standing.HELD_BACK])
def test_rolled_back_once_it_went_wrong(fallen: Product, later: Later, standing: str) -> None:
    """Taking back what goes wrong does not take it out of the record."""
    done_training()
    forecast = forecast_of(fallen, point=[50.0] * 30)
    assert roll_back(training_ids=[forecast.training_id], by="operator") == 1
    Training.objects.filter(pk=forecast.training_id).update(standing=standing)
    later(32)
    assert score_forecasts() == 3
    assert days_seen() == [7, 14, 30]


@pytest.mark.parametrize("standing", [Standing.SERVED, Standing.HELD_BACK, Standing.ROLLED_BACK])
def test_when_it_was_first_served_is_written_by_the_database(standing: str) -> None:
    before = timezone.now() - timedelta(minutes=1)
    training = done_training(standing=standing, served_from=before - 300 * DAY)
    training.refresh_from_db()
    if standing != Standing.SERVED:
        assert training.served_from is None
        Training.objects.filter(pk=training.pk).update(standing=Standing.SERVED, served_from=before - 300 * DAY)
        training.refresh_from_db()
    first = training.served_from
    assert first is not None
    assert before < first
    for changes in ({"served_from": None}, {"served_from": before - DAY}, {"standing": Standing.HELD_BACK}):
        Training.objects.filter(pk=training.pk).update(**changes)
        training.refresh_from_db()
        assert training.served_from == first
    serve(training_ids=[training.pk], by="operator")
    training.refresh_from_db()
    assert training.served_from == first


def test_scores_take_in_late_prices_for_two_weeks(fallen: Product) -> None:
    today = timezone.now().date()
    figures = {"days_seen": 1, "error": 0.1, "naive_error": 0.1, "crps": 0.1, "last_step": 1, "outcome": 40.0}
    forecast = forecast_of(fallen)
    open_one = ForecastScore.objects.create(forecast=forecast, days=7, due_on=today - 13 * DAY, **figures)
    closed = ForecastScore.objects.create(forecast=forecast, days=14, due_on=today - 15 * DAY, **figures)
    index = IndexScore.objects.create(forecast=index_forecast(), days=7, due_on=today - 15 * DAY, **figures)
    advice = AdviceScore.objects.create(
        forecast=forecast, word="wait", days=14, due_on=today - 15 * DAY, waited=1.2, always=1.2, lowest=1
    )
    ForecastScore.objects.filter(pk=open_one.pk).update(error=0.05)
    for rows, changes in (
        (ForecastScore.objects.filter(pk=closed.pk), {"error": 0.0}),
        (ForecastScore.objects.filter(pk=closed.pk), {"due_on": today}),
        (ForecastScore.objects.filter(pk=open_one.pk), {"due_on": today + DAY}),
        (ForecastScore.objects.filter(pk=open_one.pk), {"days": 30}),
        (IndexScore.objects.filter(pk=index.pk), {"error": 0.0}),
        (AdviceScore.objects.filter(pk=advice.pk), {"waited": 1.0}),
    ):
        with pytest.raises(IntegrityError, match="a score is not changed"), transaction.atomic():
            rows.update(**changes)


def test_prices_changed_long_afterwards_change_no_score(fallen: Product, later: Later) -> None:
    forecast_of(fallen, point=[50.0] * 30)
    later(32)
    score_forecasts()
    fallen.spells.filter(price=90).update(price=Decimal(50))
    later(60)
    assert score_forecasts(again=True) == 0
    assert set(ForecastScore.objects.values_list("outcome", flat=True)) == {90}


@pytest.mark.parametrize("model", [Forecast, IndexForecast, ForecastScore, IndexScore, AdviceScore, Training])
def test_the_record_is_not_emptied(model: type[Model]) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL oilwatch.test_database = 'off'")
        with pytest.raises(IntegrityError, match="never deleted"), transaction.atomic():
            cursor.execute(f"TRUNCATE {model._meta.db_table} CASCADE")


def test_nothing_real_becomes_simulated_and_is_removed(fallen: Product) -> None:
    forecast_of(fallen)
    with pytest.raises(IntegrityError, match="stays with its shop"), transaction.atomic():
        Product.objects.filter(pk=fallen.pk).update(shop=demo_shop())
    with pytest.raises(IntegrityError, match="stays real or simulated"), transaction.atomic():
        Shop.objects.filter(pk=fallen.shop_id).update(adapter=Adapter.DEMO)
    remove_demo()
    assert Forecast.objects.exists()


def test_what_has_no_forecast_may_still_move(fallen: Product) -> None:
    Shop.objects.filter(pk=fallen.shop_id).update(adapter=Adapter.IMPORT)
    Product.objects.filter(pk=fallen.pk).update(shop=demo_shop())
    assert remove_demo() == 1


def test_a_training_in_a_shop_that_is_visited_counts_whole(later: Later) -> None:
    """What is published on the day of its cutoff is as before: no day is lost, and its price is the reference."""
    shop = ShopFactory(timezone="Asia/Tokyo", adapter=Adapter.AMAZON)
    product = imported({-10: 100, 5: 96, 31: 96}, shop=shop)
    here: Any = timezone.now() + timedelta(hours=9)
    forecast_of(product, cutoff=max(CUTOFF, here.date()))
    later(33)
    assert score_forecasts() == 3
    assert days_seen() == [7, 14, 30]
