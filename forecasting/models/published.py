"""What product and index forecasts have in common: which are served, and how long one stays fresh."""

from datetime import date, timedelta, tzinfo
from typing import Any, Self

from django.db import models
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Greatest, TruncDate

from forecasting.models.training import Standing
from forecasting.policy.advice import Advice
from forecasting.product_forecast import FallOdds, ForecastSkill
from forecasting.serialization.published_json import (
    advice_json,
    advice_of,
    odds_json,
    odds_of,
    skill_json,
    skill_of,
)

STALE_AFTER = timedelta(days=7)  # from the last day whose price was known to the newest price seen


def is_stale(cutoff: date, seen_on: date) -> bool:
    """Whether a price was seen so long after the forecast that the two would mislead side by side."""
    return seen_on - cutoff > STALE_AFTER


class PublishedQuerySet(models.QuerySet[Any]):
    """Forecasts by what became of their training."""

    def served(self) -> Self:
        """Those of trainings in good standing, newest first; of one day the later training's counts."""
        return self.filter(training__standing=Standing.SERVED).order_by("-cutoff", "-training_id")

    def ever_served(self) -> Self:
        """Those that were served at some time, with `published_at`, the first moment: the public record counts them.

        A training held back and served later has published its forecasts then; one rolled back has published them.
        """
        published_at = Greatest("created_at", "training__served_from")
        return self.filter(training__served_from__isnull=False).annotate(published_at=published_at)

    def with_start(self, zone: tzinfo) -> Self:
        """Those ever served with `starts_on`: their cutoff, or the later day, there, on which they were first served.

        The days after it count: of none of them could the price be known.
        """
        published_on = TruncDate("published_at", tzinfo=zone)
        return self.ever_served().annotate(starts_on=Greatest("cutoff", published_on))

    def latest_per_product(self) -> Self:
        """The newest of each product, by the order of `served`."""
        return self.order_by("product_id", "-cutoff", "-training_id").distinct("product_id")


class DataclassField(models.JSONField):
    """JSON in the database and in files, a frozen dataclass in Python; subclasses say how one becomes the other."""

    def decoded(self, value: object) -> Any:
        """The dataclass of a JSON value."""
        raise NotImplementedError

    def encoded(self, value: Any) -> Any:
        """The JSON value of a dataclass; JSON stays as it is."""
        raise NotImplementedError

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        """Read the column; a path into it (`advice__word`) stays JSON."""
        decoded = super().from_db_value(value, expression, connection)
        return decoded if isinstance(expression, KeyTransform) else self.decoded(decoded)

    def get_prep_value(self, value: Any) -> Any:
        """Write the column."""
        return super().get_prep_value(self.encoded(value))

    def value_to_string(self, obj: models.Model) -> Any:
        """Write it into a file of `dumpdata`."""
        return self.encoded(self.value_from_object(obj))


class AdviceField(DataclassField):
    """`Advice`; a malformed value is read as no advice."""

    def decoded(self, value: object) -> Advice:
        """The advice of a JSON value."""
        return advice_of(value)

    def encoded(self, value: Any) -> Any:
        """The advice as JSON."""
        return advice_json(value) if isinstance(value, Advice) else value


class SkillField(DataclassField):
    """`ForecastSkill`; unknown figures are None."""

    def decoded(self, value: object) -> ForecastSkill:
        """The skill of a JSON value."""
        return skill_of(value)

    def encoded(self, value: Any) -> Any:
        """The skill as JSON."""
        return skill_json(value) if isinstance(value, ForecastSkill) else value


class OddsField(DataclassField):
    """`FallOdds`; a malformed chance is left out."""

    def decoded(self, value: object) -> FallOdds:
        """The odds of a JSON value."""
        return odds_of(value)

    def encoded(self, value: Any) -> Any:
        """The odds as JSON."""
        return odds_json(value) if isinstance(value, FallOdds) else value
