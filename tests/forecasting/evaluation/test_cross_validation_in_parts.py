"""A cross-validation spread over workers equals that of one: in any order, and though the catalogue moved on."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import numpy as np
import pytest

from forecasting.candidates.part import CandidatesPart, packed, unpacked
from forecasting.evaluation.backtest_window import join
from forecasting.panel import Panel
from forecasting.pipeline import cross_validate_catalogue, forecast_catalogue, propose_catalogue
from forecasting.series import Series


@pytest.fixture
def catalogue(shelves: Callable[..., Panel]) -> list[Series]:
    panel = shelves(10, 110)
    return [Series(key, panel.start, panel.prices[row], panel.observed[row]) for row, key in enumerate(panel.keys)]


def parts(catalogue: list[Series], of: int) -> list[CandidatesPart]:
    made = [cross_validate_catalogue(catalogue, share=share, of=of) for share in range(of)]
    return [unpacked(packed(part)) for part in made if part is not None]


def proposed(catalogue: list[Series]) -> CandidatesPart:
    made = propose_catalogue(catalogue)
    assert made is not None
    return unpacked(packed(made))


def test_parts_make_the_same_forecast_as_one_process(catalogue: list[Series]) -> None:
    alone = forecast_catalogue(catalogue)
    spread = forecast_catalogue(catalogue, validations=parts(catalogue, 3)[::-1], proposal=proposed(catalogue))
    assert spread.learned["price_change"] == alone.learned["price_change"]
    assert spread.scores["origins"] == alone.scores["origins"] > 3
    for key, forecast in alone.products.items():
        np.testing.assert_allclose(spread.products[key].quantiles, forecast.quantiles, rtol=1e-5)
        np.testing.assert_allclose(spread.products[key].point, forecast.point, rtol=1e-5)


def test_a_proposal_is_taken_for_what_it_was_made_for_alone(
    catalogue: list[Series], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A product that came, went or got another price in between: today's candidates are made again, for all."""
    dearer = [replace(one, prices=np.append(one.prices[:-1], one.prices[-1] * 1.1)) for one in catalogue]
    for known in (catalogue[:-1], [*catalogue[1:], catalogue[0]], dearer):
        fresh = forecast_catalogue(catalogue, validations=[])
        given = forecast_catalogue(catalogue, validations=[], proposal=proposed(known))
        for key, forecast in fresh.products.items():
            np.testing.assert_array_equal(given.products[key].quantiles, forecast.quantiles)
    today = proposed(catalogue)
    monkeypatch.setattr("forecasting.evaluation.cross_validation.features_in_memory", None)  # nothing is made again
    assert forecast_catalogue(catalogue, validations=[], proposal=today).products.keys() == fresh.products.keys()


@pytest.mark.parametrize("most", [4, 400])
def test_shares_of_the_series_make_the_same_forecasts(
    most: int, catalogue: list[Series], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each share learns from the whole shop; it is given its own series and those that were cross-validated."""
    monkeypatch.setattr("forecasting.pipeline.MOST_VALIDATED", 5)
    monkeypatch.setattr("forecasting.evaluation.cross_validation.MOST_TRAIN", most)
    made = parts(catalogue, 2)
    alone = forecast_catalogue(catalogue, validations=made, proposal=proposed(catalogue))
    forecasts: dict[str, Any] = {}
    for share in range(3):
        keys = {one.key for one in catalogue[share::3]}
        proposal = propose_catalogue(catalogue, keys=keys)
        assert proposal is not None
        given = [one for one in catalogue if one.key in keys.union(made[0].keys)]
        with monkeypatch.context() as patched:
            patched.setattr("forecasting.pipeline._propose", None)  # nothing is made again
            fitted = forecast_catalogue(given, validations=made, proposal=unpacked(packed(proposal)), keys=keys)
        assert fitted.products.keys() == keys
        assert fitted.scores == alone.scores
        forecasts |= fitted.products
    for key, forecast in alone.products.items():
        np.testing.assert_array_equal(forecasts[key].quantiles, forecast.quantiles)
        assert forecasts[key].advice == forecast.advice


def test_series_of_other_keys_are_not_forecast(catalogue: list[Series]) -> None:
    young = replace(catalogue[0], prices=catalogue[0].prices[-3:], observed=catalogue[0].observed[-3:])
    young = replace(young, start=catalogue[0].end - timedelta(days=2))
    fitted = forecast_catalogue([young, *catalogue[1:]], validations=[], keys={catalogue[1].key})
    assert (list(fitted.products), fitted.refused) == ([catalogue[1].key], {})
    assert propose_catalogue(catalogue, keys=set()) is None


def test_a_lost_part_costs_origins_and_no_forecast(catalogue: list[Series]) -> None:
    some = forecast_catalogue(catalogue, validations=parts(catalogue, 3)[:2])
    assert 0 < some.scores["origins"] < forecast_catalogue(catalogue).scores["origins"]
    assert len(some.products) == len(catalogue)
    assert forecast_catalogue(catalogue, validations=[]).scores == {"origins": 0}


def test_a_series_that_came_or_went_meanwhile_is_not_misplaced(
    catalogue: list[Series], shelves: Callable[..., Panel]
) -> None:
    made = parts(catalogue[:-1], 2)
    panel = shelves(10, 110)
    moved = panel.only([9, *range(1, 9)])
    joined = join(made, moved, 30)
    assert joined.seen.keys == moved.keys[1:]
    for one in joined.candidates:
        np.testing.assert_allclose(one.last, joined.seen.prices[:, one.cutoff], rtol=1e-6)


def test_origins_outside_the_panel_are_left_out(catalogue: list[Series], shelves: Callable[..., Panel]) -> None:
    panel = shelves(10, 110)
    whole = join(parts(catalogue, 1), panel, 30)
    shorter = join(parts(catalogue, 1), panel.until(whole.candidates[2].cutoff), 30)
    assert [one.cutoff for one in shorter.candidates] == [one.cutoff for one in whole.candidates[:2]]


@pytest.mark.parametrize("damage", [b"", b"no npz", None])
def test_other_bytes_are_refused(damage: bytes | None, catalogue: list[Series]) -> None:
    data = packed(parts(catalogue, 1)[0])[:200] if damage is None else damage
    with pytest.raises(ValueError, match=r".+"):
        unpacked(data)
