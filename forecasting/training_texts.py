"""How a training ended, in the reader's language: what the training keeps is for logs and the API, in English.

A message of a library, or of an earlier version, stays as it was written: `is_foreign` says so, for its `lang`.
"""

import re
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forecasting.models import Training, TrainingStatus

Text = str | Promise
STATUSES: dict[str, Text] = {
    TrainingStatus.DONE: _("trained"),
    TrainingStatus.FAILED: _("the training failed"),
    TrainingStatus.CANCELLED: _("cancelled"),
    TrainingStatus.DEAD: _("failed after several attempts"),
}
SENTENCES: tuple[tuple[str, Text], ...] = (
    (r"(?P<made>\d+) forecasts, none skipped", _("forecasts: %(made)s, none skipped")),
    (r"(?P<made>\d+) forecasts, (?P<skipped>\d+) skipped", _("forecasts: %(made)s, skipped: %(skipped)s")),
    (
        r"imported: (?P<made>\d+) forecasts, none skipped",
        _("imported; forecasts: %(made)s, none skipped"),
    ),
    (
        r"imported: (?P<made>\d+) forecasts, (?P<skipped>\d+) skipped",
        _("imported; forecasts: %(made)s, skipped: %(skipped)s"),
    ),
    (r"cancelled", _("cancelled")),
    (r"not published", _("not published")),
    (r"out of time: its parts took longer than allowed", _("out of time: its parts took longer than allowed")),
    (
        r"failed: (?P<workers>\d+) workers started and none finished",
        _("failed: %(workers)s workers started and none finished"),
    ),
    (r"the first of its scope", _("the first of its scope")),
    (r"imported by an operator", _("imported by an operator")),
    (
        r"not worse than the baseline of training (?P<champion>\d+)",
        _("not worse than the baseline of training %(champion)s"),
    ),
    (
        r"worse, but training (?P<champion>\d+) is too old to be served on: (?P<why>.+)",
        _("worse, but training %(champion)s is too old to be served on: %(why)s"),
    ),
    (r"rolled back by (?P<by>.+)", _("rolled back by %(by)s")),
    (r"served by (?P<by>.+)", _("served by %(by)s")),
    (
        r"training (?P<champion>\d+) stays champion: (?P<why>.+)",
        _("training %(champion)s stays in service: %(why)s"),
    ),
    (
        r"(?P<shop>.+): fewer than (?P<least>\d+) past outcomes to score it, those before it had more",
        _("%(shop)s: fewer than %(least)s past outcomes to score it, those before it had more"),
    ),
    (
        r"(?P<shop>.+): CRPS (?P<own>[\d.]+) of the last price's, the baseline is (?P<baseline>[\d.]+)",
        _("%(shop)s: CRPS %(own)s of the last price’s, the baseline is %(baseline)s"),
    ),
    (
        r"(?P<shop>.+): error (?P<own>[\d.]+) of the last price's, the baseline is (?P<baseline>[\d.]+)",
        _("%(shop)s: error %(own)s of the last price’s, the baseline is %(baseline)s"),
    ),
    (
        r"(?P<shop>.+): (?P<outside>\d+) of (?P<total>\d+) prices lie outside their 95 % interval",
        _("%(shop)s: %(outside)s of %(total)s prices lie outside their 95%% interval"),
    ),
)


@dataclass(frozen=True, slots=True)
class TrainingSentence:
    """One sentence; a foreign one is in English whatever the page is in."""

    text: str
    is_foreign: bool = False


def training_sentence(stored: str) -> TrainingSentence:
    """Put a stored sentence into the reader's language, part by part, as far as its parts are known."""
    parts = [_known(part) for part in stored.split("; ")] if stored else []
    if any(part is None for part in parts):
        return TrainingSentence(stored, is_foreign=True)
    return TrainingSentence("; ".join(filter(None, parts)))


def training_result(training: Training) -> TrainingSentence:
    """What a training came to: its sentence, or its status where it has none."""
    if training.reason:
        return training_sentence(training.reason)
    return TrainingSentence(str(STATUSES.get(training.status, training.status)))


def _known(part: str) -> str | None:
    for pattern, text in SENTENCES:
        if match := re.fullmatch(pattern, part):
            values: dict[str, Any] = match.groupdict()
            if "why" in values:
                values["why"] = training_sentence(values["why"]).text
            return str(text) % values if values else str(text)
    return None
