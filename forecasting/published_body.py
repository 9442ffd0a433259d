"""A published forecast's method, skill, advice and odds as the API and the command line show them."""

from typing import Any

from forecasting.evaluation.odds import ODDS_DAYS
from forecasting.explain import advice_reason, note_text
from forecasting.forecasters.price_fall import SIZES
from forecasting.forecasters.registry import METHOD_LABELS
from forecasting.policy.advice import Advice
from forecasting.product_forecast import FallOdds, ForecastSkill
from forecasting.serialization.published_json import advice_json, skill_json


def method_label(method: str) -> str:
    """The English label of a forecaster's candidate; a name from elsewhere stands for itself."""
    return METHOD_LABELS.get(method, method)


def skill_body(skill: ForecastSkill) -> dict[str, Any]:
    """Figures by the horizon in days, and notes for a reader."""
    return {**skill_json(skill), "notes": [note_text(note) for note in skill.notes]}


def advice_body(advice: Advice) -> dict[str, Any]:
    """The advice, and the reason for it as a sentence."""
    return {**advice_json(advice), "reason": advice_reason(advice)}


def odds_body(odds: FallOdds) -> dict[str, Any]:
    """The chance of each size of fall within 7, 14 and 30 days; null where it is not known."""
    chances = {
        f"{100 * size:g}": {str(days): odds.within(days).get(f"{100 * size:g}") for days in ODDS_DAYS} for size in SIZES
    }
    return {**chances, "days_to_fall": odds.days_to_fall}
