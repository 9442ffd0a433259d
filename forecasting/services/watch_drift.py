"""Order a training out of turn when a shop's prices have left the forecasts that are served."""

import zoneinfo
from datetime import datetime, timedelta
from typing import Any

import structlog
from django.db.models import F, Q
from django.utils import timezone

from forecasting.models import Forecast, Training, TrainingSource
from forecasting.quantiles import BAND_95
from forecasting.selection.drift import Drift
from forecasting.selectors.current_forecast import champion_of
from forecasting.services.order_training import EVERYTHING, OPEN, order_training

log = structlog.get_logger(__name__)
PAUSE = timedelta(hours=6)  # from one training of everything to the next early one


def watch_drift() -> Training | None:
    """Compare every shop's newest prices with the champion's intervals; the training ordered, or None."""
    champion, now = champion_of(EVERYTHING), timezone.now()
    if champion is None or _trained_lately(now):
        return None
    for shop, drift in drifts(champion).items():
        if drift.gone:
            because = f"{shop}: {drift.outside} of {drift.total} prices lie outside their 95 % interval"
            log.warning("drift", because=because, chance=drift.chance)
            return order_training(source=TrainingSource.DRIFT, because=because)
    return None


def drifts(champion: Training) -> dict[str, Drift]:
    """How far each shop's prices, seen since the training, have left its intervals."""
    rows: Any = (
        Forecast.objects.filter(training=champion, product__latest_spell__price__isnull=False)
        .filter(product__latest_spell__last_seen__gt=champion.finished_at)
        .values_list("product__shop__name", "product__shop__timezone", "cutoff", "quantiles")
        .annotate(seen=F("product__latest_spell__last_seen"), price=F("product__latest_spell__price"))
    )
    counts: dict[str, list[int]] = {}
    for shop, zone, cutoff, quantiles, seen, price in rows.iterator(200):
        ahead = (seen.astimezone(zoneinfo.ZoneInfo(zone)).date() - cutoff).days
        band = quantiles[min(max(ahead, 1), len(quantiles)) - 1]
        outside, total = counts.setdefault(shop, [0, 0])
        counts[shop] = [outside + (not band[BAND_95[0]] <= float(price) <= band[BAND_95[1]]), total + 1]
    return {shop: Drift(outside, total) for shop, (outside, total) in counts.items()}


def _trained_lately(now: datetime) -> bool:
    everything = Training.objects.filter(scope=EVERYTHING)
    # However it ended: one that failed or was cancelled would be so again the next hour.
    return everything.filter(Q(status__in=OPEN) | Q(finished_at__gt=now - PAUSE)).exists()
