"""Published forecasts are scored when their days have come, once, by observed prices."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forecasting.models import AdviceScore, Forecast, ForecastScore, Training
from forecasting.quantiles import LEVELS
from forecasting.selectors.public_record import first_due, record, worst_misses
from forecasting.services.score_forecasts import score_forecasts
from scraping.models import Adapter, Product
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db
# The database's clock says when a forecast was published: today, or tomorrow in the last hour of a day.
CUTOFF = (timezone.now() + timedelta(hours=1)).date()
MIDNIGHT = datetime.combine(CUTOFF, time(), UTC)
FORTNIGHT = (CUTOFF + timedelta(days=14)).isoformat()
Later = Callable[[int], None]


@pytest.fixture
def later(time_machine: Any) -> Later:
    """Move the platform's clock to noon, this many days after the cutoff."""
    return lambda days: time_machine.move_to(MIDNIGHT + timedelta(days=days, hours=12), tick=False)


def imported(prices: dict[int, int], **values: Any) -> Product:
    """A product of an import whose price on day CUTOFF + n is given, from n to the next n."""
    values.setdefault("shop", None)
    shop = values.pop("shop") or ShopFactory(adapter=Adapter.IMPORT, timezone="UTC")
    product = ProductFactory(shop=shop, **values)
    days = sorted(prices)
    for day, following in zip(days, [*days[1:], days[-1] + 1], strict=True):
        length = following - day - 1
        spell = SpellFactory(
            product=product,
            price=Decimal(prices[day]),
            first_seen=MIDNIGHT + timedelta(days=day),
            last_seen=MIDNIGHT + timedelta(days=day + length),
        )
    product.latest_spell = spell
    product.save()
    return product


def forecast_of(product: Product, **values: Any) -> Forecast:
    training = values.pop("training", None) or Training.objects.create(
        status="done", standing="served", artefact="a", checksum="b", dispatch_at=timezone.now()
    )
    defaults = {
        "cutoff": CUTOFF,
        "last_price": 100.0,
        "method": "event model",
        "levels": LEVELS.tolist(),
        "quantiles": [(90 + 20 * LEVELS).tolist()] * 30,
        "point": [98.0] * 30,
        "advice": {"word": "wait", "until": FORTNIGHT},
    }
    return Forecast.objects.create(product=product, training=training, **{**defaults, **values})


def test_it_works(later: Later) -> None:
    forecast_of(imported({0: 100, 5: 96, 30: 96}))
    later(31)
    assert score_forecasts() == 3
    week, fortnight, month = ForecastScore.objects.order_by("days")
    assert (week.days_seen, fortnight.days_seen, month.days_seen) == (7, 14, 30)
    assert week.error == pytest.approx((4 * 0.02 + 3 * 0.02) / 7)
    assert week.naive_error == pytest.approx(3 * 0.04 / 7)
    assert (fortnight.outcome, fortnight.due_on) == (96, CUTOFF + timedelta(days=14))
    advice = AdviceScore.objects.get()
    assert (advice.word, advice.days, advice.waited, advice.always, advice.lowest) == ("wait", 14, 0.96, 0.96, 0.96)


def test_twice_is_once_and_again_mends(later: Later) -> None:
    product = imported({0: 100, 1: 100, 30: 100})
    forecast_of(product)
    later(31)
    assert [score_forecasts(), score_forecasts()] == [3, 0]
    product.spells.filter(last_seen__date__gte=CUTOFF + timedelta(days=30)).update(price=Decimal(90))
    call_command("score_forecasts", "--again")
    assert ForecastScore.objects.count() == 3
    assert ForecastScore.objects.get(days=30).outcome == 90


def test_nothing_is_judged_before_its_last_day_is_over(later: Later) -> None:
    forecast_of(imported({0: 100, 6: 100}))
    forecast_of(imported({0: 100, 40: 100}))
    later(7)
    assert score_forecasts() == 0, "prices of days that are still to come are no evidence"
    later(40)
    assert score_forecasts() == 3


def test_a_shop_that_is_visited_is_scored_by_the_clock(later: Later) -> None:
    forecast_of(imported({0: 100, 6: 100}, shop=ShopFactory(timezone="UTC")))
    later(7)
    assert score_forecasts() == 0
    later(8)
    assert score_forecasts() == 1


def test_days_without_a_look_are_no_evidence(later: Later) -> None:
    product = imported({0: 100, 30: 100})
    product.spells.filter(first_seen__date=CUTOFF).update(last_seen=MIDNIGHT + timedelta(days=2))
    product.spells.filter(first_seen__date__gt=CUTOFF + timedelta(days=2)).update(
        first_seen=MIDNIGHT + timedelta(days=30)
    )
    forecast_of(product)
    later(31)
    score_forecasts()
    assert list(ForecastScore.objects.order_by("days").values_list("days_seen", flat=True)) == [2, 2, 3]
    assert not AdviceScore.objects.exists()  # nobody knows what day 14 cost


