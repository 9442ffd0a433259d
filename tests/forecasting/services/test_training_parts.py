"""A training spread over workers: parts in their order, each once, whatever dies in between."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from forecasting.models import Forecast, PartKind, Standing, Training, TrainingPart, TrainingStatus
from forecasting.services.order_training import cancel, order_training
from forecasting.services.plan_training import plan
from forecasting.services.train import train, wait_for
from forecasting.services.train_part import train_part
from forecasting.services.training_dispatch import ready_parts, reconcile_trainings
from scraping.jobs.job import MAX_ATTEMPTS
from tests.factories import ProductFactory
from tests.forecasting.services.made_up_shop import made_up_shop, planned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("spread")]


def kinds(training: Training, ids: list[int]) -> list[str]:
    return sorted(training.parts.filter(pk__in=ids).values_list("kind", flat=True))


def test_it_works() -> None:
    big, small = made_up_shop(4), made_up_shop(2)
    training = planned()
    assert training.series_total == 6
    assert kinds(training, [part.pk for part in training.parts.all()]) == sorted(
        ["propose", *["cross_validate"] * 2, *["forecast"] * 2, *["prophet"] * 3, "indices", "publish"]
    )
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    assert Forecast.objects.filter(training=training).count() == 6 == training.series_done
    assert set(training.scores) == {big.name, small.name} == set(training.parameters)
    assert training.scores[big.name]["origins"] > 1, "both cross-validation parts were used"
    assert training.standing == Standing.SERVED
    assert not training.parts.exclude(status="done").exists()
    assert not training.parts.filter(result__isnull=False).exists(), "results are kept only until the training is over"


def test_a_large_shop_is_forecast_in_shares(settings: Any) -> None:
    """By several workers that know what one would, each product once; a worker that dies in between loses nothing."""
    shop = made_up_shop(5)
    alone = planned()
    assert wait_for(training_id=alone.pk) == TrainingStatus.DONE
    alone.refresh_from_db()
    settings.OILWATCH_TRAINING_SERIES = 2
    training = planned()
    assert kinds(training, ready_parts(training.pk)) == [*["cross_validate"] * 2, *["propose"] * 3]
    dead = training.parts.filter(kind=PartKind.FORECAST).last()
    assert dead is not None
    for before in training.parts.filter(stage=0):
        assert train_part(part_id=before.pk, enqueue=False) == TrainingStatus.DONE
    TrainingPart.objects.claim(dead.pk, now=timezone.now() - timedelta(hours=1), lease=timedelta(minutes=1))
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    assert training.series_done == training.series_total == 5
    assert training.chosen == alone.chosen
    assert training.scores == alone.scores
    before, after = (
        {one.product_id: one.quantiles for one in Forecast.objects.filter(training=each)} for each in (alone, training)
    )
    assert before == after
    assert len(before) == 5 == shop.products.count()


def test_a_process_reads_a_shop_once_a_training(monkeypatch: Any, settings: Any) -> None:
    from forecasting.services import catalogue_in_memory as module

    read, catalogue_of = [], module.catalogue_of

    def counted(shop: Any, **options: Any) -> Any:
        read.append(shop.pk)
        return catalogue_of(shop, **options)

    monkeypatch.setattr(module, "catalogue_of", counted)
    shop = made_up_shop(3)
    for times in (1, 2):
        assert wait_for(training_id=planned().pk) == TrainingStatus.DONE
        assert read == [shop.pk] * times, "another training reads anew"


def test_no_part_reads_the_whole_of_a_large_shop(monkeypatch: Any, settings: Any) -> None:
    """But its own share, and the products that are learned from: always the same ones."""
    from forecasting.services import train_part as module

    read, catalogue_of = [], module.catalogue_of

    def counted(shop: Any, **options: Any) -> Any:
        read.append(tuple(options["product_ids"]))
        return catalogue_of(shop, **options)

    monkeypatch.setattr(module, "catalogue_of", counted)
    monkeypatch.setattr(module, "catalogue_in_memory", None)
    monkeypatch.setattr(module, "LEARNED_READ", 2)
    settings.OILWATCH_TRAINING_SERIES, settings.OILWATCH_PROPHET_CURVES = 2, False
    shop = made_up_shop(6)
    products = list(shop.products.order_by("pk").values_list("pk", flat=True))
    assert wait_for(training_id=planned().pk) == TrainingStatus.DONE
    learned = {products[0], products[-1]}
    assert set(map(len, read)) <= {2, 3, 4}
    assert sum(set(each) == learned for each in read) == settings.OILWATCH_TRAINING_SHARES
    assert Forecast.objects.count() == 6


def test_a_share_that_cannot_be_forecast_is_named_and_leaves_the_others_be(settings: Any) -> None:
    shop = made_up_shop(4)
    settings.OILWATCH_TRAINING_SERIES = 2
    training = planned()
    broken = training.parts.filter(kind=PartKind.FORECAST).first()
    assert broken is not None
    TrainingPart.objects.filter(pk=broken.pk).update(status=TrainingStatus.FAILED, reason="by hand")
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    assert training.reason == f"2 forecasts, none skipped; {shop.name}: by hand"
    assert {pk % 2 for pk in Forecast.objects.values_list("product_id", flat=True)} == {1 - broken.share}


def test_some_products_of_a_shop_are_counted_once_each() -> None:
    shop = made_up_shop(4)
    few = list(shop.products.order_by("pk").values_list("pk", flat=True)[:2])
    ProductFactory(shop=shop)  # without a price
    training = planned(product_ids=few)
    assert training.series_total == 2
    assert kinds(training, [part.pk for part in training.parts.all()]) == ["forecast", "prophet", "publish"]
    nothing = planned(product_ids=[ProductFactory(shop=shop).pk])
    assert (nothing.series_total, nothing.parts.count()) == (0, 1)


def test_a_product_removed_meanwhile_costs_nobody_else_a_forecast() -> None:
    shop = made_up_shop(2)
    training = planned()
    for part in training.parts.exclude(kind=PartKind.PUBLISH).order_by("stage"):
        train_part(part_id=part.pk, enqueue=False)
    gone, stays = shop.products.order_by("pk")
    gone.delete()
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert list(Forecast.objects.values_list("product_id", flat=True)) == [stays.pk]
    training.refresh_from_db()
    assert training.reason.startswith("1 forecasts")


def test_a_part_that_is_done_twice_is_counted_once(monkeypatch: Any) -> None:
    """Its lease ran out while it worked, another worker took it, and both came to an end."""
    made_up_shop(2)
    training = planned()
    part = training.parts.get(kind=PartKind.FORECAST)
    from forecasting.services import train_part as module

    forecast = module.forecast_catalogue

    def overtaken(catalogue: Any, **options: Any) -> Any:
        monkeypatch.setattr(module, "forecast_catalogue", forecast)
        TrainingPart.objects.filter(pk=part.pk).update(lease_until=timezone.now() - timedelta(minutes=1))
        assert train_part(part_id=part.pk, enqueue=False) == TrainingStatus.DONE
        return forecast(catalogue, **options)

    monkeypatch.setattr(module, "forecast_catalogue", overtaken)
    assert train_part(part_id=part.pk, enqueue=False) is None
    training.refresh_from_db()
    assert training.series_done == training.series_total == 2


def test_a_part_tried_too_often_is_nobodys_to_take() -> None:
    """Whoever waits for the training in its own process would else ask for it for ever."""
    made_up_shop(2)
    training = planned()
    part = training.parts.get(kind=PartKind.FORECAST)
    TrainingPart.objects.filter(pk=part.pk).update(
        status="running", attempts=MAX_ATTEMPTS, lease_until=timezone.now() - timedelta(minutes=1)
    )
    assert part.pk not in ready_parts(training.pk)


def test_a_shop_waits_for_its_own_validations_indices_for_forecasts_and_publishing_for_all() -> None:
    big, small = made_up_shop(3), made_up_shop(2)
    training = planned()
    forecast = {part.shop_id: part.pk for part in training.parts.filter(kind=PartKind.FORECAST)}
    first = ["cross_validate", "cross_validate", "forecast", "prophet", "propose"]
    assert kinds(training, ready_parts(training.pk)) == first
    assert train_part(part_id=forecast[big.pk], enqueue=False) is None, "its validations are not over"
    assert train_part(part_id=forecast[small.pk], enqueue=False) == TrainingStatus.DONE
    for before in training.parts.filter(kind__in=(PartKind.CROSS_VALIDATE, PartKind.PROPOSE)):
        assert train_part(part_id=before.pk, enqueue=False) == TrainingStatus.DONE
    assert train_part(part_id=forecast[big.pk], enqueue=False) == TrainingStatus.DONE
    assert kinds(training, ready_parts(training.pk)) == ["indices", "prophet", "prophet", "prophet"]


def test_nothing_is_served_before_everything_is_published() -> None:
    made_up_shop(3)
    training = planned()
    for part in training.parts.exclude(kind=PartKind.PUBLISH).order_by("stage"):
        train_part(part_id=part.pk, enqueue=False)
    assert not Forecast.objects.exists()
    train_part(part_id=training.parts.get(kind=PartKind.PUBLISH).pk, enqueue=False)
    assert Forecast.objects.count() == 3


def test_a_part_whose_worker_died_is_done_by_another_and_the_first_writes_nothing() -> None:
    made_up_shop(3)
    training = planned()
    part = training.parts.filter(kind=PartKind.CROSS_VALIDATE).first()
    assert part is not None
    now = timezone.now()
    dead = TrainingPart.objects.claim(part.pk, now=now - timedelta(hours=1), lease=timedelta(minutes=1))
    assert part.pk in ready_parts(training.pk)
    assert train_part(part_id=part.pk, enqueue=False) == TrainingStatus.DONE
    assert not TrainingPart.objects.held(part.pk, dead).update(reason="too late")  # type: ignore[arg-type]
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert Forecast.objects.count() == 3


def test_what_was_proposed_is_not_made_again(monkeypatch: Any) -> None:
    made_up_shop(3)
    training = planned()
    for part in training.parts.filter(stage=0):
        assert train_part(part_id=part.pk, enqueue=False) == TrainingStatus.DONE
    monkeypatch.setattr("forecasting.evaluation.cross_validation.features_in_memory", None)
    forecast = training.parts.get(kind=PartKind.FORECAST)
    assert train_part(part_id=forecast.pk, enqueue=False) == TrainingStatus.DONE


def test_a_proposal_nobody_survives_is_made_by_the_forecast() -> None:
    made_up_shop(3)
    training = planned()
    training.parts.filter(kind=PartKind.PROPOSE).update(status=TrainingStatus.FAILED, reason="by hand")
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    assert Forecast.objects.filter(training=training).count() == 3


def test_a_validation_that_always_crashes_costs_cutoffs_not_forecasts() -> None:
    shop = made_up_shop(3)
    training = planned()
    poison = training.parts.filter(kind=PartKind.CROSS_VALIDATE).first()
    TrainingPart.objects.filter(pk=poison.pk).update(
        status="running", attempts=MAX_ATTEMPTS, lease_until=timezone.now() - timedelta(minutes=1)
    )
    reconcile_trainings(now=timezone.now())
    poison.refresh_from_db()
    assert poison.status == TrainingStatus.DEAD
    assert wait_for(training_id=training.pk) == TrainingStatus.DONE
    training.refresh_from_db()
    assert training.scores[shop.name]["origins"] >= 1
    assert f"{shop.name}: failed: " in training.reason


def test_a_shop_that_cannot_be_trained_leaves_the_others_be(monkeypatch: Any) -> None:
    broken, whole = made_up_shop(2), made_up_shop(2)
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
    made_up_shop(3)
    training = planned()
    reconcile_trainings(now=timezone.now() + timedelta(minutes=61))
    training.refresh_from_db()
    assert training.status == TrainingStatus.FAILED
    assert "out of time" in training.reason
    assert not training.parts.open().exists()
    assert train(training_id=order_training(source="api", enqueue=False).pk) == TrainingStatus.DONE, "the scope is free"


def test_a_publication_nobody_survives_fails_the_training() -> None:
    made_up_shop(2)
    training = planned()
    for part in training.parts.exclude(kind=PartKind.PUBLISH):
        train_part(part_id=part.pk, enqueue=False)
    training.parts.filter(kind=PartKind.PUBLISH).update(
        status="running", attempts=MAX_ATTEMPTS, lease_until=timezone.now() - timedelta(minutes=1)
    )
    reconcile_trainings(now=timezone.now())
    reconcile_trainings(now=timezone.now())
    training.refresh_from_db()
    assert training.status == TrainingStatus.FAILED
    assert "workers started" in training.reason


def test_a_cancelled_training_closes_its_parts() -> None:
    made_up_shop(3)
    training = planned()
    token = TrainingPart.objects.claim(
        training.parts.first().pk,
        now=timezone.now(),
        lease=timedelta(minutes=1),
    )
    assert token
    assert cancel(training_ids=[training.pk]) == 1
    assert set(training.parts.values_list("status", flat=True)) == {TrainingStatus.CANCELLED}
    assert ready_parts(training.pk) == []


def test_a_second_plan_finds_the_first(django_assert_max_num_queries: Any) -> None:
    made_up_shop(2)
    training = planned()
    with django_assert_max_num_queries(8):
        assert not plan(training_id=training.pk, enqueue=False)
    assert training.parts.count() == 4
