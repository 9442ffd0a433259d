"""A candidate must beat what stands by more than chance, and by more where markets move as one."""

import numpy as np
import pytest

from forecasting.candidates.record import Record
from forecasting.forecasters.last_price import LAST_PRICE
from forecasting.forecasters.price_change import EVENT
from forecasting.forecasters.prophet_regular import STEADY
from forecasting.selection.gate import choose_points

DAYS = 7
PART = [slice(0, DAYS)]


def record(errors: list[float]) -> Record:
    """Every price rose by a tenth; the event forecast erred by so much at each cutoff, the steady one never moved."""
    outcomes = np.full((4, len(errors), DAYS), np.log(1.1))
    event = np.log(1.1 - np.repeat(np.array(errors)[None, :, None], DAYS, axis=2)).repeat(4, axis=0)
    cutoffs = tuple(range(0, DAYS * len(errors), DAYS))
    return Record(cutoffs, outcomes, {STEADY: np.zeros(outcomes.shape), EVENT: event}, {})


@pytest.mark.parametrize(
    ("errors", "sticky", "market"),
    [
        ([0.02, 0.14] * 10, EVENT, LAST_PRICE),  # ahead by 1.5 standard errors
        ([0.02, 0.10] * 10, EVENT, EVENT),  # by 4.4
        ([0.06, 0.16] * 10, STEADY, LAST_PRICE),  # behind
    ],
)
def test_where_prices_flow_a_candidate_must_lead_by_two_standard_errors(
    errors: list[float], sticky: str, market: str
) -> None:
    assert choose_points(record(errors), PART) == (sticky,)
    assert choose_points(record(errors), PART, continuous=True) == (market,)


@pytest.mark.parametrize(("cutoffs", "chosen"), [(2, STEADY), (3, EVENT)])
def test_it_takes_three_cutoffs(cutoffs: int, chosen: str) -> None:
    assert choose_points(record([0.02] * cutoffs), PART) == (chosen,)


@pytest.mark.parametrize(("share", "chosen"), [(0.0015, STEADY), (0.0025, EVENT)])
def test_a_lead_of_less_than_a_five_hundredth_is_none(share: float, chosen: str) -> None:
    assert choose_points(record([0.1 * (1 - share)] * 10), PART) == (chosen,)