def test_another_product_under_the_same_sku_is_no_evidence(later: Later) -> None:
    product = imported({0: 100, 3: 20, 30: 20})
    product.series_since = MIDNIGHT + timedelta(days=3)
    product.save()
    forecast_of(product)
    later(31)
    score_forecasts()
    assert set(ForecastScore.objects.values_list("days_seen", flat=True)) == {0}
    assert record(simulated=False).empty
    assert not AdviceScore.objects.exists()


@pytest.mark.parametrize("word", ["wait", "no_hurry"])
def test_who_waits_follows_the_advice_of_later_days(later: Later, word: str) -> None:
    product = imported({0: 100, 2: 102, 4: 104, 6: 106, 30: 106})
    first = forecast_of(product, advice={"word": word, "until": FORTNIGHT})
    due = {"until": (CUTOFF + timedelta(days=30)).isoformat()}
    for day, advice in ((1, word), (3, "buy"), (5, "buy")):
        later(day)
        forecast_of(product, cutoff=CUTOFF + timedelta(days=day), advice={"word": advice, **due})
    later(31)
    score_forecasts()
    score = AdviceScore.objects.get(forecast=first)
    assert (score.word, score.waited, score.always) == (word, 1.02, 1.06), "bought on day 3, at the price of that day"


def test_advice_that_was_never_served_or_of_another_product_stops_no_wait(later: Later) -> None:
    product, other = imported({0: 100, 2: 102, 30: 106}), imported({0: 100, 30: 100})
    first = forecast_of(product)
    later(3)
    held = Training.objects.create(
        status="done", standing="held_back", artefact="a", checksum="b", dispatch_at=timezone.now()
    )
    buy = {"cutoff": CUTOFF + timedelta(days=3), "advice": {"word": "buy", "until": FORTNIGHT}}
    forecast_of(product, training=held, **buy)
    forecast_of(other, **buy)
    later(31)
    score_forecasts()
    score = AdviceScore.objects.get(forecast=first)
    assert score.waited == score.always


def test_the_public_record(later: Later) -> None:
    forecast_of(imported({0: 100, 5: 96, 30: 96}, title="cheaper", grade="virgin"))
    forecast_of(imported({0: 100, 5: 110, 30: 110}, title="dearer"), advice={"word": "wait", "until": FORTNIGHT})
    forecast_of(imported({0: 100, 30: 100}, title="still"), advice={"word": "buy", "until": FORTNIGHT})
    later(31)
    score_forecasts()
    with CaptureQueriesContext(connection) as queries:
        shown = record(simulated=False)
    assert len(queries) == 2
    month = shown.horizons[2]
    assert (month.days, month.forecasts, month.days_seen) == (30, 3, 90)
    naive = 26 * 0.04 + 26 * 0.10
    error = (4 * 0.02 + 26 * 0.02) + (4 * 0.02 + 26 * 0.12) + 30 * 0.02
    assert month.rel_mae == pytest.approx(error / naive)
    assert month.coverage_80 == pytest.approx((30 + 4 + 30) / 90)
    assert shown.advice.decisions == 3
    assert shown.advice.saving == pytest.approx((0.04 - 0.10 + 0) / 3)
    assert shown.advice.possible == pytest.approx(0.04 / 3)
    assert shown.advice.waits_lost == 0.5
    assert [(part.grade, part.horizons[0].forecasts) for part in shown.parts] == [
        ("virgin", 1),
        ("extra_virgin", 1),
        ("extra_virgin", 1),
    ]
    worst = worst_misses(simulated=False)
    assert worst[0].title == "dearer"
    assert len(worst) == 3
    assert (worst[0].forecast, worst[0].actual) == (98, 110)
    assert record(simulated=True).empty
    assert record(simulated=False, since=CUTOFF + timedelta(days=31)).empty
    assert first_due(simulated=False) == CUTOFF + timedelta(days=7)
    assert first_due(simulated=True) is None


def test_the_database_refuses_impossible_scores(later: Later) -> None:
    forecast = forecast_of(imported({0: 100}))
    due = {"forecast": forecast, "due_on": CUTOFF}
    with pytest.raises(IntegrityError, match="a_judged_horizon_is_known"), transaction.atomic():
        ForecastScore.objects.create(**due, days=8, days_seen=0)
    with pytest.raises(IntegrityError, match="a_score_rests_on_seen_days"), transaction.atomic():
        ForecastScore.objects.create(**due, days=7, days_seen=3)
    with pytest.raises(IntegrityError, match="who_knows_the_future"), transaction.atomic():
        AdviceScore.objects.create(**due, word="buy", days=7, waited=0.9, always=1, lowest=0.95)
    with pytest.raises(IntegrityError, match="who_knows_the_future"), transaction.atomic():
        AdviceScore.objects.create(**due, word="no_hurry", days=7, waited=1, always=0.9, lowest=0.95)
    with pytest.raises(IntegrityError, match="says_buy_wait_or_no_hurry"), transaction.atomic():
        AdviceScore.objects.create(**due, word="none", days=7, waited=1, always=1, lowest=1)
