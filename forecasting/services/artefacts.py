"""Artefacts: what a training fitted, as JSON with a checksum; written whole or not at all, read only if unharmed."""

import json
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from forecasting.serialization.canonical_json import canonical_json, checksum_of


class BrokenArtefact(Exception):
    """The file is missing or is not what was written; the forecasts already published are still good."""


def write_artefact(*, name: str, content: dict[str, Any]) -> str:
    """Write the artefact under this name and return its SHA-256 (a temporary name, fsync, rename: never half)."""
    folder = Path(settings.OILWATCH_ARTEFACTS)
    folder.mkdir(parents=True, exist_ok=True)
    data = canonical_json(content)
    temporary = folder / f".{name}.{os.getpid()}"
    with temporary.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / name)
    return checksum_of(data)


def read_artefact(*, name: str, checksum: str) -> dict[str, Any]:
    """The artefact's content; BrokenArtefact if it is not there or its checksum differs."""
    path = Path(settings.OILWATCH_ARTEFACTS) / Path(name).name
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BrokenArtefact(f"{path.name} cannot be read: {error}") from error
    if checksum_of(data) != checksum:
        raise BrokenArtefact(f"{path.name} is not the file that was written (its checksum differs); retrain.")
    content: dict[str, Any] = json.loads(data)
    return content


def artefact_size(*, name: str) -> int | None:
    """The file's size in bytes; None where it is not there."""
    path = Path(settings.OILWATCH_ARTEFACTS) / Path(name).name
    return path.stat().st_size if path.exists() else None


def remove_artefact(*, name: str) -> bool:
    """Remove the file; returns whether it was there."""
    path = Path(settings.OILWATCH_ARTEFACTS) / Path(name).name
    there = path.exists()
    path.unlink(missing_ok=True)
    return there


def remove_unfinished(*, before: datetime) -> int:
    """Remove what a writer that died left under a temporary name before then; returns how many files."""
    unfinished = [
        path
        for path in Path(settings.OILWATCH_ARTEFACTS).glob(".*.json.*")
        if path.stat().st_mtime < before.timestamp()
    ]
    for path in unfinished:
        path.unlink(missing_ok=True)
    return len(unfinished)
