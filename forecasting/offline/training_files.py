"""The two files of a training made elsewhere: what was learned, and what was forecast.

artefact.json   {"format": 2, "shops": {shop: what was learned}}
forecasts.json  {"format": 2, "artefact": SHA-256 of the first file, "fingerprint", "versions", "scores", "chosen",
                 "refused": {series: codes}, "forecasts": [{"series", "currency", "origin", "quantiles", ...}],
                 "checksum": SHA-256 of all the rest}
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import isfinite
from typing import Any

from forecasting.serialization.canonical_json import canonical_json, checksum_of
from forecasting.serialization.forecast_payload import plain
from forecasting.serialization.published_json import odds_json, odds_of
from forecasting.serialization.training_result import Outcome

FORMAT = 2
READ_FORMATS = {1, FORMAT}  # forecasts of format 1 have no odds
FILE_KEYS = {"artefact", "fingerprint", "versions", "scores", "chosen", "refused", "forecasts", "format", "checksum"}
FORECAST_KEYS = {
    "series",
    "currency",
    "origin",
    "last_price",
    "method",
    "levels",
    "quantiles",
    "point",
    "skill",
    "advice",
    "odds",
}
KINDS = {
    "artefact": str,
    "fingerprint": str,
    "versions": dict,
    "scores": dict,
    "chosen": dict,
    "refused": dict,
    "forecasts": list,
}
LONGEST_METHOD, LONGEST_HORIZON = 64, 365


class BadTraining(ValueError):
    """The files are no training, or not the one that was written; the message says why."""


@dataclass(frozen=True, slots=True)
class ForecastFile:
    """A read and checked forecasts.json; each forecast's `origin` is a date."""

    artefact: str
    content: Mapping[str, Any]
    forecasts: tuple[dict[str, Any], ...]


def training_files(outcome: Outcome, currencies: Mapping[str, str]) -> tuple[bytes, bytes]:
    """artefact.json and forecasts.json of a training; the same training gives the same bytes."""
    artefact = canonical_json(plain({"format": FORMAT, "shops": outcome.learned}))
    content = plain(
        {
            "format": FORMAT,
            "artefact": checksum_of(artefact),
            "fingerprint": outcome.fingerprint(),
            "versions": outcome.versions(),
            "scores": outcome.scores,
            "chosen": outcome.methods(),
            "refused": outcome.refused,
            "forecasts": [
                {**forecast, "origin": forecast["origin"].isoformat(), "series": key, "currency": currencies[key]}
                for key, forecast in sorted(outcome.forecasts.items())
            ],
        }
    )
    return artefact, canonical_json({**content, "checksum": checksum_of(canonical_json(content))})


def read_training_files(artefact: bytes, forecasts: bytes) -> tuple[dict[str, Any], ForecastFile]:
    """What was learned and what was forecast; BadTraining where a file is malformed or its checksum differs."""
    learned, content = _object(artefact, "The artefact"), _object(forecasts, "The forecasts")
    if learned.get("format") not in READ_FORMATS or not isinstance(learned.get("shops"), dict):
        raise BadTraining(f"The artefact is not of format {FORMAT}; make it with `manage.py train_file`.")
    if content.get("format") not in READ_FORMATS or set(content) != FILE_KEYS:
        raise BadTraining(f"The forecasts are not of format {FORMAT}; make them with `manage.py train_file`.")
    claimed = content.pop("checksum")
    if _checksum(content) != claimed:
        raise BadTraining("The forecasts are not what was written: their checksum differs.")
    if checksum_of(artefact) != content["artefact"]:
        raise BadTraining("The artefact is not the one these forecasts came with: its checksum differs.")
    for key, kind in KINDS.items():
        if not isinstance(content[key], kind):
            raise BadTraining(f"{key!r} must be a {kind.__name__}.")
    rows = [_with_odds(row, content["format"]) for row in content["forecasts"]]
    read = tuple(_forecast(row, place) for place, row in enumerate(rows, start=1))
    if len({row["series"] for row in read}) != len(read):
        raise BadTraining("A series is forecast twice.")
    return learned, ForecastFile(content["artefact"], content, read)


def _object(data: bytes, name: str) -> dict[str, Any]:
    try:
        content = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise BadTraining(f"{name} cannot be read as JSON: {error}") from error
    if not isinstance(content, dict):
        raise BadTraining(f"{name} hold no JSON object.")
    return content


def _checksum(content: dict[str, Any]) -> str | None:
    try:
        return checksum_of(canonical_json(content))
    except ValueError:  # NaN or an endless number: not what was written
        return None


def _with_odds(row: Any, file_format: int) -> Any:
    """A forecast of format 1 with the odds it did not know."""
    return {"odds": {}, **row} if file_format < FORMAT and isinstance(row, dict) else row


def _forecast(row: Any, place: int) -> dict[str, Any]:
    """One checked forecast, with its origin as a date."""
    try:
        _check_shape(row)
        _check_figures(row["levels"], row["quantiles"], row["point"], row["last_price"])
        return {**row, "origin": date.fromisoformat(row["origin"])}
    except (ValueError, TypeError, KeyError) as error:
        raise BadTraining(f"Forecast {place} is malformed: {error}") from error


def _check_shape(row: Any) -> None:
    if set(row) != FORECAST_KEYS or not isinstance(row["series"], str):
        raise ValueError(f"its keys must be {', '.join(sorted(FORECAST_KEYS))}")
    if not (isinstance(row["skill"], dict) and isinstance(row["advice"], dict)):
        raise TypeError("skill and advice must be objects")
    if odds_json(odds_of(row["odds"])) != row["odds"]:
        raise ValueError("odds must be chances from 0 to 1, by size and number of days")
    if not 0 < len(row["method"]) <= LONGEST_METHOD:
        raise ValueError("the method needs a short name")


def _check_figures(levels: list[float], quantiles: list[list[float]], point: list[float], last: float) -> None:
    if not levels or not all(0 < level < 1 for level in levels) or not _rises(levels, strictly=True):
        raise ValueError("levels must rise between 0 and 1")
    if not 0 < len(point) <= LONGEST_HORIZON or len(quantiles) != len(point):
        raise ValueError("there must be one point and one row of quantiles a day")
    for row in quantiles:
        if len(row) != len(levels) or not _rises(row):
            raise ValueError("each day's quantiles must rise, one a level")
    if not all(isfinite(price) and price > 0 for price in (last, *point, *(row[0] for row in quantiles))):
        raise ValueError("prices must be positive")
    if not all(isfinite(row[-1]) for row in quantiles):
        raise ValueError("prices must be finite")


def _rises(values: list[float], *, strictly: bool = False) -> bool:
    return all(low < high if strictly else low <= high for low, high in pairwise(values))
