"""The import contracts hold, and each breaks when its arrow is planted the wrong way."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
PACKAGES = ("oilwatch", "dashboard", "forecasting", "scraping")


def lint_imports(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tree")
    for name in PACKAGES:
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__", "static", "locale"))
    shutil.copy(PROJECT / "pyproject.toml", folder)
    return folder


def test_the_tree_as_it_stands_is_clean(copy: Path) -> None:
    done = lint_imports(copy)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    ("module", "planted", "broken"),
    [
        ("scraping/spells.py", "import forecasting.series", "Imports run one way"),
        ("forecasting/selectors/current_forecast.py", "import dashboard.models", "Imports run one way"),
        ("dashboard/tasks.py", "import oilwatch.settings", "Imports run one way"),
        ("scraping/models/shop.py", "import scraping.selectors", "Inside scraping"),
        ("forecasting/services/train.py", "import forecasting.tasks", "Inside forecasting"),
        ("dashboard/services/alert_events.py", "import dashboard.tasks", "Inside dashboard"),
        ("scraping/services/finish_visit.py", "import scraping.services.visit_product", "A visit runs straight"),
        ("scraping/services/fetch_page.py", "import scraping.services.read_and_judge", "A visit runs straight"),
        ("forecasting/features/rolling.py", "import forecasting.forecasters.base", "Inside the core"),
        ("forecasting/calibration/conformal.py", "import forecasting.selection.gate", "Inside the core"),
        ("forecasting/selection/gate.py", "import forecasting.evaluation.scores", "Inside the core"),
        ("dashboard/selectors/alerts.py", "import dashboard.texts.alerts", "Inside dashboard"),
        ("dashboard/notifications/rules.py", "import dashboard.selectors.alerts", "Inside dashboard"),
        ("forecasting/series.py", "import forecasting.panel", "No circle"),
        ("scraping/jobs/job.py", "import scraping.models.visit", "No circle"),
        ("scraping/volume.py", "import django", "pure modules"),
        ("forecasting/policy/advice.py", "import celery", "pure modules"),
    ],
)
def test_an_arrow_planted_the_wrong_way_is_found(copy: Path, module: str, planted: str, broken: str) -> None:
    path = copy / module
    before = path.read_text()
    path.write_text(f"{before}\n{planted}\n")
    try:
        done = lint_imports(copy)
    finally:
        path.write_text(before)
    assert done.returncode != 0
    assert any(broken in line and "BROKEN" in line for line in done.stdout.splitlines()), done.stdout
