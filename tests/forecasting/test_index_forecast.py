"""The forecast of an index is the sum of its products, whatever comes and goes, and its bands keep their order."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from forecasting.evaluation.backtest import run_backtest
from forecasting.evaluation.cutoffs import Cutoffs
from forecasting.index_forecast import CORRELATION, NORMAL, IndexInputs, index_forecasts, own_width
from forecasting.market.grade_index import GradeIndex, table_index
from forecasting.panel import Panel
from forecasting.product_forecast import PastPaths
from forecasting.quantiles import LEVELS, MEDIAN, SMALLEST_MOVE
from forecasting.series import Floats

START, HORIZON, CUTOFF = date(2026, 1, 1), 30, 99
TODAY = START + timedelta(days=CUTOFF)


def moves_of(products: int, seed: int = 1, sigma: float = 0.05) -> Floats:
    """Quantiles around a path of each product, in logs."""
    rng = np.random.default_rng(seed)
    paths = rng.normal(0, 0.03, (products, HORIZON))
    return np.asarray(paths[..., None] + sigma * np.sqrt(np.arange(1, HORIZON + 1) / HORIZON)[:, None] * NORMAL)


def index_of(products: int = 6, seed: int = 2, days: int = CUTOFF + 1) -> tuple[GradeIndex, Floats]:
    """An index, and the prices it is of."""
    rng = np.random.default_rng(seed)
    prices = np.exp(1.5 + np.cumsum(rng.normal(0, 0.01, (products, days)), axis=1))
    index = table_index(START, prices)
    assert index is not None
    return index, prices


def past_of(products: int, errors: float = 0.0, seed: int = 3) -> PastPaths:
    """Paths from eight past cutoffs that say nothing moves, or something wild."""
    days = tuple(START + timedelta(days=CUTOFF - 7 * back) for back in range(8, 0, -1))
    paths = np.random.default_rng(seed).normal(0, errors, (8, 1, HORIZON)) if errors else np.zeros((8, 1, HORIZON))
    return PastPaths(tuple(map(str, range(products))), days, np.repeat(paths, products, axis=1))


def inputs(products: int = 6, past: PastPaths | None = None, **values: object) -> IndexInputs:
    made = IndexInputs("virgin", index_of(products)[0], TODAY, moves_of(products), past or PastPaths())
    return replace(made, **values)  # type: ignore[arg-type]


@pytest.mark.parametrize("products", [1, 2, 7])
@pytest.mark.parametrize("past", [False, True])
def test_its_median_is_the_mean_of_its_products_to_the_last_digit(products: int, *, past: bool) -> None:
    given = inputs(products, past_of(products) if past else None)
    (forecast,) = index_forecasts([given])
    expected = given.index.values[-1] * np.exp(given.moves[..., MEDIAN].mean(axis=0))
    np.testing.assert_allclose(forecast.point, expected, rtol=1e-14)
    np.testing.assert_array_equal(forecast.point, forecast.quantiles[:, MEDIAN])
    assert (forecast.method, forecast.cutoff) == ("sum_of_products", TODAY)


def test_it_moves_as_the_index_of_the_products_own_medians() -> None:
    """Chaining the products' expected prices as the index is chained gives the forecast."""
    index, prices = index_of(5)
    moves = moves_of(5)
    ahead = prices[:, -1:] * np.exp(moves[..., MEDIAN])
    whole = table_index(START, np.concatenate([prices, ahead], axis=1))
    assert whole is not None
    (forecast,) = index_forecasts([IndexInputs("virgin", index, TODAY, moves, PastPaths())])
    np.testing.assert_allclose(forecast.point, whole.values[-HORIZON:], rtol=1e-12)


def test_every_product_counts_once_whatever_it_costs() -> None:
    moves = np.zeros((4, HORIZON, len(LEVELS)))
    moves[0] += np.log(0.8)
    (forecast,) = index_forecasts([inputs(4, moves=moves)])
    np.testing.assert_allclose(forecast.point / forecast.last_price, 0.8**0.25)


@pytest.mark.parametrize("errors", [0.0, 0.001, 0.2])
@pytest.mark.parametrize("sigma", [0.0, 0.05, 0.5])
def test_quantiles_are_in_order_and_positive(errors: float, sigma: float) -> None:
    given = inputs(6, past_of(6, errors), moves=moves_of(6, sigma=sigma))
    (forecast,) = index_forecasts([given])
    assert (np.diff(forecast.quantiles, axis=1) >= 0).all()
    assert (forecast.quantiles > 0).all()
    assert np.isfinite(forecast.quantiles).all()


