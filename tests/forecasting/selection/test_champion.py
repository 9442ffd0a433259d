"""A challenger must not be worse than the baseline, each beside the same reference; and drift is no accident."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.selection.champion import LEAST_OUTCOMES, WORSE_BY, baseline_after, why_worse
from forecasting.selection.drift import LEAST_OUTSIDE, Drift


def scores(crps: float, error: float | None = 1.0, yardstick: float = 2.0, n: int = 1000) -> dict[str, Any]:
    own = {"n": n, "crps_pct": crps, "rel_mae": error}
    near = {"n": n, "crps_pct": 99.0, "rel_mae": 9.0}
    return {"horizons": {"7": near, "30": own}, "reference": {"7": near, "30": {"crps_pct": yardstick}}}


def worse(new: dict[str, Any], old: dict[str, Any]) -> str:
    return why_worse({"shop": new, "new shop": scores(99)}, baseline_after({}, {"shop": old, "old shop": scores(0.1)}))


@pytest.mark.parametrize(
    ("new", "old", "word"),
    [
        (scores(1.0), scores(1.0), ""),
        (scores(1.04), scores(1.0), ""),
        (scores(1.2), scores(1.0), "CRPS 0.600"),
        (scores(2.0, yardstick=4.0), scores(1.0), ""),
        (scores(1.0, error=1.2), scores(1.0, error=0.9), "error 1.200"),
        (scores(1.0, error=1.04), scores(1.0, error=0.9), ""),
    ],
)
def test_why_worse(new: dict[str, Any], old: dict[str, Any], word: str) -> None:
    text = worse(new, old)
    assert word in text
    assert bool(text) == bool(word)


YOUNG = [{"origins": 0}, scores(0.1, n=LEAST_OUTCOMES - 1)]
STILL = [scores(9.0) | {"reference": {}}, scores(9.0, yardstick=0.0), scores(9.0, error=None)]


@pytest.mark.parametrize("young", YOUNG)
def test_a_young_shop_is_served_and_figures_that_are_gone_are_no_pass(young: dict[str, Any]) -> None:
    assert worse(young, young) == ""
    assert worse(scores(9.0), young) == ""
    assert "fewer than 100 past outcomes" in worse(young, scores(1.0))


@pytest.mark.parametrize("uncompared", [*STILL, {}])
def test_where_nothing_moved_or_nothing_is_forecast_nothing_is_worse_and_the_bar_stays(
    uncompared: dict[str, Any],
) -> None:
    baseline = baseline_after({}, {"shop": scores(1.0)})
    assert why_worse({"shop": uncompared}, baseline) == ""
    assert baseline_after(baseline, {"shop": uncompared}) == baseline


def test_some_per_cent_a_night_do_not_add_up() -> None:
    """Each is 2 % worse than what was served the night before: the fourth is not served, and no later one."""
    baseline = baseline_after({}, {"shop": scores(1.0)})
    served = 0
    for night in range(1, 30):
        tonight = {"shop": scores(1.02**night)}
        if not why_worse(tonight, baseline):
            baseline, served = baseline_after(baseline, tonight), night
    assert 1.02**served <= 1 + WORSE_BY
    assert baseline == baseline_after({}, {"shop": scores(1.0)})


def test_the_bar_rises_with_the_best_of_each_figure_and_each_shop() -> None:
    baseline = baseline_after({}, {"a": scores(1.0, error=0.8), "b": scores(1.0)})
    baseline = baseline_after(baseline, {"a": scores(0.9, error=0.82), "c": scores(1.0)})
    assert baseline == {
        "a": {"crps": 0.45, "error": 0.8},
        "b": {"crps": 0.5, "error": 1.0},
        "c": {"crps": 0.5, "error": 1.0},
    }


def test_what_was_served_though_it_was_worse_is_the_bar_of_its_shop_alone() -> None:
    """Or the nights after it would all be held back until they were too old, for ever."""
    baseline = baseline_after({}, {"a": scores(1.0), "b": scores(1.0)})
    after = baseline_after(baseline, {"a": scores(1.5), "b": scores(1.02)})
    assert (after["a"]["crps"], after["b"]["crps"]) == (0.75, 0.5)
    assert why_worse({"a": scores(1.5)}, after) == ""
    unjudged = baseline_after(baseline, {"a": {"origins": 0}})
    assert why_worse({"a": {"origins": 0}}, unjudged) == ""
    assert set(unjudged) == {"b"}


@given(crps=st.floats(0.1, 10), better=st.floats(0, 1), yardstick=st.floats(0.1, 10))
def test_better_is_never_held_back(crps: float, better: float, yardstick: float) -> None:
    new = {"shop": scores(crps * better * (1 + WORSE_BY / 2), yardstick=yardstick)}
    assert why_worse(new, baseline_after({}, {"shop": scores(crps, yardstick=yardstick)})) == ""


@given(nights=st.lists(st.tuples(st.floats(0.1, 10), st.floats(0.1, 10)), min_size=1, max_size=20))
def test_whatever_was_served_would_be_served_again(nights: list[tuple[float, float]]) -> None:
    baseline: dict[str, dict[str, float]] = {}
    for crps, error in nights:
        baseline = baseline_after(baseline, {"shop": scores(crps, error=error)})
        assert why_worse({"shop": scores(crps, error=error)}, baseline) == ""


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
