"""Do one part of a training: claim it, compute, write its result under the attempt's token, Enqueue what is next."""

import time
from collections.abc import Callable, Collection
from datetime import date, timedelta
from functools import partial
from typing import NamedTuple

import structlog
from django.conf import settings
from django.db import DatabaseError, transaction
from django.db.models import F
from django.utils import timezone

from forecasting.candidates.part import CandidatesPart, packed, unpacked
from forecasting.features.unit_change import in_one_unit
from forecasting.forecasters.lstm_curve import lstm_curves
from forecasting.forecasters.prophet_curve import prophet_curves
from forecasting.models import PartKind, Training, TrainingPart, TrainingStatus
from forecasting.panel import HORIZON, panel_of
from forecasting.pipeline import compare_forecasters, cross_validate_catalogue, forecast_catalogue, propose_catalogue
from forecasting.selection.propose import MOST_TRAIN, spread
from forecasting.selectors.catalogue import catalogue_of, ids_of_share, ids_to_learn_from
from forecasting.selectors.forecast_context import forecast_context_of
from forecasting.selectors.prophet_inputs import prophet_inputs_of
from forecasting.serialization.method_curves import packed_curves
from forecasting.serialization.training_result import Outcome
from forecasting.series import Series
from forecasting.services.catalogue_in_memory import catalogue_in_memory
from forecasting.services.compare_forecasters import forecasters_of, packed_board
from forecasting.services.forecast_indices import index_values
from forecasting.services.order_training import close
from forecasting.services.publish_training import publish
from forecasting.services.training_dispatch import enqueue_ready_parts
from scraping.jobs.heartbeat import LostJob, heartbeat
from scraping.models import Product

log = structlog.get_logger(__name__)
LEARNED_READ = MOST_TRAIN * 5 // 4  # products read to learn from: some are too young or have no price today


class PartResult(NamedTuple):
    """What a part found: its result, and how many series that answers."""

    result: bytes | None = None
    series: int = 0


def train_part(*, part_id: int, enqueue: bool = True) -> TrainingStatus | None:
    """Do the part if it is free and waits for nothing; returns how it ended, None if it is not ours."""
    lease = timedelta(seconds=settings.OILWATCH_TRAINING_LEASE_SECONDS)
    token = TrainingPart.objects.all().ready().claim(part_id, now=timezone.now(), lease=lease)
    if token is None:
        return None
    begun = time.monotonic()
    part: TrainingPart = TrainingPart.objects.select_related("training", "shop").get(pk=part_id)
    try:
        with heartbeat(TrainingPart, part_id, token, lease=lease) as lost:
            result = HANDLERS[PartKind(part.kind)](part)
        if lost.is_set():
            return None
        _finish(part, token, result, seconds=time.monotonic() - begun, enqueue=enqueue)
    except LostJob:
        log.warning("training_part_lost", part=part_id, attempt=token)
        return None
    except DatabaseError:
        raise  # a restart of PostgreSQL: the lease runs out and another attempt is made
    except Exception as error:  # the same data would fail again: say why instead of trying five times
        log.exception("training_part_failed", part=part_id)
        return _fail(part, token, f"{type(error).__name__}: {error}", enqueue)
    return TrainingStatus.DONE


def _cross_validate(part: TrainingPart) -> PartResult:
    """Some past cutoffs of the shop's series; of a large shop, of those that models learn from."""
    return _candidates(part, _learned_keys(part), partial(cross_validate_catalogue, share=part.share, of=part.shares))


def _propose(part: TrainingPart) -> PartResult:
    """Today's candidates of this part's share of the shop's products."""
    own, learn = _own_keys(part), _learned_keys(part)
    keys = None if own is None or learn is None else own | learn
    return _candidates(part, keys, partial(propose_catalogue, keys=own, learn=learn))


def _candidates(part: TrainingPart, keys: set[str] | None, make: Callable[..., CandidatesPart | None]) -> PartResult:
    """What `make` says of the shop's series (of the keys), packed for the part that forecasts them."""
    catalogue, shop = _catalogue(part, keys), part.shop
    if shop is None or not catalogue:
        return PartResult()
    known = forecast_context_of(shop, today=_last_day(catalogue), horizon=HORIZON)
    made = make(catalogue, horizon=HORIZON, known=known)
    return PartResult(packed(made) if made else None)


def _forecast(part: TrainingPart) -> PartResult:
    """The forecasts of this part's share of the shop's products; of others it reads those that were cross-validated."""
    outcome, shop, keys = Outcome(), part.shop, _own_keys(part)
    validations, proposals = _made_before(part, PartKind.CROSS_VALIDATE), _made_before(part, PartKind.PROPOSE)
    catalogue = _catalogue(part, None if keys is None else keys.union(*(one.keys for one in validations or ())))
    if shop is None or not catalogue:
        return PartResult(outcome.packed())
    fitted = forecast_catalogue(
        catalogue,
        horizon=HORIZON,
        validations=validations,
        proposal=next(iter(proposals or ()), None),
        known=forecast_context_of(shop, today=_last_day(catalogue), horizon=HORIZON),
        keys=keys,
    )
    own = [series for series in catalogue if keys is None or series.key in keys]
    outcome.add(shop.name, own, fitted, share="" if keys is None else f"{part.share + 1}/{part.shares}")
    return PartResult(outcome.packed(), len(outcome.forecasts) + len(outcome.refused))


