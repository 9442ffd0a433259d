"""A training made on an exported file, away from the platform, and taken in again."""

import csv
import json
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import CommandError, call_command, get_commands, load_command_class

from forecasting.models import Forecast, Training, TrainingStatus
from forecasting.offline.training_files import BadTraining
from forecasting.product_forecast import FallOdds
from forecasting.selectors.current_forecast import latest_forecast
from forecasting.serialization.canonical_json import canonical_json, checksum_of
from forecasting.services.artefacts import read_artefact
from forecasting.services.import_training import import_training
from forecasting.services.order_training import order_training
from forecasting.services.train import train
from scraping.models import Product, Shop
from tests.factories import SpellFactory
from tests.forecasting.services.test_train import artefacts, catalogue

__all__ = ["artefacts", "catalogue"]
PROJECT = Path(__file__).resolve().parents[3]
Files = tuple[bytes, bytes]


def train_file(prices: Path, folder: Path, *options: str) -> Files:
    out, forecasts = folder / "artefact.json", folder / "forecasts.json"
    call_command("train_file", str(prices), "--out", str(out), "--forecasts", str(forecasts), *options)
    return out.read_bytes(), forecasts.read_bytes()


@pytest.fixture
def files(catalogue: list[Product], tmp_path: Path) -> Files:
    prices = tmp_path / "prices.csv"
    call_command("export_prices", str(prices))
    return train_file(prices, tmp_path)


def changed(written: bytes, **changes: Any) -> bytes:
    """The file with other content and a checksum that fits."""
    content = {**json.loads(written), **changes}
    content.pop("checksum")
    return canonical_json({**content, "checksum": checksum_of(canonical_json(content))})


def first_changed(written: bytes, **changes: Any) -> bytes:
    first, *others = json.loads(written)["forecasts"]
    return changed(written, forecasts=[{**first, **changes}, *others])


@pytest.mark.django_db
def test_it_works(files: Files, catalogue: list[Product]) -> None:
    training = import_training(artefact=files[0], forecasts=files[1])
    assert (training.status, training.source) == (TrainingStatus.DONE, "import")
    assert Forecast.objects.filter(training=training).count() == 3
    assert list(training.refused) == [str(catalogue[3].pk)]
    assert training.versions["prophet"]
    assert read_artefact(name=training.artefact, checksum=training.checksum)["shops"]
    newest = latest_forecast(catalogue[0])
    assert newest is not None
    assert (newest.training, newest.cutoff) == (training, date(2026, 3, 1))


@pytest.mark.django_db
def test_it_says_what_the_platform_would_have_said(files: Files, catalogue: list[Product]) -> None:
    train(training_id=order_training(source="command", enqueue=False).pk)
    training = import_training(artefact=files[0], forecasts=files[1])
    for target, offline_training in zip(
        Forecast.objects.exclude(training=training).order_by("product"),
        Forecast.objects.filter(training=training).order_by("product"),
        strict=True,
    ):
        for name in ("product", "cutoff", "last_price", "method", "levels", "quantiles", "point"):
            assert getattr(target, name) == getattr(offline_training, name), name
        for name in ("skill", "advice", "odds"):
            assert getattr(target, name) == getattr(offline_training, name), name


@pytest.mark.django_db
def test_the_same_file_gives_the_same_bytes(files: Files, tmp_path: Path) -> None:
    again = tmp_path / "again"
    again.mkdir()
    assert train_file(tmp_path / "prices.csv", again) == files


