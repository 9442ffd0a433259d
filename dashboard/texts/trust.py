"""How far a forecast can be trusted, from its own measured past, in one sentence."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext

from dashboard.texts.formats import percent
from forecasting.evaluation.record_figures import SAME


def trust_sentence(skill: Mapping[str, Any]) -> str:
    """Put `Forecast.skill` into words for its longest measured horizon; empty where nothing was measured."""
    measured = [(int(key), values) for key, values in skill.items() if key.isdecimal() and isinstance(values, dict)]
    parts: list[str] = []
    for days, values in sorted(measured, key=lambda item: item[0], reverse=True):
        parts = [
            *_coverage(_number(values.get("coverage_80")), days),
            *_error(_number(values.get("rel_mae")), days),
        ]
        if parts:
            break
    return " ".join(parts)


def _coverage(coverage: float | None, days: int) -> list[str]:
    if coverage is None:
        return []
    words = gettext("In tests on the past, the %(days)s-day range was right %(share)s of the time (it aims for 80%%).")
    return [words % {"days": days, "share": percent(coverage)}]


def _error(ratio: float | None, days: int) -> list[str]:
    if ratio is None:
        return []
    values = {"share": percent(abs(1 - ratio)), "days": days}
    if abs(1 - ratio) < SAME:
        return [gettext("The forecast was as close as guessing “no change”.")]
    if ratio < 1:
        return [gettext("The forecast was %(share)s closer than guessing “no change”.") % values]
    return [gettext("The forecast was %(share)s further off than guessing “no change”.") % values]


def _number(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
