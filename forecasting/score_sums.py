"""Sums over scores, by horizon and whatever else: what the figures of any record are made of."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, FloatField, Sum


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
            standing=Sum(F("standing_error") * seen, output_field=FloatField()),
            crps=Sum(F("crps") * seen, output_field=FloatField()),
            inside_80=Sum("inside_80"),
            inside_95=Sum("inside_95"),
        )
    )
    return sums