@pytest.mark.django_db
def test_a_training_is_imported_once(files: Files, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    paths = str(tmp_path / "artefact.json"), str(tmp_path / "forecasts.json")
    call_command("import_training", *paths)
    assert "3 forecasts" in capsys.readouterr().out
    with pytest.raises(CommandError, match="imported before"):
        call_command("import_training", *paths)
    with pytest.raises(CommandError, match="No such file"):
        call_command("import_training", paths[0], str(tmp_path / "nothing.json"))


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("harm", "text"),
    [
        (lambda a, f: (a + b" ", f), "artefact is not the one"),
        (lambda a, f: (a, f.replace(b'"last_price":30', b'"last_price":31')), "checksum differs"),
        (lambda a, f: (a, f[:-20]), "cannot be read as JSON"),
        (lambda a, f: (b"[]", f), "no JSON object"),
        (lambda a, f: (b"{}", f), "artefact is not of format"),
        (lambda a, f: (a, changed(f, format=9)), "forecasts are not of format"),
        (lambda a, f: (a, changed(f, more=1)), "forecasts are not of format"),
        (lambda a, f: (a, changed(f, scores=[])), "'scores' must be a dict"),
        (lambda a, f: (a, changed(f, forecasts=[7])), "Forecast 1 is malformed"),
        (lambda a, f: (a, changed(f, forecasts=[], refused={})), "forecasts nothing"),
        (lambda a, f: (a, changed(f, forecasts=json.loads(f)["forecasts"][:1] * 2)), "twice"),
        (lambda a, f: (a, f.replace(b'"last_price":30.0', b'"last_price":1e999')), "checksum differs"),
        (lambda a, f: (a, first_changed(f, last_price=-1)), "positive"),
        (lambda a, f: (a, first_changed(f, last_price="30")), "malformed"),
        (lambda a, f: (a, first_changed(f, origin="soon")), "malformed"),
        (lambda a, f: (a, first_changed(f, point=[1.0])), "one point and one row"),
        (lambda a, f: (a, first_changed(f, point=[1.0], quantiles=[[1.0] * 12 + [0.5]])), "must rise"),
        (lambda a, f: (a, first_changed(f, levels=[0.5, 0.5])), "levels must rise"),
        (lambda a, f: (a, first_changed(f, method="x" * 65)), "short name"),
        (lambda a, f: (a, first_changed(f, odds={"5": {"7": 1.5}, "days_to_fall": None})), "chances from 0 to 1"),
        (lambda a, f: (a, first_changed(f, series="lidl|unheard-of")), r"No product is kept for lidl\|unheard-of"),
        (lambda a, f: (a, first_changed(f, currency="GBP")), "kept in EUR, not GBP"),
        (lambda a, f: (a, first_changed(f, origin="2099-01-01")), "still to come"),
        (lambda a, f: (a, first_changed(f, origin="2026-01-10")), "prices after 2026-01-10"),
        (lambda a, f: (a, first_changed(f, origin="2026-02-27")), "prices after 2026-02-27"),
        (lambda a, f: (a, first_changed(f, last_price=60.0)), "starts from 60 on 2026-03-01, but 30 is kept"),
        (lambda a, f: (a, first_changed(f, last_price=30.01)), "starts from 30.01 on 2026-03-01, but 30 is kept"),
    ],
)
def test_what_is_wrong_is_refused_whole(files: Files, artefacts: Path, harm: Any, text: str) -> None:
    harmed = harm(*files)
    with pytest.raises(BadTraining, match=text):
        import_training(artefact=harmed[0], forecasts=harmed[1])
    assert not Training.objects.exists()
    assert not Forecast.objects.exists()
    assert not list(artefacts.glob("import-*"))


@pytest.mark.django_db
def test_a_file_of_before_there_were_odds_is_taken_in_without(files: Files) -> None:
    artefact = canonical_json({**json.loads(files[0]), "format": 1})
    rows = [{key: value for key, value in row.items() if key != "odds"} for row in json.loads(files[1])["forecasts"]]
    older = changed(files[1], format=1, artefact=checksum_of(artefact), forecasts=rows)
    training = import_training(artefact=artefact, forecasts=older)
    assert [forecast.odds for forecast in Forecast.objects.filter(training=training)] == [FallOdds()] * 3
    with pytest.raises(BadTraining, match="its keys must be"):
        import_training(artefact=files[0], forecasts=changed(files[1], forecasts=rows))


@pytest.mark.django_db
def test_a_series_two_shops_keep_is_refused(catalogue: list[Product], files: Files) -> None:
    name = json.loads(files[1])["forecasts"][0]["series"]
    twin = Shop.objects.create(name="twin", adapter="import", currency="EUR")
    Product.objects.create(shop=twin, sku=name)
    with pytest.raises(BadTraining, match="More than one shop"):
        import_training(artefact=files[0], forecasts=files[1])


