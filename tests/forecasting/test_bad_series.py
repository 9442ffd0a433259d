"""Whatever history is imported, people get a forecast or a reason in words."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from rest_framework.test import APIClient

from forecasting.services.order_training import order_training
from forecasting.services.train import train
from scraping.errors import BadFile
from scraping.models import Product
from scraping.services.import_prices import import_prices

pytestmark = pytest.mark.django_db
LAST = date(2026, 6, 30)


def rows(key: str, prices: Iterable[float | str | None]) -> list[str]:
    listed = list(prices)
    first = LAST - timedelta(days=len(listed) - 1)
    days = [first + timedelta(days=place) for place in range(len(listed))]
    return [f"bad|{key},{day},{price},EUR" for day, price in zip(days, listed, strict=True) if price is not None]


def imported(path: Path, lines: list[str]) -> None:
    path.write_text("\n".join(["series_id,date,price,currency", *lines]) + "\n")
    import_prices(path=path)


def steps(days: int, unit: float = 1.0) -> list[float]:
    return [round(unit * (5 + day // 12 % 3 * 0.2), 4) for day in range(days)]


@pytest.fixture(autouse=True)
def artefacts(settings: Any, tmp_path: Path) -> None:
    settings.OILWATCH_ARTEFACTS = tmp_path


def test_each_gets_a_forecast_or_a_reason(tmp_path: Path) -> None:
    doubled = rows("duplicated days", steps(90))
    gaps = [None if day % 9 == 0 or 1000 < day < 1400 else price for day, price in enumerate(steps(3650))]
    lines = [
        *rows("usual", steps(120)),
        *rows("one point", [5.0]),
        *rows("constant", [5.0] * 60),
        *rows("ten years with gaps", gaps),
        *(doubled + doubled[::7]),
        *rows("ten times dearer", [*steps(80), *steps(40, 10)]),
        *rows("a thousandth since last week", [*steps(80, 1000), *steps(7)]),
    ]
    imported(tmp_path / "bad.csv", lines)
    training = order_training(source="command", enqueue=False)
    assert train(training_id=training.pk) == "done"
    answers = {
        product.sku.split("|")[1]: APIClient().get(f"/api/predict/?product={product.pk}&days=7")
        for product in Product.objects.all()
    }
    refused = {key: answer.json()["detail"] for key, answer in answers.items() if answer.status_code == 409}
    assert set(refused) == {"one point", "a thousandth since last week"}
    assert "1 observed days; a forecast needs at least 14" in refused["one point"]
    assert "another unit or pack" in refused["a thousandth since last week"]
    for key in set(answers) - set(refused):
        body = answers[key].json()
        assert answers[key].status_code == 200, key
        assert 0.5 < body["days"][-1]["point"] / body["last_price"] < 2, key
    assert "never changed" in str(answers["constant"].json()["skill"])
    assert "factor of 10" in str(answers["ten times dearer"].json()["skill"])


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (rows("negative", [5, 5, -5]), "line 4"),
        (rows("all missing", ["", "", ""]), "line 2"),
        (rows("words", ["cheap"]), "cheap"),
        ([], "no"),
    ],
)
def test_files_that_hold_no_prices_store_nothing(tmp_path: Path, lines: list[str], text: str) -> None:
    with pytest.raises(BadFile, match=f"(?i){text}"):
        imported(tmp_path / "bad.csv", lines)
    assert not Product.objects.exists()
