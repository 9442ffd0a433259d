"""One of anything is in the singular, in both languages."""

from types import SimpleNamespace
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from dashboard.texts.forecast_notes import forecast_note
from dashboard.texts.odds import odds_record_sentence
from dashboard.texts.price_level import standing
from dashboard.texts.record import _saved
from forecasting.note_codes import NoteCode


def year(days: int) -> Any:
    from datetime import date, timedelta

    first = date(2026, 1, 1)
    return SimpleNamespace(days=days, first=first, last=first + timedelta(days=days), low=5.0)


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_low_of_one_month(language: str) -> None:
    with override(language):
        lowest, above = standing(5, year(30), "EUR"), standing(6, year(30), "EUR")  # type: ignore[arg-type]
        assert ("last month" if language == "en" else "último mes") in lowest
        assert ("last month" if language == "en" else "último mes") in above
        assert ("2 months" if language == "en" else "2 meses") in standing(5, year(61), "EUR")  # type: ignore[arg-type]


@pytest.mark.parametrize(("language", "one", "many"), [("en", "1 day had", "2 days had"), ("es", "1 día", "2 días")])
def test_a_short_history(language: str, one: str, many: str) -> None:
    with override(language):
        assert one in forecast_note(f"{NoteCode.SHORT_HISTORY}:1")
        assert many in forecast_note(f"{NoteCode.SHORT_HISTORY}:2")


@pytest.mark.parametrize(
    ("language", "one", "many"), [("en", "1 test on", "2 tests on"), ("es", "1 prueba", "2 prueb")]
)
def test_the_record_of_odds(language: str, one: str, many: str) -> None:
    def rows(count: int) -> Any:
        return [SimpleNamespace(fall_pct=5, days=14, n=count, stated=0.1, came=0.2)]

    with override(language):
        assert one in odds_record_sentence(rows(1))
        assert many in odds_record_sentence(rows(2))


@pytest.mark.parametrize("days", [None, 90])
@pytest.mark.parametrize("saving", [-0.02, 0.02])
def test_one_decision(days: int | None, saving: float) -> None:
    figures: Any = SimpleNamespace(decisions=1, capture=0.3)
    with override("en"):
        assert "(1 decision)" in _saved(figures, saving, days)
    with override("es"):
        assert "(1 decisión)" in _saved(figures, saving, days)


def test_one_block_and_one_failure() -> None:
    shop = {"name": "corner", "known": True, "enabled": True, "watched": 1, "blocks": 1, "failures": 2}
    with override("en"):
        text = " ".join(render_to_string("parts/shop_states.html", {"shops": [shop], "looks": 1}).split())
    assert "1 block, 2 failures in a row" in text
