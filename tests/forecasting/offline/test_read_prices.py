"""A file of prices as a panel: what a reader should know of it is said, and no series spoils another."""

from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest

from forecasting.offline.read_prices import read_price_file

START = date(2024, 1, 1)


def written(tmp_path: Path, rows: list[tuple[str, str, float]]) -> Path:
    path = tmp_path / "prices.csv"
    lines = ["series_id,date,price", *(f"{key},{day},{price}" for key, day, price in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def daily(key: str, prices: list[float], every: int = 1) -> list[tuple[str, str, float]]:
    return [(key, (START + timedelta(days=every * place)).isoformat(), price) for place, price in enumerate(prices)]


def test_it_works(tmp_path: Path) -> None:
    file = read_price_file(written(tmp_path, daily("a", [5.0] * 30) + daily("b", [6.0] * 30)))
    assert file.panel.keys == ("a", "b")
    assert (file.panel.freq, file.panel.steps, file.warnings) == ("daily", 30, ())


def test_a_day_with_several_prices_is_named(tmp_path: Path) -> None:
    rows = daily("a", [5.0] * 30)
    same_moment = read_price_file(written(tmp_path, [*rows, ("a", START.isoformat(), 4.0)]))
    assert same_moment.warnings == ("1 rows repeat a day at another price: the lowest counts",)
    assert same_moment.panel.prices[0, 0] == 4.0
    later = read_price_file(written(tmp_path, [*rows, ("a", f"{START.isoformat()}T20:00:00+00:00", 6.0)]))
    assert "1 days have more than one price (a on 2024-01-01): the last of a day counts" in later.warnings
    assert later.panel.prices[0, 0] == 6.0


def test_another_unit_is_another_series(tmp_path: Path) -> None:
    file = read_price_file(written(tmp_path, daily("a", [5.0] * 40 + [5000.0] * 40) + daily("b", [6.0] * 80)))
    assert file.panel.keys == ("a before 2024-02-10", "b", "a")
    before, after = file.panel.prices[0], file.panel.prices[2]
    assert np.nanmax(before) == 5.0
    assert np.isnan(before[40:]).all()
    assert np.nanmin(after) == 5000.0
    assert np.isnan(after[:40]).all()
    assert not (file.panel.observed[0] & file.panel.observed[2]).any()
    assert "factor of 1e+03 on 2024-02-10" in file.warnings[0]


def test_a_series_may_change_its_unit_twice(tmp_path: Path) -> None:
    file = read_price_file(written(tmp_path, daily("a", [5.0] * 30 + [50.0] * 30 + [1.0] * 30)))
    assert len(file.panel) == 3
    assert file.panel.observed.sum() == 90


@pytest.mark.parametrize("weekly", [2, 5])
def test_each_series_has_its_own_calendar(tmp_path: Path, weekly: int) -> None:
    rows = [row for number in range(3) for row in daily(f"d{number}", [5.0] * 60)]
    rows += [row for number in range(weekly) for row in daily(f"w{number}", [5.0] * 12, every=7)]
    file = read_price_file(written(tmp_path, rows))
    freq, left_out = ("daily", "weekly") if weekly == 2 else ("weekly", "daily")
    assert file.panel.freq == freq
    assert f"series are {left_out} where most are {freq}" in file.warnings[0]
