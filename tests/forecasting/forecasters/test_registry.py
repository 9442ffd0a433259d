"""A new forecaster is one file and one registration: it is on the leaderboard and has its label."""

import shutil
import subprocess
import sys
from pathlib import Path

from forecasting.forecasters.registry import FORECASTERS, METHOD_LABELS, NAMED_METHODS

PROJECT = Path(__file__).resolve().parents[3]
NEW_FILE = '''
"""Every price falls by one per cent a step."""

import numpy as np

from forecasting.forecasters.base import Forecaster, History, gettext_noop
from forecasting.series import Floats


class FallingPrices(Forecaster):
    """Tomorrow costs one per cent less."""

    name, label = "falling", gettext_noop("falling prices")

    def quantiles(self, train: History, target: History, horizon: int) -> Floats:
        """Log offsets [series, horizon, 13]: points."""
        path = np.log(0.99) * np.arange(1, horizon + 1)
        return np.broadcast_to(path[None, :, None], (len(target.panel), horizon, 13))
'''
IMPORT = "from forecasting.forecasters.falling import FallingPrices\n"
PROGRAM = """
from datetime import date
import numpy as np
from forecasting.evaluation.backtest_window import BacktestWindows
from forecasting.evaluation.cross_validation import cross_validate, prepare
from forecasting.evaluation.leaderboard import leaderboard
from forecasting.forecasters.registry import FORECASTERS, METHOD_LABELS
from forecasting.panel import panel_of
from forecasting.series import Series

days = 120
prices = [100 * (1 + row) * 0.99 ** np.arange(days) for row in range(4)]
catalogue = [Series(str(row), date(2026, 1, 1), each, np.ones(days, bool)) for row, each in enumerate(prices)]
table = panel_of(catalogue)
windows = BacktestWindows(table, 7, tuple(cross_validate(prepare(table, 7), tuple(range(60, 110, 7)))))
falling = [one for one in FORECASTERS if one.name == "falling"]
board = leaderboard(windows, falling, {"7": 7}, least_observed=14)
print(round(board["falling"]["7"]["rel_mae"], 3), METHOD_LABELS["falling"])
"""


def test_a_forecaster_is_one_file_and_one_registration(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "forecasting", tmp_path / "forecasting", ignore=shutil.ignore_patterns("__pycache__"))
    forecasters = tmp_path / "forecasting" / "forecasters"
    (forecasters / "falling.py").write_text(NEW_FILE)
    registry = forecasters / "registry.py"
    first = "from forecasting.forecasters.last_price"
    source = registry.read_text().replace(first, IMPORT + first)
    registry.write_text(source.replace("LstmForecaster())", "LstmForecaster(), FallingPrices())"))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "0.0 falling prices\n"


def test_every_forecaster_has_a_label() -> None:
    names = {forecaster.name for forecaster in FORECASTERS} | set(NAMED_METHODS)
    assert {*names, "last_price", "published", "smoothing"} <= set(METHOD_LABELS)
