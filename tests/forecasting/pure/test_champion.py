"""A challenger must not be worse than the champion, each beside the same yardstick; and drift is no accident."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.learning.champion import LEAST_OUTCOMES, WORSE_BY, why_worse
from forecasting.learning.drift import LEAST_OUTSIDE, Drift


def scores(crps: float, error: float = 1.0, yardstick: float = 2.0, n: int = 1000) -> dict[str, Any]:
    own = {"n": n, "crps_pct": crps, "rel_mae": error}
    near = {"n": n, "crps_pct": 99.0, "rel_mae": 9.0}
    return {"horizons": {"7": near, "30": own}, "reference": {"7": near, "30": {"crps_pct": yardstick}}}


@pytest.mark.parametrize(
    ("new", "old", "word"),
    [
        (scores(1.0), scores(1.0), ""),
        (scores(1.04), scores(1.0), ""),
        (scores(1.2), scores(1.0), "CRPS 0.600"),
        (scores(2.0, yardstick=4.0), scores(1.0), ""),
        (scores(1.0, error=1.2), scores(1.0, error=0.9), "error 1.200"),
        (scores(1.0, error=1.04), scores(1.0, error=0.9), ""),
        (scores(9.0, n=LEAST_OUTCOMES - 1), scores(1.0), ""),
        (scores(9.0), {"origins": 0}, ""),
        ({"origins": 0}, scores(1.0), ""),
        (scores(9.0) | {"reference": {}}, scores(1.0), ""),
        (scores(9.0, yardstick=0.0), scores(1.0), ""),
    ],
)
def test_why_worse(new: dict[str, Any], old: dict[str, Any], word: str) -> None:
    said = why_worse({"shop": new, "new shop": scores(99)}, {"shop": old, "old shop": scores(0.1)})
    assert word in said
    assert bool(said) == bool(word)


@given(crps=st.floats(0.1, 10), better=st.floats(0, 1), yardstick=st.floats(0.1, 10))
def test_better_is_never_held_back(crps: float, better: float, yardstick: float) -> None:
    new = {"shop": scores(crps * better * (1 + WORSE_BY / 2), yardstick=yardstick)}
    assert why_worse(new, {"shop": scores(crps, yardstick=yardstick)}) == ""


def test_drift() -> None:
    assert Drift(20, 60).gone
    assert not Drift(3, 60).gone, "five per cent are expected outside"
    assert not Drift(LEAST_OUTSIDE - 1, LEAST_OUTSIDE).gone, "a sale in one shop"
    assert not Drift(0, 0).gone


@given(total=st.integers(1, 2000), outside=st.integers(0, 2000))
def test_more_outside_is_never_less_likely_drift(total: int, outside: int) -> None:
    outside = min(outside, total - 1)
    assert Drift(outside, total).chance >= Drift(outside + 1, total).chance
    assert not Drift(outside, total).gone or Drift(outside + 1, total).gone
