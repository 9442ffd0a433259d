"""Bring the parts of a training together: compare with the champion, and publish forecasts and state at once."""

from dataclasses import replace
from datetime import datetime

import structlog
from django.db.models import QuerySet
from django.utils import timezone

from forecasting.models import IndexForecast, PartKind, Standing, Training, TrainingPart, TrainingStatus
from forecasting.selection.champion import LONGEST_REIGN, Baseline, baseline_after, why_worse
from forecasting.selectors.current_forecast import champion_of
from forecasting.serialization.method_curves import unpacked_curves
from forecasting.serialization.training_result import Outcome
from forecasting.services.artefacts import write_artefact
from forecasting.services.compare_forecasters import with_leaderboards
from forecasting.services.forecast_indices import index_rows
from forecasting.services.order_training import close
from forecasting.services.write_forecasts import write_forecasts, write_method_forecasts
from scraping.models import Product

log = structlog.get_logger(__name__)


def publish(*, training_id: int) -> None:
    """End the training with what its parts found; call it inside a transaction that can still be rolled back.

    A shop whose part failed is named and leaves the others be; without any shop the training has failed.
    """
    training = Training.objects.select_for_update().get(pk=training_id)
    if training.status != TrainingStatus.RUNNING:
        return
    parts = TrainingPart.objects.filter(training=training)
    failures = _failures(training, parts)
    shops = parts.filter(kind=PartKind.FORECAST)
    finished = shops.filter(status=TrainingStatus.DONE, result__isnull=False)
    if shops.exists() and not finished.exists():
        close(training_ids=[training.pk], status=TrainingStatus.FAILED, reason="; ".join(failures))
        return
    outcome = Outcome()
    for result in finished.results():
        outcome.join(_written(training, Outcome.unpacked(result)))
    outcome.scores = with_leaderboards(training, outcome.scores, parts)
    _enter(training, outcome, failures, timezone.now())
    for result in parts.filter(kind__in=(PartKind.PROPHET, PartKind.LSTM)).results():
        write_method_forecasts(training=training, curves=unpacked_curves(result))
    for result in parts.filter(kind=PartKind.INDICES).results():
        IndexForecast.objects.bulk_create(index_rows(training, result))
    parts.update(result=None)
    log.info("trained", training=training.pk, forecasts=len(outcome.forecasts), standing=training.standing)


def _written(training: Training, outcome: Outcome) -> Outcome:
    """Write one part's forecasts; what is left of the outcome is small.

    A product that was removed while others were forecast must not cost them their forecasts.
    """
    there = set(map(str, Product.objects.filter(pk__in=outcome.forecasts).values_list("pk", flat=True)))
    kept = replace(outcome, forecasts={key: one for key, one in outcome.forecasts.items() if key in there})
    write_forecasts(training=training, forecasts={int(key): forecast for key, forecast in kept.forecasts.items()})
    return kept.without_curves()


def _failures(training: Training, parts: QuerySet[TrainingPart]) -> list[str]:
    """What went wrong, with the shop's name where there may be several."""
    failed = parts.filter(status__in=(TrainingStatus.FAILED, TrainingStatus.DEAD)).order_by("pk")
    named = failed.values_list("shop__name", "reason")
    return [f"{shop}: {reason}" if shop and not training.product_ids else reason for shop, reason in named]


def _enter(training: Training, outcome: Outcome, failures: list[str], now: datetime) -> None:
    """Fill in the training's entry in the registry."""
    training.artefact = f"training-{training.pk}.json"
    content = {"training": training.pk, "shops": outcome.learned}
    training.checksum = write_artefact(name=training.artefact, content=content)
    training.status, training.finished_at, training.lease_until = TrainingStatus.DONE, now, None
    training.duration_ms = round((now - (training.started_at or now)).total_seconds() * 1000)
    training.fingerprint = outcome.fingerprint()
    training.versions, training.parameters = outcome.versions(), outcome.parameters()
    training.scores, training.chosen, training.refused = outcome.scores, outcome.methods(), outcome.refused
    sentences = [f"{len(outcome.forecasts)} forecasts, {len(outcome.refused) or 'none'} skipped", *failures]
    training.reason = "; ".join(sentences)
    baseline = _baseline(training)
    training.standing, training.standing_reason = _standing(training, baseline, now)
    training.baseline = baseline_after(baseline, outcome.scores)  # of one held back too: an operator may serve it
    training.save()


def _baseline(training: Training) -> dict[str, dict[str, float]]:
    """What the training is measured by; a champion of before there were bars, or an imported one, is its own."""
    champion = champion_of(training.scope)
    if champion is None:
        return {}
    return champion.baseline or baseline_after({}, champion.scores)


def _standing(training: Training, baseline: Baseline, now: datetime) -> tuple[Standing, str]:
    champion = champion_of(training.scope)
    if champion is None or champion.finished_at is None:
        return Standing.SERVED, "the first of its scope"
    worse = why_worse(training.scores, baseline)
    if not worse:
        return Standing.SERVED, f"not worse than the baseline of training {champion.pk}"
    if now - champion.finished_at > LONGEST_REIGN:
        return Standing.SERVED, f"worse, but training {champion.pk} is too old to be served on: {worse}"[:300]
    log.warning("challenger_held_back", training=training.pk, champion=champion.pk, why=worse)
    return Standing.HELD_BACK, f"training {champion.pk} stays champion: {worse}"[:300]
