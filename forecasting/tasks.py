"""What workers do for forecasting. Tasks carry ids; rows in PostgreSQL are the truth about work."""

from celery import shared_task
from django.utils import timezone

from forecasting.services import order_training, score_forecasts
from forecasting.services import train as training_service


@shared_task(name="forecasting.tasks.train", time_limit=840, soft_time_limit=780)
def train(training_id: int) -> None:
    """Make one training, if no other worker has it."""
    training_service.train(training_id=training_id)


@shared_task(name="forecasting.tasks.retrain", time_limit=60)
def retrain() -> None:
    """Order the nightly training of everything."""
    order_training.order_training(source="schedule")


@shared_task(name="forecasting.tasks.reconcile", time_limit=60)
def reconcile() -> int:
    """Ring again for trainings nobody took."""
    return order_training.reconcile_trainings(now=timezone.now())


@shared_task(name="forecasting.tasks.score", time_limit=600)
def score() -> int:
    """Judge the published forecasts whose days have come."""
    return score_forecasts.score_forecasts()
