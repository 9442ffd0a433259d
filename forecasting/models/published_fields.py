"""Columns of the published record that are read as the core's own types."""

from typing import Any

from django.db import models
from django.db.models.fields.json import KeyTransform

from forecasting.policy.advice import Advice
from forecasting.product_forecast import ForecastSkill
from forecasting.serialization.published_json import advice_json, advice_of, skill_json, skill_of


class AdviceField(models.JSONField):
    """JSON in the database, `Advice` in Python; a malformed value is read as no advice."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Read the column as Advice."""
        decoded = super().from_db_value(value, expression, connection)
        return decoded if isinstance(expression, KeyTransform) else advice_of(decoded)

    def get_prep_value(self, value: Any) -> Any:
        """Write Advice as JSON."""
        return super().get_prep_value(advice_json(value) if isinstance(value, Advice) else value)


class SkillField(models.JSONField):
    """JSON in the database, `ForecastSkill` in Python; unknown figures are None."""

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Read the column as ForecastSkill."""
        decoded = super().from_db_value(value, expression, connection)
        return decoded if isinstance(expression, KeyTransform) else skill_of(decoded)

    def get_prep_value(self, value: Any) -> Any:
        """Write ForecastSkill as JSON."""
        return super().get_prep_value(skill_json(value) if isinstance(value, ForecastSkill) else value)
