"""Make one training: claim it, fit each shop's catalogue, publish forecasts and state in one transaction."""

import time
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

import structlog
from django.conf import settings
from django.db import DatabaseError, IntegrityError, transaction
from django.utils import timezone

from forecasting.index_series import Basket
from forecasting.models import Forecast, IndexForecast, Training, TrainingStatus
from forecasting.outcome import Outcome
from forecasting.portfolio import forecast_catalogue
from forecasting.product_forecast import ProductForecast
from forecasting.said import plain, said
from forecasting.selectors import catalogue_of
from forecasting.services.artefacts import write_artefact
from forecasting.services.forecast_indices import forecast_indices
from forecasting.services.ledger_rows import forecast_row, index_row
from scraping.heartbeat import LostJob, heartbeat
from scraping.models import Shop

log = structlog.get_logger(__name__)
HORIZON = 30  # days


@dataclass(slots=True)
class Fitted(Outcome):
    """What a training on the platform found: the grades' indices too."""

    indices: dict[Basket, ProductForecast] = field(default_factory=dict)


def train(*, training_id: int) -> TrainingStatus | None:
    """Make the training if it is free; returns how it ended, None if another worker has it."""
    lease = timedelta(seconds=settings.OILWATCH_TRAINING_LEASE_SECONDS)
    try:
        with transaction.atomic():
            token = Training.objects.claim(training_id, now=timezone.now(), lease=lease)
    except IntegrityError:  # its scope is being trained: the reconciler rings when that is over
        return None
    if token is None:
        return None
    begun = time.monotonic()
    training: Training = Training.objects.get(pk=training_id)
    try:
        with heartbeat(Training, training_id, token, lease=lease) as lost:
            outcome = _fit(training, token, lost.is_set)
        return _publish(training, token, outcome, seconds=time.monotonic() - begun)
    except LostJob:
        log.warning("training_lost", training=training_id, attempt=token)
        return None
    except DatabaseError:
        raise  # a restart of PostgreSQL: the lease runs out and another attempt is made
    except Exception as error:  # the same data would fail again: say why instead of trying five times
        log.exception("training_failed", training=training_id)
        return _fail(training, token, f"{type(error).__name__}: {error}")


def _fit(training: Training, token: int, lost: Any) -> Fitted:
    outcome = Fitted()
    held = Training.objects.held(training.pk, token)
    shops = Shop.objects.filter(products__spells__isnull=False).distinct()
    if training.product_ids:
        shops = shops.filter(products__in=training.product_ids)
    catalogues = [(shop, catalogue_of(shop, product_ids=training.product_ids)) for shop in shops]
    held.update(series_total=sum(len(catalogue) for _, catalogue in catalogues))
    for shop, catalogue in catalogues:
        if lost():
            raise LostJob
        outcome.add(shop.name, catalogue, forecast_catalogue(catalogue, horizon=HORIZON))
        held.update(series_done=len(outcome.forecasts) + len(outcome.refused))
    if not training.product_ids:
        outcome.indices = forecast_indices(horizon=HORIZON)
    return outcome


@transaction.atomic
def _publish(training: Training, token: int, outcome: Fitted, *, seconds: float) -> TrainingStatus:
    name = f"training-{training.pk}.json"
    checksum = write_artefact(name=name, content={"training": training.pk, "shops": plain(outcome.artefact)})
    held = Training.objects.held(training.pk, token).update(
        status=TrainingStatus.DONE,
        finished_at=timezone.now(),
        lease_until=None,
        duration_ms=round(seconds * 1000),
        fingerprint=outcome.fingerprint.hexdigest(),
        versions=outcome.versions(),
        scores=plain(outcome.scores),
        chosen=outcome.methods(),
        refused=outcome.refused,
        artefact=name,
        checksum=checksum,
        reason=f"{len(outcome.forecasts)} forecasts, {len(outcome.refused)} series without",
    )
    if not held:
        raise LostJob
    Forecast.objects.bulk_create(
        [forecast_row(training, int(key), said(forecast)) for key, forecast in outcome.forecasts.items()],
        batch_size=500,
    )
    IndexForecast.objects.bulk_create(
        [index_row(training, basket, forecast) for basket, forecast in outcome.indices.items()]
    )
    log.info("trained", training=training.pk, forecasts=len(outcome.forecasts), seconds=round(seconds, 1))
    return TrainingStatus.DONE


def _fail(training: Training, token: int, reason: str) -> TrainingStatus | None:
    held = Training.objects.held(training.pk, token).update(
        status=TrainingStatus.FAILED, finished_at=timezone.now(), lease_until=None, reason=reason
    )
    return TrainingStatus.FAILED if held else None
