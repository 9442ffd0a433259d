"""A published forecast's method, skill and advice as the API and the command line show them: names and sentences."""

from typing import Any

from forecasting.explain import advice_reason, note_text
from forecasting.forecasters.registry import METHOD_LABELS
from forecasting.policy.advice import Advice
from forecasting.product_forecast import ForecastSkill
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
