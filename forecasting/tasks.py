"""What workers do for forecasting. Tasks carry ids; rows in PostgreSQL are the truth about work."""

from typing import Any

import structlog
from celery import shared_task
from celery.signals import worker_init
from django.conf import settings
from django.utils import timezone

from forecasting.forecasters.boosting import boosting
from forecasting.forecasters.prophet_curve import load_prophet
from forecasting.models import TrainingSource
from forecasting.services import eu_prices as eu_prices_service
from forecasting.services import order_training, plan_training, retention, score_forecasts, training_dispatch
from forecasting.services import score_method_forecasts as score_method_forecasts_service
from forecasting.services import train_part as train_part_service
from forecasting.services import watch_drift as watch_drift_service
from scraping.client.errors import FetchFailed
from scraping.errors import BadFile

log = structlog.get_logger(__name__)


@worker_init.connect
def load_forecasters(**_: Any) -> None:
    """Load LightGBM and Prophet before a worker forks: a second and their memory once, not again in every process.

    Loading is safe; only a parent that has trained must not fork, for OpenMP's threads do not come along.
    """
    boosting()
    if settings.OILWATCH_PROPHET_CURVES:
        load_prophet()


@shared_task(name="forecasting.tasks.train", time_limit=60)
def train(training_id: int) -> None:
    """Split one training into parts and Enqueue those that can begin."""
    plan_training.plan(training_id=training_id)


@shared_task(name="forecasting.tasks.train_part", time_limit=840, soft_time_limit=780)
def train_part(part_id: int) -> None:
    """Do one part of a training, if no other worker has it."""
    train_part_service.train_part(part_id=part_id)


@shared_task(name="forecasting.tasks.retrain", time_limit=60)
def retrain() -> None:
    """Order the nightly training of everything."""
    order_training.order_training(source=TrainingSource.SCHEDULE)


@shared_task(name="forecasting.tasks.reconcile", time_limit=60)
def reconcile() -> int:
    """Send again trainings nobody took."""
    return training_dispatch.reconcile_trainings(now=timezone.now())


@shared_task(name="forecasting.tasks.score", time_limit=600)
def score() -> int:
    """Score the published forecasts whose days have come, and those that Prophet made beside them."""
    return score_forecasts.score_forecasts() + score_method_forecasts_service.score_method_forecasts()


@shared_task(name="forecasting.tasks.watch_drift", time_limit=300)
def watch_drift() -> int | None:
    """Order a training out of turn where prices have left the forecasts; returns its id."""
    training = watch_drift_service.watch_drift()
    return training.pk if training else None


@shared_task(name="forecasting.tasks.fetch_origin", time_limit=300)
def fetch_origin() -> int:
    """Fetch the week's producer prices, where the operator switched that on; returns how many were read."""
    try:
        return eu_prices_service.fetch_eu_prices().rows
    except eu_prices_service.EuPricesOff:
        return 0
    except (FetchFailed, BadFile) as error:  # next week brings the same weeks again
        log.warning("producer_prices_failed", reason=str(error))
        return 0


@shared_task(name="forecasting.tasks.forget", time_limit=600)
def forget() -> int:
    """Check the artefacts; remove parts, unpublished trainings and artefacts past their retention."""
    now = timezone.now()
    retention.broken_artefacts()
    return retention.forget_trainings(now=now) + retention.forget_artefacts(now=now)