def test_past_errors_widen_it_and_never_narrow_it() -> None:
    none, small, large = (
        index_forecasts([inputs(6, past)])[0].quantiles for past in (None, past_of(6, 0.001), past_of(6, 0.2))
    )
    assert (small[:, 0] <= none[:, 0]).all()
    assert (small[:, -1] >= none[:, -1]).all()
    assert (large[:, -1] - large[:, 0] > 2 * (none[:, -1] - none[:, 0])).all()


def test_other_indices_count_in_multiples_of_their_own_width() -> None:
    wild = inputs(6, past_of(6, 0.2), key="olive")
    alone, beside = index_forecasts([inputs()])[0], index_forecasts([inputs(), wild])[0]
    assert (beside.quantiles[:, -1] > alone.quantiles[:, -1]).all()
    np.testing.assert_array_equal(beside.point, alone.point)


def test_its_own_width_lies_between_independent_products_and_one_product() -> None:
    many, one = moves_of(100), moves_of(1)
    sigma = own_width(one)
    assert (own_width(many) < sigma / 3).all()
    assert (own_width(many)[-10:] >= np.sqrt(CORRELATION) * sigma[-10:]).all()
    assert (own_width(np.zeros((3, HORIZON, len(LEVELS)))) == SMALLEST_MOVE).all()
    leaning = np.repeat(np.minimum(many, many[..., MEDIAN, None]), 10, axis=0)  # only falls are possible
    assert (own_width(leaning) > own_width(many)).all()


def test_the_future_of_the_index_is_not_read() -> None:
    index, _ = index_of(6, days=CUTOFF + 40)
    corrupted = replace(index, values=np.concatenate([index.values[: CUTOFF + 1], np.full(39, 1e6)]))
    known = IndexInputs("virgin", index, TODAY, moves_of(6), past_of(6))
    one, two = (index_forecasts([replace(known, index=given)])[0] for given in (index, corrupted))
    np.testing.assert_array_equal(one.quantiles, two.quantiles)
    assert one.skill == two.skill


def test_paths_of_few_products_are_left_out() -> None:
    past = past_of(6)
    paths = past.paths.copy()
    paths[3, 1:] = np.nan  # one product of six was there
    paths[3, 0] = 5.0
    paths[4, 3:] = np.nan  # three of six
    whole, some = (index_forecasts([inputs(6, replace(past, paths=given))])[0] for given in (past.paths, paths))
    assert (some.quantiles[:, -1] < 1.2 * whole.quantiles[:, -1]).all()


def test_its_skill_is_of_its_past_paths() -> None:
    index, _ = index_of(6)
    past = past_of(6)
    (forecast,) = index_forecasts([IndexInputs("virgin", index, TODAY, moves_of(6), past)])
    assert forecast.skill.rel_mae == pytest.approx(1)  # a path that says nothing moves is the last value
    assert forecast.skill.days == HORIZON
    assert forecast.skill.coverage_80 is not None
    assert forecast.skill.coverage_95 is not None
    assert 0 <= forecast.skill.coverage_80 <= forecast.skill.coverage_95 <= 1
    nothing = index_forecasts([inputs()])[0].skill
    assert (nothing.rel_mae, nothing.coverage_80) == (None, None)


def test_past_paths_of_a_backtest_do_not_see_later_days(shelves: Callable[..., Panel]) -> None:
    panel = shelves(8, 112)
    prices = panel.prices.copy()
    prices[:, 82:] *= 3
    cutoffs = Cutoffs((60, 67), (74, 81))
    honest, corrupted = (run_backtest(given, cutoffs, HORIZON) for given in (panel, replace(panel, prices=prices)))
    one, two = (result.scored.past_paths(panel) for result in (honest, corrupted))
    assert one.days == (panel.day(74), panel.day(81))
    assert one.paths.shape == (2, 8, HORIZON)
    np.testing.assert_allclose(one.paths, two.paths, rtol=1e-12)
    np.testing.assert_allclose(
        one.paths[1], np.log(honest.scored.points[:, 1] / honest.scored.last[:, 1, None]), rtol=1e-12
    )
