"""Other shops' series are learned from and never forecast, and they move no calendar."""

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pytest

from forecasting.candidates.candidates import POOLED
from forecasting.evaluation.cross_validation import prepare
from forecasting.forecast_context import ForecastContext
from forecasting.panel import Panel, panel_of
from forecasting.peers import with_peers
from forecasting.pipeline import cross_validate_catalogue, forecast_catalogue, propose_catalogue
from forecasting.series import Series

START = date(2026, 1, 1)


def catalogue_of(panel: Panel, shop: str = "") -> list[Series]:
    return [
        Series(f"{shop}{key}", panel.start, panel.prices[row], panel.observed[row])
        for row, key in enumerate(panel.keys)
    ]


def ending(days: int, until: int, price: float, key: str) -> Series:
    return Series(key, START + timedelta(days=until - days), np.full(days, price), np.full(days, fill_value=True))


def test_they_stand_behind_the_own_on_the_longer_calendar() -> None:
    own = panel_of([ending(20, 50, 5.0, "a")])
    both = with_peers(own, [ending(40, 50, 6.0, "b"), ending(10, 50, 7.0, "c")], most=400)
    assert both.keys == ("a", "b", "c")
    assert both.steps == 40
    assert both.day(both.steps - 1) == own.day(own.steps - 1)
    assert both.observed.sum(axis=1).tolist() == [20, 40, 10]
    np.testing.assert_array_equal(np.nanmean(both.prices, axis=1), [5, 6, 7])
    np.testing.assert_array_equal(np.isfinite(both.prices), both.observed)


def test_only_so_many_that_end_today() -> None:
    own = panel_of([ending(20, 50, 5.0, "a")])
    peers = [ending(20, 49, 6.0, "yesterday"), ending(20, 50, 6.0, "b"), ending(20, 50, 6.0, "c")]
    assert with_peers(own, peers, most=2).keys == ("a", "b")
    assert with_peers(own, peers, most=1) is own
    assert with_peers(own, peers[:1], most=400) is own


def test_nothing_is_forecast_of_them_and_the_parts_make_the_same(shelves: Callable[..., Panel]) -> None:
    own, others = shelves(8, 112), shelves(30, 140, seed=5)
    others = Panel(others.keys, own.start - timedelta(days=28), "daily", others.prices, others.observed)
    known = ForecastContext(peers=tuple(catalogue_of(others, "other-")))
    catalogue = catalogue_of(own)
    whole = forecast_catalogue(catalogue, known=known)
    assert set(whole.products) == set(own.keys)
    parts = [cross_validate_catalogue(catalogue, share=share, of=2, known=known) for share in (0, 1)]
    validations = [part for part in parts if part]
    assert {part.keys for part in validations} == {own.keys}
    assert {day for part in validations for day in part.days} == {own.day(55 + 7 * week) for week in range(8)}
    assert all(POOLED in one.spreads for part in validations for one in part.candidates)
    proposal = propose_catalogue(catalogue, known=known)
    assert proposal is not None
    assert proposal.days == (own.day(111),)
    joined = forecast_catalogue(catalogue, validations=validations, proposal=proposal, known=known)
    for key, forecast in whole.products.items():
        np.testing.assert_array_equal(forecast.quantiles, joined.products[key].quantiles)


@pytest.mark.parametrize("whose", ["own", "peers"])
def test_no_price_after_a_cutoff_is_learned_from(shelves: Callable[..., Panel], whose: str) -> None:
    panel = shelves(20, 112)
    rows = slice(0, 6) if whose == "own" else slice(6, 20)
    corrupted = panel.prices.copy()
    corrupted[rows, 80:] *= 4
    honest, other = (
        prepare(Panel(panel.keys, panel.start, "daily", prices, panel.observed), 30, peers=14).at(79)
        for prices in (panel.prices, corrupted)
    )
    assert honest.last.shape == (6,)
    for name, offsets in honest.spreads.items():
        np.testing.assert_array_equal(offsets, other.spreads[name])
    learned = prepare(Panel(panel.keys, panel.start, "daily", corrupted, panel.observed), 30, peers=14)
    assert not np.array_equal(learned.at(100).spreads[POOLED], prepare(panel, 30, peers=14).at(100).spreads[POOLED])
