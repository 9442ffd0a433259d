"""The sentence on top of the accuracy page, for each case."""

import pytest

from dashboard.texts.accuracy_summary import Measured, accuracy_summary

WEEK = Measured(7, 0.001)


@pytest.mark.parametrize(
    ("horizons", "saving", "past", "sentence"),
    [
        (
            [WEEK, Measured(30, -0.125)],
            0.002,
            False,
            (
                "On 30-day forecasts we were 12.5% closer than guessing “no change”; over 7 days not better. "
                "Following the advice saved 0.2%: next to nothing."
            ),
        ),
        (
            [Measured(7, -0.03), Measured(30, 0.06)],
            -0.004,
            False,
            (
                "On 30-day forecasts we were 6.0% further off than guessing “no change”; over 7 days 3.0% closer. "
                "Following the advice cost 0.4% more than buying right away."
            ),
        ),
        (
            [Measured(7, 0.03), Measured(30, -0.09, measurable=False)],
            0.0,
            True,
            (
                "In tests on the past, 30-day forecasts were not measurably closer than guessing “no change”; "
                "over 7 days 3.0% further off. Following the advice saved nothing and cost nothing."
            ),
        ),
        (
            [Measured(30, -0.09)],
            0.021,
            True,
            (
                "In tests on the past, 30-day forecasts were 9.0% closer than guessing “no change”. "
                "Following the advice saved 2.1% per purchase."
            ),
        ),
        (
            [Measured(30, 0.002)],
            None,
            False,
            "On 30-day forecasts we were not measurably closer than guessing “no change”.",
        ),
        ([], 0.1, False, "No forecast has been scored yet, so we cannot say how good ours are."),
    ],
    ids=["better", "worse", "not distinguishable", "saved", "same", "no record"],
)
def test_each_case_is_said_plainly(horizons, saving, past, sentence):
    assert accuracy_summary(horizons, saving, past=past) == sentence
