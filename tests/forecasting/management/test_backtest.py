"""`manage.py backtest`: the public figures of any tidy file, and words for every mistake."""

import gzip
import json
from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from django.core.management import CommandError, call_command

from tests.forecasting.conftest import real_prices, shelves

__all__ = ["real_prices", "shelves"]

FIGURES = {"n", "rel_mae", "mase", "crps_pct", "coverage_80", "coverage_95"}


@pytest.fixture(autouse=True)
def clean_redis() -> None:
    """The command needs neither Redis nor a database."""


def backtest(path: Path, *options: str) -> dict[str, Any]:
    out = StringIO()
    call_command("backtest", str(path), "--json", "--processes", "1", *options, stdout=out)
    return json.loads(out.getvalue())  # type: ignore[no-any-return]


def tidy(panel: Any, dates: pd.DatetimeIndex) -> pd.DataFrame:
    frame = pd.DataFrame(panel.prices.T, index=dates, columns=list(panel.keys))
    return frame.rename_axis("date").reset_index().melt("date", var_name="series_id", value_name="price")


@pytest.fixture
def daily(shelves: Callable[..., Any], tmp_path: Path) -> Path:
    path = tmp_path / "daily.csv"
    tidy(shelves(8, 90), pd.date_range("2026-01-01", periods=90)).to_csv(path, index=False)
    return path


def test_it_works(daily: Path) -> None:
    result = backtest(daily, "--horizons", "7", "14", "30")
    assert result["series"] == 8
    assert set(result["horizons"]) == set(result["reference"]) == {"7", "14", "30"}
    assert set(result["horizons"]["30"]) >= FIGURES
    assert result["reference"]["7"]["rel_mae"] == 1.0
    assert set(result["advice"]) == {"14", "30"}
    assert set(result["advice"]["14"]) >= {"saving_pct", "capture", "waits_lost"}
    assert result["seconds"] > 0
    assert result["fits_per_second"] > 0
    assert "stock_prophet" not in result


def test_stock_prophet_stands_beside_it_when_asked(shelves: Callable[..., Any], tmp_path: Path) -> None:
    path = tmp_path / "two.csv"
    tidy(shelves(2, 60), pd.date_range("2026-01-01", periods=60)).to_csv(path, index=False)
    result = backtest(path, "--horizons", "7", "--origins", "1", "--compare")
    assert set(result["stock_prophet"]["7"]) >= FIGURES


def test_people_get_a_table(daily: Path) -> None:
    out = StringIO()
    call_command("backtest", str(daily), "--horizons", "7", "--processes", "1", stdout=out)
    assert "8 series" in out.getvalue()
    assert "reference" in out.getvalue()


def test_other_column_orders_and_gzip_change_nothing(daily: Path, tmp_path: Path) -> None:
    frame = pd.read_csv(daily).sample(frac=1, random_state=0)
    frame["source"] = "a, b"
    packed = tmp_path / "other.csv.gz"
    with gzip.open(packed, "wt") as stream:
        frame[["price", "source", "date", "series_id"]].to_csv(stream, index=False)
    one, other = backtest(daily, "--horizons", "7"), backtest(packed, "--horizons", "7")
    assert one["horizons"] == other["horizons"]


@pytest.mark.parametrize(
    ("horizons", "steps"),
    [((), {"1": 1, "2": 2, "4": 4}), (("7", "14", "30"), {"7": 1, "14": 2, "30": 4}), (("1", "3"), {"1": 1, "3": 3})],
)  # fmt: skip
def test_weekly_files_are_recognised(
    shelves: Callable[..., Any], tmp_path: Path, horizons: tuple[str, ...], steps: dict[str, int]
) -> None:
    path = tmp_path / "weekly.csv"
    days = pd.date_range("2026-01-01", periods=26, freq="7D") + pd.to_timedelta(np.arange(26) % 3, unit="D")
    tidy(shelves(6, 26), days).to_csv(path, index=False)
    result = backtest(path, *(("--horizons", *horizons) if horizons else ()))
    assert result["lattice"] == "weekly"
    assert {key: row["steps"] for key, row in result["horizons"].items()} == steps


def test_a_constant_shelf_has_no_relative_error(tmp_path: Path) -> None:
    path = tmp_path / "still.csv"
    dates = pd.date_range("2026-01-01", periods=60)
    pd.DataFrame({"series_id": "a", "date": dates, "price": 5.0}).to_csv(path, index=False)
    result = backtest(path, "--horizons", "7")
    assert result["horizons"]["7"]["rel_mae"] is None
    assert result["horizons"]["7"]["crps_pct"] == 0


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("", "must name the columns"),
        ("series_id,date,price\n", "no rows"),
        ("series_id,date\na,2026-01-01\n", "missing: price"),
        ("series_id,date,price\na,2026-01-01,cheap\n", "line 2: price 'cheap'"),
        ("series_id,date,price\na,yesterday,5\n", "line 2: date 'yesterday'"),
        ("series_id,date,price\na,2026-01-01,-5\n", "line 2: price '-5'"),
        ("series_id,date,price\na,2026-01-01,\n", "holds no rows"),
        ("series_id,date,price\na,2026-01-01,5\na,2026-01-02,5\n", "longer file or a shorter horizon"),
    ],
)
def test_bad_files_say_what_to_change(tmp_path: Path, content: str, text: str) -> None:
    path = tmp_path / "bad.csv"
    path.write_text(content)
    with pytest.raises(CommandError, match=text):
        backtest(path)


