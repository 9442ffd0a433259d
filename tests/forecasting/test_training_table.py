"""A training's figures in the administration: at the horizon that decides, and rounded."""

from typing import Any

from django.utils.translation import override

from forecasting.training_table import coverage, error_against_last_price, rounded, scores_table, table


def row(n: int, rel_mae: float | None, coverage_80: float = 0.8) -> dict[str, Any]:
    return {"n": n, "rel_mae": rel_mae, "coverage_80": coverage_80, "coverage_95": 0.95123, "crps_pct": 1.23456789}


def shop(**horizons: dict[str, Any]) -> dict[str, Any]:
    rows = {days.removeprefix("d"): figures for days, figures in horizons.items()}
    return {"horizons": rows, "reference": rows}


def test_the_longest_horizon_decides() -> None:
    scores = {"amazon.es": shop(d7=row(9, 2.0, 0.1), d30=row(100, 0.8753, 0.8149), d14=row(9, 3.0))}
    assert error_against_last_price(scores) == "−12.5\u00a0%"
    assert coverage(scores) == "81\u00a0%"
    with override("es"):
        assert error_against_last_price(scores) == "−12,5\u00a0%"


def test_shops_count_by_their_outcomes() -> None:
    scores = {"a": shop(d30=row(300, 1.0)), "b": shop(d30=row(100, 1.4)), "c": shop(d30=row(900, None)), "d": {}}
    assert error_against_last_price(scores) == "+10.0\u00a0%"


def test_a_training_without_figures() -> None:
    assert error_against_last_price({}) == coverage({}) == scores_table({}) == "–"


def test_the_table_is_rounded_and_escaped() -> None:
    page = scores_table({"<b>": shop(d7=row(1234, 0.98765432))})
    assert "<td>&lt;b&gt;</td><td>7</td><td>1,234</td><td>−1.2\u00a0%</td>" in page
    assert "1.23<" in page
    assert "95.1\u00a0%" in page
    assert "345678" not in page
    assert table(("a",), []) == "–"


def test_nested_figures_keep_three_digits() -> None:
    assert rounded({"a": [0.123456, 1234.5678, 7, "x", None, True]}) == {"a": [0.123, 1234.6, 7, "x", None, True]}
