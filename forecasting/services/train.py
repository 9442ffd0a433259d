"""Make a whole training in this process: for one product, a small catalogue, or a machine without a worker."""

import time
from collections.abc import Callable

from forecasting.models import Training, TrainingStatus
from forecasting.services.plan_training import plan
from forecasting.services.train_part import train_part
from forecasting.services.training_dispatch import ready_parts

POLL = 0.5  # seconds between checks of parts that workers have taken


def train(*, training_id: int, progress: Callable[[int], object] = lambda _parts: None) -> TrainingStatus | None:
    """Plan the training and do part after part; returns how it stands then, None if it was not free.

    It is still running if workers took parts of it meanwhile: see `wait_for`.
    """
    if not plan(training_id=training_id, enqueue=False):
        return None
    while ready := ready_parts(training_id):
        for part_id in ready:
            if train_part(part_id=part_id, enqueue=False):
                progress(1)
    return _status(training_id)


def wait_for(*, training_id: int) -> TrainingStatus:
    """Help with what is left of a training that workers share, until it is over."""
    while (status := _status(training_id)) in (TrainingStatus.QUEUED, TrainingStatus.RUNNING):
        done = sum(1 for part_id in ready_parts(training_id) if train_part(part_id=part_id, enqueue=False))
        if not done:
            time.sleep(POLL)
    return status


def _status(training_id: int) -> TrainingStatus:
    return TrainingStatus(Training.objects.values_list("status", flat=True).get(pk=training_id))
