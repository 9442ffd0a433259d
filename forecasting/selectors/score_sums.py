"""Sums over scores: what the figures of any record are made of, the public one and the one a training learns from."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Aggregate, Avg, Case, Count, F, FloatField, Q, Sum, Value, When

from forecasting.policy.advice import WAITING


def horizon_sums(scores: Any, **groups: F) -> Iterable[dict[str, Any]]:
    """One query; errors are weighed by the days seen, so that groups can be pooled."""
    seen = F("days_seen")
    sums: Iterable[dict[str, Any]] = (
        scores.filter(days_seen__gt=0)
        .order_by()
        .values("days", **groups)
        .annotate(
            forecasts=Count("id"),
            seen=Sum("days_seen"),
            error=Sum(F("error") * seen, output_field=FloatField()),
            standing=Sum(F("naive_error") * seen, output_field=FloatField()),
            crps=Sum(F("crps") * seen, output_field=FloatField()),
            inside_80=Sum("inside_80"),
            inside_95=Sum("inside_95"),
        )
    )
    return sums


def advice_sums(scores: Any) -> dict[str, Any]:
    """One query over scored advice: how often, how waits (no hurry too) ended; mean costs as shares of a price."""
    sums: dict[str, Any] = scores.aggregate(**_advice_sums())
    return sums


def advice_sums_by_shop(scores: Any) -> dict[int, dict[str, Any]]:
    """The same by the id of each shop with scored advice: one query."""
    rows = scores.order_by().values(shop=F("forecast__product__shop")).annotate(**_advice_sums())
    return {row["shop"]: row for row in rows}


def _advice_sums() -> dict[str, Aggregate]:
    followed = Case(When(word__in=WAITING, then=F("waited")), default=Value(1.0), output_field=FloatField())
    return {
        "decisions": Count("id"),
        "followed": Avg(followed),
        "always_paid": Avg("always"),
        "least_paid": Avg("lowest"),
        "waits": Count("id", filter=Q(word__in=WAITING)),
        "lost": Count("id", filter=Q(word__in=WAITING, waited__gt=1.0)),
        "always_lost": Count("id", filter=Q(always__gt=1.0)),
    }
