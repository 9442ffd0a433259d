"""Fixtures of the trainings' tests."""

from pathlib import Path
from typing import Any

import pytest


@pytest.fixture
def spread(settings: Any, tmp_path: Path) -> None:
    """Small shops are split into parts as large ones are."""
    settings.OILWATCH_ARTEFACTS = tmp_path
    settings.OILWATCH_LEADERBOARD_DAYS = 0  # see test_compare_forecasters.py
    settings.OILWATCH_TRAINING_SPREAD_FROM, settings.OILWATCH_TRAINING_SHARES = 3, 2
