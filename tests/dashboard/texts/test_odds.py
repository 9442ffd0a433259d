"""The odds of a fall in words, in both languages; nothing where none are known."""

from datetime import date

from django.utils.translation import override

from dashboard.texts.formats import chance, count, p_value, two_places
from dashboard.texts.odds import fall_chances, fall_sentence, odds_record_sentence
from forecasting.product_forecast import FallOdds
from forecasting.serialization.training_scores import OddsRow

CUTOFF = date(2026, 11, 27)
CHANCE = {"5": {"3": 0.1, "7": 0.125, "14": 0.31, "30": 0.58}, "10": {"7": 0.004}}


def test_chances_by_size_and_days():
    five, ten = fall_chances(FallOdds(CHANCE))
    assert (five.share, five.chances) == (0.05, ((7, 0.125), (14, 0.31), (30, 0.58)))
    assert ten.chances == ((7, 0.004), (14, None), (30, None))


def test_the_likely_day():
    with override("en"):
        assert fall_sentence(FallOdds(CHANCE, 25), CUTOFF) == "A fall by 5% is as likely as not by 22 December."
        assert fall_sentence(FallOdds(CHANCE), CUTOFF) == "A fall by 5% is not expected within 30 days."
    with override("es"):
        assert "22 de diciembre" in fall_sentence(FallOdds(CHANCE, 25), CUTOFF)


def test_how_often_such_chances_came_true():
    rows = [OddsRow(5, 7, 9, 0.1, 0.2), OddsRow(5, 14, 1240, 0.23, 0.25), OddsRow(10, 14, 9, 0.1, 0.2)]
    with override("en"):
        assert odds_record_sentence(rows) == (
            "In 1,240 tests on the past, a fall by 5% within 14 days was given a chance of 23% on average, "
            "and came in 25% of them."
        )
    with override("es"):
        assert "1.240 pruebas" in odds_record_sentence(rows)


def test_without_odds_nothing_is_claimed():
    assert (fall_chances(FallOdds()), fall_sentence(FallOdds(), CUTOFF), odds_record_sentence([])) == ([], "", "")
    assert odds_record_sentence([OddsRow(5, 14, 3, None, None)]) == ""


def test_small_chances_and_p_values():
    with override("en"):
        assert [chance(share) for share in (None, 0.0, 0.004, 0.3)] == ["–", "0%", "<1%", "30%"]
        assert [p_value(value) for value in (0.004, 0.421)] == ["<0.01", "0.42"]
        assert two_places(-0.004) == "0.00"  # no sign before nothing
        assert (two_places(-0.05), count(54_000)) == ("\N{MINUS SIGN}0.05", "54,000")
    with override("es"):
        assert (p_value(0.004), p_value(0.421)) == ("<0,01", "0,42")