def _compare(part: TrainingPart) -> PartResult:
    """The leaderboard of the shop's forecasters over its past cutoffs."""
    catalogue, shop = _catalogue(part), part.shop
    if shop is None or not catalogue:
        return PartResult()
    today = _last_day(catalogue)
    board = compare_forecasters(
        catalogue,
        horizon=HORIZON,
        validations=_made_before(part, PartKind.CROSS_VALIDATE),
        known=forecast_context_of(shop, today=today, horizon=HORIZON),
        forecasters=forecasters_of(shop, today=today, horizon=HORIZON),
    )
    return PartResult(packed_board(shop.name, board, timezone.now().date()) if board else None)


def _prophet(part: TrainingPart) -> PartResult:
    """Prophet's own curves of this part's share of the shop's series."""
    catalogue, shop = _catalogue(part), part.shop
    if shop is None or not catalogue:
        return PartResult()
    known = prophet_inputs_of(shop, today=_last_day(catalogue), horizon=HORIZON)
    curves = prophet_curves(catalogue, horizon=HORIZON, known=known, share=part.share, of=part.shares)
    return PartResult(packed_curves(curves))


def _lstm(part: TrainingPart) -> PartResult:
    """The LSTM's own curves of the shop's series, from one network for all of them."""
    catalogue = _catalogue(part)
    panel = panel_of(in_one_unit(catalogue)[0])
    if not len(panel):
        return PartResult()
    return PartResult(packed_curves(lstm_curves(panel, spread(len(panel), MOST_TRAIN), horizon=HORIZON)))


def _indices(part: TrainingPart) -> PartResult:
    """The grades' indices by what the shops' parts found; a shop whose part failed is missing."""
    shops = TrainingPart.objects.filter(training=part.training_id, kind=PartKind.FORECAST)
    return PartResult(index_values(shops.results(), horizon=HORIZON))


def _publish(_part: TrainingPart) -> PartResult:
    """Nothing to compute: what the other parts found is published in the transaction that ends this one."""
    return PartResult()


HANDLERS: dict[PartKind, Callable[[TrainingPart], PartResult]] = {
    PartKind.CROSS_VALIDATE: _cross_validate,
    PartKind.PROPOSE: _propose,
    PartKind.FORECAST: _forecast,
    PartKind.COMPARE: _compare,
    PartKind.PROPHET: _prophet,
    PartKind.LSTM: _lstm,
    PartKind.INDICES: _indices,
    PartKind.PUBLISH: _publish,
}


def _catalogue(part: TrainingPart, keys: Collection[str] | None = None) -> list[Series]:
    """The shop's series, or those of the keys, as of the day the training began: a part may run after midnight."""
    training, shop = part.training, part.shop
    if shop is None or training.started_at is None or (keys is not None and not keys):
        return []
    if keys is None:
        return catalogue_in_memory(training, shop)
    return catalogue_of(shop, product_ids=sorted(map(int, keys)), moment=training.started_at)


def _own_keys(part: TrainingPart) -> set[str] | None:
    """The series of this part's share of the products; None where it has all of them."""
    if part.shop is None or part.shares == 1:
        return None
    own = set(ids_of_share(part.shop, share=part.share, shares=part.shares))
    return set(map(str, own.intersection(part.training.product_ids) if part.training.product_ids else own))


def _learned_keys(part: TrainingPart) -> set[str] | None:
    """Of a shop that is forecast in shares the series to learn from, so that no part reads all; None of others."""
    if part.shop is None or part.training.product_ids:
        return None
    if Product.objects.filter(shop=part.shop).count() <= settings.OILWATCH_TRAINING_SERIES:
        return None
    return set(map(str, ids_to_learn_from(part.shop, most=LEARNED_READ)))


def _last_day(catalogue: list[Series]) -> date:
    return max(series.end for series in catalogue)


def _made_before(part: TrainingPart, kind: PartKind) -> list[CandidatesPart] | None:
    """The candidates that other workers made for this shop; None where no such part was planned.

    What failed is missing. Without a cross-validation the gate learns from fewer cutoffs, without a proposal it is made
    here: the forecast goes out all the same.
    """
    needed = TrainingPart.objects.filter(training=part.training_id, shop=part.shop_id, kind=kind)
    if not needed.exists():
        return None
    if kind == PartKind.PROPOSE:
        needed = needed.filter(share=part.share, shares=part.shares)
    return [unpacked(result) for result in needed.filter(status=TrainingStatus.DONE).results()]


@transaction.atomic
def _finish(part: TrainingPart, token: int, result: PartResult, *, seconds: float, enqueue: bool) -> None:
    # The training's row before the part's, as `close` takes them: the other way round the two wait for each other.
    Training.objects.filter(pk=part.training_id).update(series_done=F("series_done") + result.series)
    held = TrainingPart.objects.held(part.pk, token).update(
        status=TrainingStatus.DONE,
        finished_at=timezone.now(),
        lease_until=None,
        duration_ms=round(seconds * 1000),
        result=result.result,
    )
    if not held:
        raise LostJob
    if part.kind == PartKind.PUBLISH:
        publish(training_id=part.training_id)
    elif enqueue:
        enqueue_ready_parts(part.training_id)


@transaction.atomic
def _fail(part: TrainingPart, token: int, reason: str, enqueue: bool) -> TrainingStatus | None:
    Training.objects.select_for_update().filter(pk=part.training_id).first()
    held = TrainingPart.objects.held(part.pk, token).update(
        status=TrainingStatus.FAILED, finished_at=timezone.now(), lease_until=None, reason=reason
    )
    if held and part.kind == PartKind.PUBLISH:
        close(training_ids=[part.training_id], status=TrainingStatus.FAILED, reason=reason)
    elif held and enqueue:
        enqueue_ready_parts(part.training_id)
    return TrainingStatus.FAILED if held else None