@pytest.mark.django_db
def test_prices_that_came_meanwhile_refuse_it(files: Files, catalogue: list[Product]) -> None:
    later = datetime(2026, 3, 4, 12, tzinfo=UTC)
    SpellFactory(product=catalogue[0], first_seen=later)
    with pytest.raises(BadTraining, match="export and train again"):
        import_training(artefact=files[0], forecasts=files[1])


@pytest.mark.django_db
def test_exported_in_the_evening_and_imported_in_the_morning(files: Files, catalogue: list[Product]) -> None:
    """That day's price is known by now, so the day earns the forecast nothing: see `score_forecasts`."""
    SpellFactory(product=catalogue[0], first_seen=datetime(2026, 3, 2, 7, tzinfo=UTC), price=Decimal(20))
    training = import_training(artefact=files[0], forecasts=files[1])
    assert Forecast.objects.filter(training=training).count() == 3
    training.refresh_from_db()
    assert training.served_from is not None


@pytest.mark.django_db
def test_a_price_that_was_corrected_meanwhile_refuses_it(files: Files, catalogue: list[Product]) -> None:
    catalogue[0].spells.filter(last_seen__date=date(2026, 3, 1)).update(price=Decimal("29.50"))
    with pytest.raises(BadTraining, match=r"starts from 30 on 2026-03-01, but 29\.5 is kept; export and train again"):
        import_training(artefact=files[0], forecasts=files[1])
    catalogue[0].spells.all().delete()
    with pytest.raises(BadTraining, match="no price of that day is kept"):
        import_training(artefact=files[0], forecasts=files[1])


def steps(path: Path) -> None:
    rows = [
        f"mill|oil-{number},{date(2026, 1, 1) + timedelta(days=day)},{5 + number + (day // 9 + number) % 3},EUR"
        for number in range(4)
        for day in range(70)
    ]
    path.write_text("\n".join(["series_id,date,price,currency", *rows]))


def test_it_needs_no_server_and_writes_figures_to_compare(tmp_path: Path) -> None:
    steps(tmp_path / "prices.csv")
    metrics, curve = tmp_path / "deep" / "metrics.json", tmp_path / "deep" / "curve.csv"
    train_file(tmp_path / "prices.csv", tmp_path, "--metrics", str(metrics), "--curve", str(curve))
    horizons = json.loads(metrics.read_text())["mill"]["horizons"]
    rows = list(csv.DictReader(curve.open()))
    assert [row["days"] for row in rows] == list(horizons)
    assert float(rows[0]["rel_mae"]) == horizons[rows[0]["days"]]["rel_mae"]
    assert float(rows[0]["coverage_80"]) <= float(rows[0]["coverage_95"])


def test_no_server_is_started_for_it(tmp_path: Path) -> None:
    home = tmp_path / "home"
    done = subprocess.run(
        [sys.executable, "manage.py", "train_file", "--help"],
        env={"OILWATCH_HOME": str(home)},
        cwd=PROJECT,
        capture_output=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert not home.exists()


def test_a_bad_file_says_what_to_mend(tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("series_id,date,price,currency\nmill|oil,soon,5,EUR\n")
    with pytest.raises(CommandError, match="line 2"):
        train_file(tmp_path / "bad.csv", tmp_path)


def test_dvc_runs_commands_that_exist_in_an_order_that_works() -> None:
    stages = yaml.safe_load((PROJECT / "dvc.yaml").read_text())["stages"]
    assert list(stages) == ["export", "train", "backtest"]
    made: set[str] = set()
    for stage in stages.values():
        assert set(stage) <= {"desc", "cmd", "deps", "outs", "metrics", "plots", "always_changed"}
        commands = stage["cmd"] if isinstance(stage["cmd"], list) else [stage["cmd"]]
        text = [command.split() for command in commands if "manage.py" in command]
        name, arguments = text[-1][2], text[-1][3:]
        for dependency in stage.get("deps", []):
            assert dependency in made or (PROJECT / dependency).exists(), dependency
        command = load_command_class(get_commands()[name], name)
        options = arguments[: arguments.index(">")] if ">" in arguments else arguments
        assert command.create_parser("manage.py", name).parse_args(options)
        for kind in ("outs", "metrics", "plots"):
            for online in stage.get(kind, []):
                path = online if isinstance(online, str) else next(iter(online))
                assert path in arguments, f"{path} is promised by {name} but not written"
                made.add(path)
