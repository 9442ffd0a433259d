"""Advice, skill and odds of a published forecast as JSON, for the ledger's columns and for files, and back."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any, get_args

from forecasting.policy.advice import NO_ADVICE, Action, Advice, AdviceCode
from forecasting.product_forecast import FallOdds, ForecastSkill

DEFAULT_CODES: dict[Action, AdviceCode] = {
    "wait": AdviceCode.WAITING_PAYS,
    "no_hurry": AdviceCode.SMALL_SAVING,
    "buy": AdviceCode.WAITING_DOES_NOT_PAY,
    "none": AdviceCode.NO_RECORD,
}


def advice_json(advice: Advice) -> dict[str, Any]:
    """The advice as JSON; the names are those of the API."""
    saving, smallest = advice.expected_saving, advice.smallest_saving
    return {
        "word": advice.action,
        "code": advice.code.value,
        "until": advice.deadline.isoformat() if advice.deadline else None,
        "limit_price": advice.limit_price,
        "expected_saving_pct": None if saving is None else 100 * saving,
        "chance_of_regret": advice.chance_of_regret,
        "capture": advice.capture,
        "smallest_saving_pct": None if smallest is None else 100 * smallest,
    }


def advice_of(value: object) -> Advice:
    """The advice of a JSON value; no advice where the value is malformed."""
    fields: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    action = next((known for known in get_args(Action) if known == fields.get("word")), None)
    if action is None:
        return NO_ADVICE
    code = next((known for known in AdviceCode if known == fields.get("code")), DEFAULT_CODES[action])
    saving, smallest = (_number(fields.get(name)) for name in ("expected_saving_pct", "smallest_saving_pct"))
    return Advice(
        action=action,
        code=code,
        deadline=_day(fields.get("until")),
        limit_price=_number(fields.get("limit_price")),
        expected_saving=None if saving is None else saving / 100,
        chance_of_regret=_number(fields.get("chance_of_regret")),
        capture=_number(fields.get("capture", _capture_in(fields.get("reason")))),
        smallest_saving=None if smallest is None else round(smallest / 100, 12),  # as it was before 100 times
    )


def _capture_in(reason: object) -> float | None:
    """The capture that forecasts from before 0.1 hold in a sentence: "past advice took 16% of what ..."."""
    match = re.search(r"past advice took (-?\d+)%", reason) if isinstance(reason, str) else None
    return int(match[1]) / 100 if match else None


def skill_json(skill: ForecastSkill) -> dict[str, Any]:
    """The skill as JSON: figures by the horizon in days."""
    figures = {"rel_mae": skill.rel_mae, "coverage_80": skill.coverage_80, "coverage_95": skill.coverage_95}
    measured = {} if skill.days is None else {str(skill.days): {key: _number(figures[key]) for key in figures}}
    return {**measured, "probability_of_drop": _number(skill.probability_of_drop), "notes": list(skill.notes)}


def skill_of(value: object) -> ForecastSkill:
    """The skill of a JSON value, for its longest horizon; unknown figures are None."""
    fields = value if isinstance(value, Mapping) else {}
    horizons = {
        int(key): figures_of_horizon
        for key, figures_of_horizon in fields.items()
        if key.isdecimal() and isinstance(figures_of_horizon, Mapping)
    }
    days = max(horizons, default=None)
    figures: Mapping[str, Any] = {} if days is None else horizons[days]
    notes = fields.get("notes")
    return ForecastSkill(
        days=days,
        rel_mae=_number(figures.get("rel_mae")),
        coverage_80=_number(figures.get("coverage_80")),
        coverage_95=_number(figures.get("coverage_95")),
        probability_of_drop=_number(fields.get("probability_of_drop")),
        notes=tuple(str(note) for note in notes) if isinstance(notes, list | tuple) else (),
    )


def odds_json(odds: FallOdds) -> dict[str, Any]:
    """The odds as JSON: {"5": {"7": 0.12, ...}, "10": ..., "days_to_fall": 23}; {} where none are known."""
    if not odds.chance:
        return {}
    chances = {size: {days: _number(chance) for days, chance in row.items()} for size, row in odds.chance.items()}
    return {**chances, "days_to_fall": odds.days_to_fall}


def odds_of(value: object) -> FallOdds:
    """The odds of a JSON value; what is no chance between 0 and 1 is left out."""
    fields: Mapping[str, Any] = value if isinstance(value, Mapping) else {}
    chance = {
        size: known
        for size, row in fields.items()
        if size.isdecimal() and isinstance(row, Mapping) and (known := _chances(row))
    }
    day = fields.get("days_to_fall")
    return FallOdds(chance, day if chance and type(day) is int and day > 0 else None)


def _chances(row: Mapping[str, Any]) -> dict[str, float]:
    """The chances by their number of days, shortest first."""
    numbers = {days: _number(chance) for days, chance in row.items() if days.isdecimal()}
    known = {days: chance for days, chance in numbers.items() if chance is not None and 0 <= chance <= 1}
    return dict(sorted(known.items(), key=lambda pair: int(pair[0])))


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _number(value: object) -> float | None:
    """A finite number, None for all else: JSON has no NaN."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)
