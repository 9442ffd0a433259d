"""Exhaustive tests have two forms: `make test` takes samples, `make test-long` takes all (OILWATCH_LONG_TESTS=1)."""

import os
from collections.abc import Sequence
from typing import TypeVar

Item = TypeVar("Item")
LONG = os.environ.get("OILWATCH_LONG_TESTS", "") not in {"", "0"}


def sampled(items: Sequence[Item], every: int) -> Sequence[Item]:
    """Every n-th item, and all of them in the long form."""
    return items if LONG else items[::every]


def rounds(short: int, long: int) -> int:
    """How often to try something drawn at random."""
    return long if LONG else short
