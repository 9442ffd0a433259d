"""A file of taxes: globs, fractions, days; a mistake says its line and what to write."""

from datetime import date
from pathlib import Path

import pytest

from forecasting.market.tax_steps import TaxStep
from forecasting.offline.read_taxes import read_taxes
from scraping.errors import BadFile

HEAD = "series,from,rate_before,rate_after,announced\n"
KEYS = ("facua|oliva|dia|virgen", "facua|girasol|dia|1-l")


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "taxes.csv"
    path.write_text(text, encoding="utf-8")
    return path


def test_it_works(tmp_path: Path) -> None:
    rows = "*oliva*,2024-10-01,0.00,0.02,2024-06-26\n*oliva*,2024-07-01,0.05,0,2024-06-26\n"
    rows += "*milk*,2024-10-01,0,0.02,2024-06-26\n"
    steps = read_taxes(written(tmp_path, HEAD + rows), KEYS)
    assert list(steps) == [KEYS[0]]
    first, second = steps[KEYS[0]]
    assert first == TaxStep(date(2024, 7, 1), 1 / 1.05, date(2024, 6, 26))
    assert second.ratio == pytest.approx(1.02)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("series,from\n", "lacks the columns rate_before, rate_after, announced"),
        (HEAD + "*,01/10/2024,0,0.02,2024-06-26\n", "line 2: write days as 2024-10-01"),
        (HEAD + "*,2024-10-01,0,2,2024-06-26\n", "fractions below 1"),
        (HEAD + "*,2024-10-01,zero,0.02,2024-06-26\n", "line 2"),
    ],
)
def test_a_mistake_says_what_to_change(tmp_path: Path, text: str, what: str) -> None:
    with pytest.raises(BadFile, match=what):
        read_taxes(written(tmp_path, text), KEYS)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(BadFile, match=r"nowhere\.csv cannot be read"):
        read_taxes(tmp_path / "nowhere.csv", KEYS)
