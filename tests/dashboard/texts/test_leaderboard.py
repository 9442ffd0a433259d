"""The leaderboard in words: an interval that holds no difference claims none."""

import pytest
from django.utils.translation import override

from dashboard.texts.leaderboard import leaderboard_lines, leaderboard_sentence
from forecasting.evaluation.record_figures import HorizonFigures
from forecasting.serialization.training_scores import LeaderboardRow, leaderboard_rows
from tests.forecasting.training_figures import shop_figures

ROWS = leaderboard_rows(shop_figures())


def test_each_line_says_whether_there_is_a_difference():
    records = {"prophet": [HorizonFigures(7), HorizonFigures(30, 12, 300, rel_mae=1.25)]}
    with override("en"):
        lines = leaderboard_lines(ROWS, 30, records)
        assert [(line.name, str(line.difference)) for line in lines] == [
            ("published forecast", "less error"),
            ("price change model", "less error"),
            ("LSTM", "no measurable difference"),
            ("last price", "reference"),
            ("Prophet", "more error"),
        ]
        assert [line.error.style for line in lines] == ["cheaper", "cheaper", "level", "level", "dearer"]
        assert lines[0].error.between == "−17% to −7%"
        assert lines[3].error.between == "", "the last price has no error bar against itself"
    assert [line.published and line.published.forecasts for line in lines] == [None, None, None, None, 12]
    assert leaderboard_lines(ROWS, 7, records)[4].published is None, "nothing came due"


@pytest.mark.parametrize(
    ("interval", "sentence"),
    [
        (
            (0.83, 0.93),
            (
                "Over 30 days, the published forecast had 12% less error compared with guessing “no change” "
                "(95% interval: −17% to −7%)."
            ),
        ),
        (
            (0.83, 1.04),
            (
                "Over 30 days, no difference could be measured between the published forecast and guessing “no change” "
                "(95% interval of its error: −17% to +4%)."
            ),
        ),
        (
            None,
            (
                "Over 30 days, the published forecast had 12% less error compared with guessing “no change”, "
                "from too few test days to be sure."
            ),
        ),
    ],
)
def test_one_sentence_for_the_published_forecast(interval, sentence):
    row = LeaderboardRow("published", 30, 100, 4, rel_mae=0.88, rel_mae_95=interval)
    with override("en"):
        assert leaderboard_sentence([row], 30) == sentence
    with override("es"):
        assert leaderboard_sentence([row], 30).startswith("A 30 días")


def test_where_it_was_not_compared_nothing_is_claimed():
    assert leaderboard_sentence(ROWS, 21) == ""
    assert leaderboard_lines(ROWS, 21, {}) == []
