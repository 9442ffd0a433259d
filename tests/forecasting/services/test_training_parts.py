"""A training spread over workers: parts in their order, each once, whatever dies in between; and its champion."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from forecasting.models import (
    Forecast,
    MarketRole,
    MarketSeries,
    PartKind,
    Standing,
    TaxChange,
    Training,
    TrainingPart,
    TrainingStatus,
)
from forecasting.selectors.served import champion_of, latest_forecast
from forecasting.services.order_training import cancel, order_training
from forecasting.services.plan_training import plan
from forecasting.services.reconcile_trainings import reconcile_trainings
from forecasting.services.rule_standing import roll_back, serve
from forecasting.services.train import train, wait_for
from forecasting.services.train_part import train_part
from forecasting.services.training_bell import ready_parts
from scraping.job import MAX_ATTEMPTS
from scraping.models import Adapter, Product, Shop
from tests.factories import ProductFactory, ShopFactory, SpellFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def spread(settings: Any, tmp_path: Path) -> None:
    settings.OILWATCH_ARTEFACTS = tmp_path
    settings.OILWATCH_TRAINING_SPREAD_FROM, settings.OILWATCH_TRAINING_SHARES = 3, 2


def shelf(products: int, days: int = 96) -> Shop:
    shop: Shop = ShopFactory(adapter=Adapter.IMPORT)
    for number in range(products):
        product = ProductFactory(shop=shop)
        for step in range(days // 6):
            begin = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=6 * step)
            SpellFactory(
                product=product,
                first_seen=begin,
                last_seen=begin + timedelta(days=5),
                pauses=[86_400] * 5,
                price=Decimal(30 + number + (step * (number + 1)) % 3),
            )
    return shop


def planned(**order: Any) -> Training:
    training = order_training(source="command", ring=False, **order)
    assert plan(training_id=training.pk, ring=False)
    training.refresh_from_db()
    return training


def kinds(training: Training, ids: list[int]) -> list[str]:
    return sorted(training.parts.filter(pk__in=ids).values_list("kind", flat=True))


def test_it_works() -> None:
    big, small = shelf(4), shelf(2)
    training = planned()
    assert training.series_total == 6
    assert kinds(training, [part.pk for part in training.parts.all()]) == sorted(
        ["propose", "rehearse", "rehearse", "forecast", "forecast", "indices", "publish"]
    )
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    assert Forecast.objects.filter(training=training).count() == 6 == training.series_done
    assert set(training.scores) == {big.name, small.name} == set(training.parameters)
    assert training.scores[big.name]["origins"] > 1, "both rehearsal parts were used"
    assert training.standing == Standing.SERVED
    assert not training.parts.exclude(status="done").exists()
    assert not training.parts.filter(result__isnull=False).exists(), "results are kept only until the training is over"


def test_some_products_of_a_shop_are_counted_once_each() -> None:
    shop = shelf(4)
    few = list(shop.products.order_by("pk").values_list("pk", flat=True)[:2])
    ProductFactory(shop=shop)  # without a price
    training = planned(product_ids=few)
    assert training.series_total == 2
    assert kinds(training, [part.pk for part in training.parts.all()]) == ["forecast", "publish"]
    nothing = planned(product_ids=[ProductFactory(shop=shop).pk])
    assert (nothing.series_total, nothing.parts.count()) == (0, 1)


def test_a_product_removed_meanwhile_costs_nobody_else_a_forecast() -> None:
    shop = shelf(2)
    training = planned()
    for part in training.parts.exclude(kind=PartKind.PUBLISH).order_by("stage"):
        train_part(part_id=part.pk, ring=False)
    gone, stays = shop.products.order_by("pk")
    gone.delete()
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert list(Forecast.objects.values_list("product_id", flat=True)) == [stays.pk]
    training.refresh_from_db()
    assert training.reason.startswith("1 forecasts")


def test_a_part_that_is_done_twice_is_counted_once(monkeypatch: Any) -> None:
    """Its lease ran out while it worked, another worker took it, and both came to an end."""
    shelf(2)
    training = planned()
    part = training.parts.get(kind=PartKind.FORECAST)
    from forecasting.services import train_part as module

    forecast = module.forecast_catalogue

    def overtaken(catalogue: Any, **options: Any) -> Any:
        monkeypatch.setattr(module, "forecast_catalogue", forecast)
        TrainingPart.objects.filter(pk=part.pk).update(lease_until=timezone.now() - timedelta(minutes=1))
        assert train_part(part_id=part.pk, ring=False) == TrainingStatus.DONE
        return forecast(catalogue, **options)

    monkeypatch.setattr(module, "forecast_catalogue", overtaken)
    assert train_part(part_id=part.pk, ring=False) is None
    training.refresh_from_db()
    assert training.series_done == training.series_total == 2


def test_a_part_tried_too_often_is_nobodys_to_take() -> None:
    """Whoever waits for the training in its own process would else ask for it for ever."""
    shelf(2)
    training = planned()
    part = training.parts.get(kind=PartKind.FORECAST)
    TrainingPart.objects.filter(pk=part.pk).update(
        status="running", attempts=MAX_ATTEMPTS, lease_until=timezone.now() - timedelta(minutes=1)
    )
    assert part.pk not in ready_parts(training.pk)


def test_a_shop_waits_for_its_own_rehearsals_and_the_end_for_everybody() -> None:
    big, small = shelf(3), shelf(2)
    training = planned()
    forecast = {part.shop_id: part.pk for part in training.parts.filter(kind=PartKind.FORECAST)}
    assert kinds(training, ready_parts(training.pk)) == [
        "forecast",
        "indices",
        "propose",
        "rehearse",
        "rehearse",
    ]
    assert train_part(part_id=forecast[big.pk], ring=False) is None, "its rehearsals are not over"
    assert train_part(part_id=forecast[small.pk], ring=False) == TrainingStatus.DONE
    for before in training.parts.filter(kind__in=(PartKind.REHEARSE, PartKind.PROPOSE)):
        assert train_part(part_id=before.pk, ring=False) == TrainingStatus.DONE
    assert train_part(part_id=forecast[big.pk], ring=False) == TrainingStatus.DONE
    assert kinds(training, ready_parts(training.pk)) == ["indices"]


def test_nothing_is_served_before_everything_is_published() -> None:
    shelf(3)
    training = planned()
    for part in training.parts.exclude(kind=PartKind.PUBLISH).order_by("stage"):
        train_part(part_id=part.pk, ring=False)
    assert not Forecast.objects.exists()
    train_part(part_id=training.parts.get(kind=PartKind.PUBLISH).pk, ring=False)
    assert Forecast.objects.count() == 3


def test_a_part_whose_worker_died_is_done_by_another_and_the_first_writes_nothing() -> None:
    shelf(3)
    training = planned()
    part = training.parts.filter(kind=PartKind.REHEARSE).first()
    assert part is not None
    now = timezone.now()
    dead = TrainingPart.objects.claim(part.pk, now=now - timedelta(hours=1), lease=timedelta(minutes=1))
    assert part.pk in ready_parts(training.pk)
    assert train_part(part_id=part.pk, ring=False) == TrainingStatus.DONE
    assert not TrainingPart.objects.held(part.pk, dead).update(reason="too late")
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert Forecast.objects.count() == 3


def test_what_was_proposed_is_not_made_again(monkeypatch: Any) -> None:
    shelf(3)
    training = planned()
    for part in training.parts.filter(stage=0):
        assert train_part(part_id=part.pk, ring=False) == TrainingStatus.DONE
    monkeypatch.setattr("forecasting.portfolio.stage", None)
    forecast = training.parts.get(kind=PartKind.FORECAST)
    assert train_part(part_id=forecast.pk, ring=False) == TrainingStatus.DONE


def test_a_proposal_nobody_survives_is_made_by_the_forecast() -> None:
    shelf(3)
    training = planned()
    training.parts.filter(kind=PartKind.PROPOSE).update(status=TrainingStatus.FAILED, reason="by hand")
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert Forecast.objects.filter(training=training).count() == 3


def test_a_rehearsal_nobody_survives_costs_origins_not_forecasts() -> None:
    shop = shelf(3)
    training = planned()
    poison = training.parts.filter(kind=PartKind.REHEARSE).first()
    TrainingPart.objects.filter(pk=poison.pk).update(
        status="running", attempts=MAX_ATTEMPTS, lease_until=timezone.now() - timedelta(minutes=1)
    )
    reconcile_trainings(now=timezone.now())
    poison.refresh_from_db()
    assert poison.status == TrainingStatus.DEAD
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    assert training.scores[shop.name]["origins"] >= 1
    assert f"{shop.name}: given up" in training.reason


def test_a_shop_that_cannot_be_trained_leaves_the_others_be(monkeypatch: Any) -> None:
    broken, whole = shelf(2), shelf(2)
    from forecasting.services import train_part as module

    forecast = module.forecast_catalogue

    def poisoned(catalogue: Any, **options: Any) -> Any:
        if catalogue[0].group.startswith(broken.name):
            raise ZeroDivisionError("by hand")
        return forecast(catalogue, **options)

    monkeypatch.setattr(module, "forecast_catalogue", poisoned)
    training = planned()
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    assert set(training.scores) == {whole.name}
    assert f"{broken.name}: ZeroDivisionError" in training.reason


def test_out_of_time_is_a_failure_that_says_so() -> None:
    shelf(3)
    training = planned()
    reconcile_trainings(now=timezone.now() + timedelta(minutes=61))
    training.refresh_from_db()
    assert training.status == TrainingStatus.FAILED
    assert "out of time" in training.reason
    assert not training.parts.open().exists()
    assert train(training_id=order_training(source="api", ring=False).pk) == TrainingStatus.DONE, "the scope is free"


def test_a_publication_nobody_survives_fails_the_training() -> None:
    shelf(2)
    training = planned()
    for part in training.parts.exclude(kind=PartKind.PUBLISH):
        train_part(part_id=part.pk, ring=False)
    training.parts.filter(kind=PartKind.PUBLISH).update(
        status="running", attempts=MAX_ATTEMPTS, lease_until=timezone.now() - timedelta(minutes=1)
    )
    reconcile_trainings(now=timezone.now())
    reconcile_trainings(now=timezone.now())
    training.refresh_from_db()
    assert training.status == TrainingStatus.FAILED
    assert "given up" in training.reason


def test_a_cancelled_training_closes_its_parts() -> None:
    shelf(3)
    training = planned()
    token = TrainingPart.objects.claim(
        training.parts.first().pk,
        now=timezone.now(),
        lease=timedelta(minutes=1),  # type: ignore[union-attr]
    )
    assert token
    assert cancel(training_ids=[training.pk]) == 1
    assert set(training.parts.values_list("status", flat=True)) == {TrainingStatus.CANCELLED}
    assert ready_parts(training.pk) == []


def test_a_second_plan_finds_the_first(django_assert_max_num_queries: Any) -> None:
    shelf(2)
    training = planned()
    with django_assert_max_num_queries(8):
        assert not plan(training_id=training.pk, ring=False)
    assert training.parts.count() == 3


@pytest.fixture
def trained() -> tuple[Product, Training]:
    shop = shelf(3)
    training = order_training(source="command", ring=False)
    assert train(training_id=training.pk) == TrainingStatus.DONE
    return shop.products.earliest("pk"), Training.objects.get(pk=training.pk)


def test_a_challenger_that_is_worse_is_held_back(trained: tuple[Product, Training], monkeypatch: Any) -> None:
    product, champion = trained
    monkeypatch.setattr("forecasting.services.publish_training.why_worse", lambda *_: "demo: CRPS 0.9 against 0.5")
    challenger = order_training(source="command", ring=False)
    train(training_id=challenger.pk)
    challenger.refresh_from_db()
    assert challenger.standing == Standing.HELD_BACK
    assert f"training {champion.pk} stays champion: demo: CRPS 0.9" in challenger.standing_reason
    assert latest_forecast(product).training_id == champion.pk == champion_of("all").pk  # type: ignore[union-attr]
    serve(training_ids=[challenger.pk], by="anna")
    assert latest_forecast(product).training_id == challenger.pk  # type: ignore[union-attr]


def test_an_old_champion_makes_way_all_the_same(trained: tuple[Product, Training], monkeypatch: Any) -> None:
    _, champion = trained
    Training.objects.filter(pk=champion.pk).update(finished_at=timezone.now() - timedelta(days=4))
    monkeypatch.setattr("forecasting.services.publish_training.why_worse", lambda *_: "worse")
    challenger = order_training(source="command", ring=False)
    train(training_id=challenger.pk)
    challenger.refresh_from_db()
    assert challenger.standing == Standing.SERVED
    assert "too old" in challenger.standing_reason


def test_rolling_back_serves_the_forecasts_of_before(trained: tuple[Product, Training]) -> None:
    product, first = trained
    second = order_training(source="command", ring=False)
    train(training_id=second.pk)
    assert latest_forecast(product).training_id == second.pk  # type: ignore[union-attr]
    assert roll_back(training_ids=[second.pk], by="anna") == 1
    second.refresh_from_db()
    assert (second.standing, second.standing_reason) == (Standing.ROLLED_BACK, "rolled back by anna")
    assert latest_forecast(product).training_id == first.pk  # type: ignore[union-attr]
    assert roll_back(training_ids=[first.pk], by="anna") == 0, "the last one served has nothing behind it"
    serve(training_ids=[second.pk], by="anna")
    assert roll_back(training_ids=[first.pk, second.pk], by="anna") == 1, "one of both is left"
    assert champion_of("all") is not None


def test_what_was_published_before_is_fed_back(trained: tuple[Product, Training], monkeypatch: Any) -> None:
    """A week later the ledger's forecasts and what came of them reach the forecaster."""
    product, _ = trained
    begin = datetime(2026, 4, 7, 12, tzinfo=UTC)
    SpellFactory(
        product=product, first_seen=begin, last_seen=begin + timedelta(days=7), pauses=[86_400] * 7, price=Decimal(29)
    )
    from forecasting.services import train_part as module

    forecast, told = module.forecast_catalogue, []

    def listening(catalogue: Any, **options: Any) -> Any:
        told.append(options["known"].said)
        return forecast(catalogue, **options)

    monkeypatch.setattr(module, "forecast_catalogue", listening)
    train(training_id=order_training(source="command", ring=False).pk)
    assert len(told[0]) == 3
    assert 29 in told[0].outcomes


def test_the_market_and_the_law_reach_the_forecast(monkeypatch: Any) -> None:
    """An announced tax moves the path from its day on; the price at origin is told to rehearsals and forecast alike."""
    shop, market = shelf(3), shelf(1)
    Shop.objects.filter(pk=shop.pk).update(country="ES")
    MarketSeries.objects.create(product=market.products.get(), role=MarketRole.ORIGIN, name="origin", unit="kg")
    last = date(2026, 4, 6)
    TaxChange.objects.create(
        country="ES", starts_on=last + timedelta(days=10), percent_before=Decimal(0), percent_after=Decimal(10)
    )
    from forecasting.services import train_part as module

    rehearse, told = module.rehearse_catalogue, []

    def listening(catalogue: Any, **options: Any) -> Any:
        told.append(options["origin"])
        return rehearse(catalogue, **options)

    monkeypatch.setattr(module, "rehearse_catalogue", listening)
    training = planned(product_ids=list(shop.products.values_list("pk", flat=True)))
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert [series.key for series in told] == ["origin", "origin"]
    forecast = Forecast.objects.filter(training=training).first()
    assert forecast is not None
    assert forecast.origin == last
    assert forecast.point[9] / forecast.point[8] > 1.05
