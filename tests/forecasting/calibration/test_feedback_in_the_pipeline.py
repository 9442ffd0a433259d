"""The ledger's word counts: only what was known, only when there is enough of it, and never too much."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.calibration.feedback import NARROWEST, SCORES, WIDEST, corrected, learn_feedback
from forecasting.calibration.published_history import PublishedPast
from forecasting.candidates.published import Published
from forecasting.forecast_context import ForecastContext
from forecasting.panel import UNIX_EPOCH, Panel, horizon_parts
from forecasting.pipeline import forecast_catalogue
from forecasting.quantiles import LEVELS, MEDIAN
from forecasting.selection.gate import LAST_PRICE
from tests.forecasting.test_pipeline import catalogue_of

TODAY = date(2026, 6, 1)
PARTS = horizon_parts("daily", 30)
SPREAD = np.exp(SCORES * 0.02)


def past(size: float, *, seed: int = 0, point: float = 1.0, products: int = 20, weeks: int = 10) -> PublishedPast:
    """Forecasts of normal outcomes of this size, whose bands were made for 0.02."""
    rng = np.random.default_rng(seed)
    count = products * weeks
    last = rng.uniform(3, 12, count)
    ages = np.repeat(np.arange(1, weeks + 1) * 7, products)
    outcomes = last[:, None] * np.exp(rng.normal(0, size, (count, 30)))
    return PublishedPast(
        (TODAY - UNIX_EPOCH).days - ages,
        last,
        np.repeat(last[:, None] * point, 30, axis=1),
        np.repeat(last[:, None, None] * SPREAD, 30, axis=1),
        outcomes,
    ).until(TODAY)


def published(series: int = 5, spread: Any = SPREAD) -> Published:
    last = np.linspace(3, 9, series)
    return Published(
        0,
        last,
        np.repeat(1.05 * last[:, None], 30, axis=1),
        np.tile(last[:, None, None] * spread, (1, 30, 1)),
        {"point": ["event"] * 3},
    )


def coverage(spread: Any, size: float, low: int = 2, high: int = 10) -> float:
    truth = np.exp(np.random.default_rng(9).normal(0, size, 20_000))
    return float(((truth >= spread[low]) & (truth <= spread[high])).mean())


@pytest.mark.parametrize("few", [None, past(0.06, weeks=2), past(0.06, products=1, weeks=3)])
def test_an_empty_or_young_ledger_changes_nothing(few: PublishedPast | None) -> None:
    feedback = learn_feedback(few, TODAY, PARTS)
    out = corrected(published(), feedback, PARTS)
    assert feedback.resting == (False, False, False)
    np.testing.assert_array_equal(out.quantiles, published().quantiles)
    np.testing.assert_array_equal(out.point, published().point)


def test_after_a_change_of_regime_coverage_goes_back_towards_its_promise() -> None:
    """Week by week prices move twice as far as the bands were made for; each forecast learns from those before."""
    rng, days = np.random.default_rng(3), np.arange(14) * 7
    widths: list[Any] = []
    rows = []  # type: ignore[var-annotated]
    for day in days:
        today = UNIX_EPOCH + timedelta(days=int(day))
        known = _joined(rows) if rows else None
        out = corrected(published(20), learn_feedback(known, today, PARTS), PARTS)
        widths.append(out.quantiles[0, 0] / out.last[0])
        actual = out.last[:, None] * np.exp(rng.normal(0, 0.04, (20, 30)))
        rows.append(PublishedPast(np.full(20, day), out.last, out.point, out.quantiles, actual))
    assert coverage(widths[0], 0.04) == pytest.approx(0.48, abs=0.03)
    assert coverage(widths[-1], 0.04) == pytest.approx(0.80, abs=0.06)
    assert coverage(widths[-1], 0.04, 0, 12) == pytest.approx(0.95, abs=0.03)


def _joined(rows: list[PublishedPast]) -> PublishedPast:
    names = ("cutoffs", "last", "points", "quantiles", "outcomes")
    return PublishedPast(*(np.concatenate([getattr(one, name) for one in rows]) for name in names))


def test_well_kept_promises_are_left_alone() -> None:
    stretch = learn_feedback(past(0.02, products=200), TODAY, PARTS).stretch
    np.testing.assert_allclose(stretch, 1, atol=0.06)


@pytest.mark.parametrize(("unchanged", "narrows"), [(0.0, True), (0.4, True), (0.6, False), (0.9, False)])
def test_a_calm_past_narrows_bands_only_where_prices_flow(unchanged: float, *, narrows: bool) -> None:
    """Prices that stood still for weeks say nothing about how far the next change goes."""
    calm = past(0.004)
    stands = np.random.default_rng(1).random(calm.outcomes.shape) < unchanged
    calm = replace(calm, outcomes=np.where(stands, calm.last[:, None], calm.outcomes)).until(TODAY)
    out = corrected(published(), learn_feedback(calm, TODAY, PARTS), PARTS).quantiles
    before = published().quantiles
    if narrows:
        assert (np.ptp(out, axis=-1) < np.ptp(before, axis=-1)).all()
    else:
        np.testing.assert_array_equal(out, before)


def test_a_shelf_that_stands_still_is_still_widened_where_its_changes_leave_the_bands() -> None:
    wild = past(0.15)
    stands = np.random.default_rng(1).random(wild.outcomes.shape) < 0.6
    wild = replace(wild, outcomes=np.where(stands, wild.last[:, None], wild.outcomes)).until(TODAY)
    assert (learn_feedback(wild, TODAY, PARTS).stretch[:, [0, 12]] > 1).all()


def test_an_upheaval_is_forgotten_by_and_by() -> None:
    """Two months later it counts for about half of what it counted for in its week: less, and not nothing."""

    def widens(week: int) -> float:
        calm, wild = past(0.02), past(0.03, seed=1)
        upset = replace(calm, outcomes=np.where((_weeks(calm) == week)[:, None], wild.outcomes, calm.outcomes))
        then, never = (learn_feedback(known, TODAY, PARTS).stretch[0, 2] for known in (upset, calm))
        return float(np.log(then / never))

    assert widens(1) > 0
    assert 0.35 < widens(9) / widens(1) < 0.65


def _weeks(known: PublishedPast) -> Any:
    return ((TODAY - UNIX_EPOCH).days - known.cutoffs) // 7


def test_a_band_that_is_a_point_can_be_widened() -> None:
    """80 % of the mass at "no change", and then half of the prices move: stretching zero would stay zero."""
    atom = np.where(np.abs(SCORES) < 1.5, 1.0, SPREAD)
    known = past(0.03)
    known = replace(known, quantiles=np.tile(known.last[:, None, None] * atom, (1, 30, 1)))
    out = corrected(published(spread=atom), learn_feedback(known, TODAY, PARTS), PARTS)
    band = out.quantiles[0, 0] / out.last[0]
    assert band[2] < 1 < band[10]
    assert band[MEDIAN] == pytest.approx(1)


def test_moved_points_that_lost_rest_and_others_go_on() -> None:
    lost = learn_feedback(past(0.01, point=1.05), TODAY, PARTS)
    assert lost.resting == (True, True, True)
    out = corrected(published(), lost, PARTS)
    np.testing.assert_array_equal(out.point, np.repeat(out.last[:, None], 30, axis=1))
    assert out.chosen["point"] == [LAST_PRICE] * 3
    won = replace(past(0.01, point=1.05), outcomes=past(0.01, point=1.05).points)
    assert learn_feedback(won.until(TODAY), TODAY, PARTS).resting == (False, False, False)
    assert learn_feedback(past(0.2, point=1.001), TODAY, PARTS).resting == (False, False, False)


def test_what_comes_later_is_not_known() -> None:
    known = past(0.02)
    later = np.where(np.isnan(known.outcomes), 99.0, known.outcomes)
    honest, corrupted = (
        learn_feedback(replace(known, outcomes=values), TODAY, PARTS) for values in (known.outcomes, later)
    )
    np.testing.assert_array_equal(honest.stretch, corrupted.stretch)
    assert honest.resting == corrupted.resting
    tomorrow = learn_feedback(replace(known, outcomes=later), TODAY + timedelta(days=20), PARTS)
    assert (tomorrow.stretch > honest.stretch).any()


@settings(max_examples=40)
@given(
    size=st.floats(0.001, 0.5),
    point=st.floats(0.5, 2.0),
    seed=st.integers(0, 1000),
    order=st.integers(0, 1000),
    holes=st.floats(0, 0.9),
)
def test_whatever_the_ledger_holds(size: float, point: float, seed: int, order: int, holes: float) -> None:
    known = past(size, seed=seed, point=point, products=8, weeks=6)
    hidden = np.random.default_rng(seed).random(known.outcomes.shape) < holes
    known = replace(known, outcomes=np.where(hidden, np.nan, known.outcomes))
    feedback = learn_feedback(known, TODAY, PARTS)
    assert (feedback.stretch >= NARROWEST).all()
    assert (feedback.stretch <= WIDEST).all()
    out = corrected(published(), feedback, PARTS)
    assert (np.diff(out.quantiles, axis=-1) >= 0).all()
    assert (out.quantiles > 0).all()
    np.testing.assert_allclose(out.quantiles[..., MEDIAN], published().quantiles[..., MEDIAN])
    shuffle = np.random.default_rng(order).permutation(len(known))
    mixed = PublishedPast(
        *(getattr(known, name)[shuffle] for name in ("cutoffs", "last", "points", "quantiles", "outcomes"))
    )
    again = learn_feedback(mixed, TODAY, PARTS)
    assert again.resting == feedback.resting
    np.testing.assert_allclose(again.stretch, feedback.stretch)


def test_a_catalogue_listens_to_its_ledger(shelves: Callable[..., Panel]) -> None:
    panel = shelves(6, 60)
    today = panel.day(59)
    quiet = forecast_catalogue(catalogue_of(panel))
    known = past(0.08)
    known = replace(known, cutoffs=known.cutoffs + (today - TODAY).days)
    heard = forecast_catalogue(catalogue_of(panel), known=ForecastContext(published=known))
    assert "stretched_by_the_ledger" in heard.learned["chosen"]
    for key, product in quiet.products.items():
        other = heard.products[key]
        assert (np.ptp(other.quantiles, axis=1) >= np.ptp(product.quantiles, axis=1) - 1e-9).all()
        assert (other.quantiles[:, -1] > product.quantiles[:, -1]).any()
    empty = PublishedPast(*(np.empty(shape) for shape in (0, 0, (0, 0), (0, 0, len(LEVELS)), (0, 0))))  # type: ignore[arg-type]
    unheard = forecast_catalogue(catalogue_of(panel), known=ForecastContext(published=empty))
    np.testing.assert_array_equal(unheard.products["oil-0"].quantiles, quiet.products["oil-0"].quantiles)