@pytest.mark.parametrize(
    ("options", "text"),
    [
        (("--horizons", "0"), "from 1 up to a year"),
        (("--horizons", "10000"), "from 1 up to a year"),
        (("--origins", "99"), "has room for 1 to"),
        (("--processes", "0"), "1 or more"),
    ],
)
def test_bad_options_say_what_to_change(daily: Path, options: tuple[str, ...], text: str) -> None:
    with pytest.raises(CommandError, match=text):
        call_command("backtest", str(daily), *options, stdout=StringIO())


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="is not a file"):
        backtest(tmp_path / "nowhere.csv")


def test_real_weekly_shelves_are_never_worse_than_the_last_price(real_prices: Callable[[str], Path]) -> None:
    result = backtest(real_prices("za_oils_weekly.csv.gz"), "--horizons", "7", "14", "30")
    for key, row in result["horizons"].items():
        assert row["rel_mae"] <= 1.01
        assert row["crps_pct"] < result["reference"][key]["crps_pct"]
        assert row["coverage_95"] >= 0.92


def test_made_up_weekly_shelves_are_not_worse_either(shelves: Callable[..., Any], tmp_path: Path) -> None:
    """The stand-in for the real file, which is not part of the project."""
    path = tmp_path / "weekly.csv"
    tidy(shelves(24, 80, freq="weekly"), pd.date_range("2025-01-06", periods=80, freq="7D")).to_csv(path, index=False)
    result = backtest(path, "--horizons", "7", "14")
    assert result["lattice"] == "weekly"
    for key, row in result["horizons"].items():
        assert row["rel_mae"] <= 1.05
        assert row["crps_pct"] <= 1.05 * result["reference"][key]["crps_pct"]
        assert row["coverage_95"] >= 0.9


def test_another_unit_midway_is_told(tmp_path: Path) -> None:
    path, err = tmp_path / "units.csv", StringIO()
    dates = pd.date_range("2026-01-01", periods=60)
    frame = pd.DataFrame({"series_id": "oil", "date": dates, "price": [5.0] * 30 + [5000.0] * 30})
    frame.to_csv(path, index=False)
    call_command("backtest", str(path), "--horizons", "7", "--processes", "1", stdout=StringIO(), stderr=err)
    assert "oil: the price jumps by a factor of 1e+03 on 2026-01-31" in err.getvalue()


def test_odds_of_a_fall_have_what_was_stated_and_what_came(daily: Path) -> None:
    odds = backtest(daily, "--horizons", "7", "14", "30")["odds"]
    assert set(odds) == {"5", "10"}
    assert set(odds["5"]) == {"7", "14", "30"}
    row = odds["5"]["14"]
    assert set(row) >= {"n", "brier", "brier_skill", "stated", "came"}
    assert 0 <= row["stated"] <= 1


def test_a_tax_is_used_from_the_day_it_was_announced(daily: Path, tmp_path: Path) -> None:
    head = "series,from,rate_before,rate_after,announced\n"
    early, late, nobody = tmp_path / "early.csv", tmp_path / "late.csv", tmp_path / "nobody.csv"
    early.write_text(f"{head}oil-*,2026-03-20,0,0.2,2026-01-01\n")
    late.write_text(f"{head}oil-*,2026-03-20,0,0.2,2026-03-19\n")
    nobody.write_text(f"{head}milk-*,2026-03-20,0,0.2,2026-01-01\n")
    plain = backtest(daily, "--horizons", "30")["horizons"]["30"]["crps_pct"]
    known, unknown, others = (
        backtest(daily, "--horizons", "30", "--taxes", str(path))["horizons"]["30"]["crps_pct"]
        for path in (early, late, nobody)
    )
    assert known > plain, "these prices do not pass it on"
    assert unknown == plain == others


def test_a_producer_price_stands_beside_daily_prices_alone(daily: Path, tmp_path: Path) -> None:
    market = tmp_path / "market.csv"
    days = pd.date_range("2025-09-01", periods=220)
    pd.DataFrame({"series_id": "origin", "date": days, "price": np.linspace(4, 5, 220)}).to_csv(market, index=False)
    assert backtest(daily, "--horizons", "7", "--producer-price", str(market))["chosen"]["shift"] in {
        "",
        "origin_pass_through",
    }
    with pytest.raises(CommandError, match="is not a file"):
        backtest(daily, "--horizons", "7", "--producer-price", str(tmp_path / "nowhere.csv"))
    weekly = tmp_path / "weekly.csv"
    pd.DataFrame({"series_id": "a", "date": days[::7], "price": 5.0}).to_csv(weekly, index=False)
    with pytest.raises(CommandError, match="needs daily prices"):
        backtest(weekly, "--producer-price", str(market))
