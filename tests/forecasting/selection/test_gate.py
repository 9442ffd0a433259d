"""What is believed of the candidates follows the record: cautiously, and once for the whole horizon."""

import numpy as np
import pytest

from forecasting.candidates.candidates import CONTINUOUS, POOLED, REFERENCE, STICKY
from forecasting.candidates.record import Record
from forecasting.selection.gate import PRIOR_GAIN, choose_shift, choose_spread, median_moves

DAYS, SERIES = 7, 4
BAND = np.array([-1.96, -1.64, -1.28, -0.84, -0.52, -0.25, 0, 0.25, 0.52, 0.84, 1.28, 1.64, 1.96])


def record(
    outcomes: np.ndarray, median: np.ndarray | float = 0.0, widths: tuple[float, float, float] = (0.01, 0.01, 0.01)
) -> Record:
    """Outcomes [series, cutoffs, days]; the model's distribution lies around `median`, the others around 0."""
    middle = np.broadcast_to(np.asarray(median, dtype=float), outcomes.shape)[..., None]
    around = np.zeros((*outcomes.shape, 1))
    spreads = {STICKY: middle + widths[0] * BAND, CONTINUOUS: around + widths[1] * BAND}
    cutoffs = tuple(range(0, DAYS * outcomes.shape[1], DAYS))
    return Record(cutoffs, outcomes, {**spreads, REFERENCE: around + widths[2] * BAND}, {})


def fell(*shares: float) -> np.ndarray:
    """Every price fell by so much at each cutoff."""
    return np.asarray(np.log(1 - np.repeat(np.array(shares)[None, :, None], DAYS, axis=2).repeat(SERIES, axis=0)))


NOTHING = Record((), np.empty((SERIES, 0, DAYS)), {}, {})


@pytest.mark.parametrize(
    ("freq", "continuous", "moves"), [("daily", False, True), ("weekly", False, False), ("daily", True, False)]
)
def test_without_a_record_daily_shelves_may_move_and_others_stand(freq: str, *, continuous: bool, moves: bool) -> None:
    assert choose_spread(NOTHING, continuous=continuous) == STICKY
    assert median_moves(NOTHING, STICKY, freq, continuous=continuous) == moves  # type: ignore[arg-type]


@pytest.mark.parametrize(("median", "moves"), [(-0.1, True), (0.1, False)])
def test_a_median_that_erred_more_than_the_last_price_stays_there(median: float, *, moves: bool) -> None:
    assert median_moves(record(fell(*[0.1] * 10), median), STICKY, "daily", continuous=False) == moves


@pytest.mark.parametrize(("share", "moves"), [(0.9, True), (1.1, False)])
def test_one_lost_cutoff_weighs_no_more_than_what_shelves_elsewhere_gained(share: float, *, moves: bool) -> None:
    loss = share * PRIOR_GAIN * 0.1  # the last price erred by a tenth
    made = record(fell(0.1), np.log(1 + loss), widths=(1e-6, 1, 1))
    assert median_moves(made, STICKY, "daily", continuous=False) == moves


@pytest.mark.parametrize(("cutoffs", "moves"), [(2, False), (3, True)])
def test_weekly_prices_take_three_cutoffs(cutoffs: int, *, moves: bool) -> None:
    made = record(fell(*[0.1] * cutoffs), -0.1)
    assert median_moves(made, STICKY, "weekly", continuous=False) == moves


def test_where_prices_are_continuous_a_gain_must_be_two_standard_errors() -> None:
    sure = record(fell(*[0.10, 0.11] * 5), -0.05)
    assert median_moves(sure, STICKY, "daily", continuous=True)
    lucky = record(fell(0.12, *[-0.02] * 2, *[0.02] * 3), -0.05)
    assert not median_moves(lucky, STICKY, "daily", continuous=True)


@pytest.mark.parametrize(("cutoffs", "chosen"), [(2, STICKY), (3, REFERENCE)])
def test_still_shelves_take_the_reference_once_it_did_better(cutoffs: int, chosen: str) -> None:
    still = record(np.zeros((SERIES, cutoffs, DAYS)), widths=(0.05, 0.01, 0.001))
    assert choose_spread(still, continuous=False) == chosen
    assert not median_moves(still, REFERENCE, "daily", continuous=False)


def test_continuous_prices_take_the_smoothed_level_where_it_did_better() -> None:
    made = record(fell(*[0.0] * 4), median=0.05)
    assert choose_spread(made, continuous=True) == CONTINUOUS
    assert choose_spread(record(fell(*[0.05] * 4), median=np.log(0.95)), continuous=True) == STICKY


def test_outcomes_not_seen_yet_decide_nothing() -> None:
    unseen = record(np.full((SERIES, 4, DAYS), np.nan), 0.3)
    assert choose_spread(unseen, continuous=False) == STICKY
    assert median_moves(unseen, STICKY, "daily", continuous=False)


@pytest.mark.parametrize(("cutoffs", "path", "chosen"), [(10, -0.1, "producer"), (10, 0.1, ""), (2, -0.1, "")])
def test_a_shift_is_taken_where_it_helped_by_more_than_a_standard_error(cutoffs: int, path: float, chosen: str) -> None:
    made = record(fell(*np.linspace(0.09, 0.11, cutoffs)))
    shifted = Record(made.cutoffs, made.outcomes, made.spreads, {"producer": np.full(made.outcomes.shape, path)})
    assert choose_shift(shifted, STICKY, "daily", moves=False) == chosen


@pytest.mark.parametrize(
    ("cutoffs", "width", "chosen"),
    [(0, 0.2, POOLED), (2, 0.2, POOLED), (3, 0.2, STICKY), (3, 0.005, POOLED), (3, 9.0, STICKY)],
)
def test_a_model_of_several_shops_leads_until_the_shop_s_own_did_better(
    cutoffs: int, width: float, chosen: str
) -> None:
    alone = record(fell(*[0.0] * cutoffs), widths=(0.01, 1, 1)) if cutoffs else NOTHING
    pooled = np.zeros((*alone.outcomes.shape, 1)) + width * BAND
    both = Record(alone.cutoffs, alone.outcomes, {**alone.spreads, POOLED: pooled} if cutoffs else {}, {})
    assert choose_spread(both, continuous=False, pooled=True) == chosen
    assert choose_spread(alone, continuous=False, pooled=bool(cutoffs)) == STICKY, "it has no record of its own"
