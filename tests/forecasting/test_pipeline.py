"""A catalogue in, forecasts out: also from the worst histories a shop can hand over."""

import json
import warnings
from collections.abc import Callable
from datetime import timedelta

import numpy as np
import pytest

from forecasting.explain import note_text, refusal_text
from forecasting.panel import Panel, panel_of
from forecasting.pipeline import forecast_catalogue
from forecasting.product_forecast import CatalogueForecast
from forecasting.series import Series


def catalogue_of(panel: Panel) -> list[Series]:
    return [Series(key, panel.start, panel.prices[row], panel.observed[row]) for row, key in enumerate(panel.keys)]


def bad_series(panel: Panel) -> dict[str, Series]:
    days = panel.steps
    gaps = np.full(3650, 5.0)
    gaps[::9] = np.nan
    gaps[1000:1400] = np.nan
    gaps[-1] = 5.5
    jump = np.where(np.arange(days) < 80, 0.8, 8.0)
    early = panel.start + timedelta(days=days - 3650)
    made = {
        "empty": (panel.start, np.empty(0)),
        "one point": (panel.start + timedelta(days=days - 1), np.array([5.0])),
        "all missing": (panel.start, np.full(days, np.nan)),
        "constant": (panel.start, np.full(days, 5.0)),
        "ten years with gaps": (early, gaps),
        "unit change": (panel.start, jump),
        "gone": (panel.start, np.full(days - 20, 5.0)),
    }
    return {key: Series(key, start, prices, ~np.isnan(prices)) for key, (start, prices) in made.items()}


@pytest.fixture
def made(shelves: Callable[..., Panel]) -> CatalogueForecast:
    panel = shelves()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        return forecast_catalogue([*catalogue_of(panel), *bad_series(panel).values()], horizon=30)


def test_it_works(made: CatalogueForecast) -> None:
    product = made.products["oil-3"]
    assert product.quantiles.shape == (30, 13)
    assert product.point.shape == (30,)
    assert len(product.levels) == 13
    assert (np.diff(product.quantiles, axis=1) >= 0).all()
    assert 0 <= (product.skill.probability_of_drop or 0) <= 1
    assert product.skill.rel_mae is not None
    assert product.skill.rel_mae > 0


def test_bad_series_are_refused_or_survived(made: CatalogueForecast) -> None:
    assert set(made.refused) == {"empty", "one point", "all missing", "gone"}
    assert made.refused["one point"] == "few_days:1:14"
    assert "current price" in refusal_text(made.refused["gone"])
    for key in ("constant", "ten years with gaps", "unit change"):
        product = made.products[key]
        assert np.isfinite(product.quantiles).all()
        assert (product.quantiles > 0).all()
        assert np.isfinite(product.point).all()
    assert "never changed" in note_text(made.products["constant"].skill.notes[0])
    assert made.products["constant"].method == "last_price"
    assert any("another unit or pack" in note_text(note) for note in made.products["unit change"].skill.notes)


def test_what_was_learned_is_json(made: CatalogueForecast) -> None:
    artefact = dict(made.learned)
    assert json.loads(json.dumps(artefact, allow_nan=False)) == artefact
    assert artefact["versions"]["prophet"]
    assert artefact["price_change"].startswith("tree")
    assert made.scores["horizons"]["30"]["rel_mae"] > 0


def test_advice_is_whole_or_absent(made: CatalogueForecast) -> None:
    for product in made.products.values():
        if product.advice.action != "none":
            assert product.advice.deadline == product.cutoff + timedelta(days=14)
            assert 0 <= (product.advice.chance_of_regret or 0) <= 1


def test_the_same_catalogue_gives_the_same_answer(shelves: Callable[..., Panel]) -> None:
    catalogue = catalogue_of(shelves(6, 60))
    one, other = forecast_catalogue(catalogue, horizon=10), forecast_catalogue(catalogue, horizon=10)
    assert one.learned == other.learned
    for key, product in one.products.items():
        np.testing.assert_array_equal(product.quantiles, other.products[key].quantiles)


@pytest.mark.parametrize("days", [14, 16, 22, 40])
def test_young_catalogues_are_forecast_too(shelves: Callable[..., Panel], days: int) -> None:
    made = forecast_catalogue(catalogue_of(shelves(2, days)), horizon=7)
    assert len(made.products) == 2
    assert all(np.isfinite(product.quantiles).all() for product in made.products.values())


def test_an_empty_catalogue_is_no_error() -> None:
    assert forecast_catalogue([]).products == {}


@pytest.mark.parametrize("horizon", [0, -1, 366, 10_000])
def test_impossible_horizons_are_refused(horizon: int) -> None:
    with pytest.raises(ValueError, match=r"1\.\.365"):
        forecast_catalogue([], horizon=horizon)


def test_a_long_horizon_is_possible(shelves: Callable[..., Panel]) -> None:
    made = forecast_catalogue(catalogue_of(shelves(4, 150)), horizon=75)
    assert made.products["oil-0"].quantiles.shape == (75, 13)


def test_series_of_different_lengths_meet_on_one_calendar(shelves: Callable[..., Panel]) -> None:
    panel = shelves(2, 40)
    short = Series("short", panel.start + timedelta(days=30), np.full(10, 3.0), np.ones(10, dtype=bool))
    joined = panel_of([*catalogue_of(panel), short])
    assert joined.steps == 40
    assert np.isnan(joined.prices[2, :30]).all()
