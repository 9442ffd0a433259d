"""One horizon of a published forecast of a product, scored: the one rule for whatever was forecast of a price.

A forecast counts from the moment it was first served (`published_at`): the days after that day are scored, against
the newest price kept at that moment. What could be known by then, from the prices or from the calendar, earns nothing.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import numpy as np
from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from forecasting.evaluation.score_published import PublishedPrices, days_that_count, score_horizon
from forecasting.models.horizon_score import LATE_PRICES, SCORED_FIELDS
from forecasting.selectors.observed_prices import ObservedPrices, observed_prices
from scraping.models import PriceSpell


def unscored(forecasts: QuerySet[Any], scores: QuerySet[Any], days: int, *, again: bool) -> QuerySet[Any]:
    """The forecasts without a score of this horizon; with `again` also those whose score takes in late prices."""
    scored = scores.filter(forecast=OuterRef("pk"), days=days)
    if again:
        scored = scored.filter(due_on__lt=timezone.now().date() - LATE_PRICES)
    return forecasts.exclude(Exists(scored))


def conflicts(unique: Sequence[str], fields: Sequence[str], *, again: bool) -> dict[str, Any]:
    """For `bulk_create`: what to do about a score that is there: leave it, or mend it."""
    if not again:
        return {"ignore_conflicts": True}
    return {"update_conflicts": True, "unique_fields": unique, "update_fields": fields}


def with_known_price(forecasts: QuerySet[Any]) -> list[Any]:
    """The forecasts (`with_start`) with `known_price`, the newest price kept when each was published."""
    known = PriceSpell.objects.own().filter(
        product=OuterRef("product"), price__isnull=False, first_seen__lte=OuterRef("published_at")
    )
    return list(forecasts.annotate(newest_known=Subquery(known.order_by("-first_seen").values("price")[:1])))


def prices_after(forecasts: Sequence[Any], days: int) -> dict[int, ObservedPrices]:
    """The observed prices of the forecasts' products, over all days that a horizon can score."""
    first, last = min(each.cutoff for each in forecasts), max(each.starts_on for each in forecasts)
    return observed_prices({each.product_id for each in forecasts}, first=first, last=last + timedelta(days=days))


def known_price(forecast: Any) -> float:
    """The newest price kept when the forecast was published; its own claim only where no such price is left."""
    return float(forecast.last_price if forecast.newest_known is None else forecast.newest_known)


def score_fields(forecast: Any, days: int, prices: ObservedPrices | None) -> dict[str, Any]:
    """The columns of a forecast's score over the `days` days after it was published."""
    late = days_late(forecast)
    seen = prices.after(forecast.cutoff, late + days)[0] if prices else np.full(late + days, np.nan)
    published = PublishedPrices(
        known_price(forecast), np.array(forecast.levels), np.array(forecast.quantiles), np.array(forecast.point)
    )
    return columns(published, seen, late=late, days=days, start=forecast.starts_on)


def days_late(forecast: Any) -> int:
    """How many days of the forecast were over when it was published."""
    return int((forecast.starts_on - forecast.cutoff).days)


def columns(published: PublishedPrices, seen: Any, *, late: int, days: int, start: date) -> dict[str, Any]:
    """The columns of a score by the prices `seen` [late + days] since the cutoff."""
    scored = score_horizon(published, days_that_count(seen, late, days, len(published.point)), late + days)
    figures = {name: getattr(scored, name) for name in SCORED_FIELDS}
    return {"days": days, "due_on": start + timedelta(days=days), **figures}
