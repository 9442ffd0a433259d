"""A new forecaster is one file and one registration: it is a candidate, can be chosen, and has its label."""

import shutil
import subprocess
import sys
from pathlib import Path

from forecasting.forecasters.registry import METHOD_LABELS, POINT_FORECASTERS

PROJECT = Path(__file__).resolve().parents[3]
NEW_FILE = '''
"""Every price falls by one per cent a step."""

from typing import ClassVar

import numpy as np

from forecasting.forecasters.base import History, PointForecaster, gettext_noop
from forecasting.series import Floats


class FallingPrices(PointForecaster):
    """Tomorrow costs one per cent less."""

    name = "falling"
    labels: ClassVar = {name: gettext_noop("falling prices")}

    def forecast(self, past: History, horizon: int) -> Floats:
        """Paths [series, horizon]."""
        return np.asarray(past.last[:, None] * 0.99 ** np.arange(1, horizon + 1))
'''
IMPORT = "from forecasting.forecasters.falling import FallingPrices\n"
PROGRAM = """
from datetime import date
import numpy as np
from forecasting.evaluation.cross_validation import cross_validate, prepare
from forecasting.evaluation.backtest_window import BacktestWindows
from forecasting.forecasters.registry import METHOD_LABELS
from forecasting.panel import panel_of
from forecasting.series import Series

days = 120
prices = [100 * (1 + row) * 0.99 ** np.arange(days) for row in range(4)]
catalogue = [Series(str(row), date(2026, 1, 1), each, np.ones(days, bool)) for row, each in enumerate(prices)]
table = panel_of(catalogue)
ready = prepare(table, 7)
found = cross_validate(ready, tuple(range(60, 110, 7)))
windows = BacktestWindows(table, 7, tuple(found))
print(windows.publish(found[-1]).chosen["point"], METHOD_LABELS["falling"])
"""


def test_a_forecaster_is_one_file_and_one_registration(tmp_path: Path) -> None:
    shutil.copytree(PROJECT / "forecasting", tmp_path / "forecasting", ignore=shutil.ignore_patterns("__pycache__"))
    forecasters = tmp_path / "forecasting" / "forecasters"
    (forecasters / "falling.py").write_text(NEW_FILE)
    registry = forecasters / "registry.py"
    first = "from forecasting.forecasters.last_price"
    source = registry.read_text().replace(first, IMPORT + first)
    registry.write_text(source.replace("    LastPrice(),\n", "    LastPrice(),\n    FallingPrices(),\n"))
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=tmp_path, capture_output=True, text=True, check=False, timeout=120
    )
    assert done.returncode == 0, done.stderr
    assert "['falling'" in done.stdout
    assert done.stdout.endswith("falling prices\n")


def test_every_candidate_has_a_label() -> None:
    names = [name for forecaster in POINT_FORECASTERS for name in forecaster.labels]
    assert len(set(names)) == len(names)
    assert {"last_price", "event", "steady_event", "smoothing"} <= set(METHOD_LABELS)
