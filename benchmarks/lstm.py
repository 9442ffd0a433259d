"""What the pooled LSTM costs on each of Keras's backends, and how good it is: `python -m benchmarks.run lstm`.

Each backend is installed in a throw-away environment (PyTorch's wheel for Linux brings 5 GB); prices are read from
../shared or OILWATCH_SHARED.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from benchmarks.forecasting import SETS, folder
from forecasting.evaluation.scores import naive_scale, score
from forecasting.features.feature_table import features_of
from forecasting.forecasters.base import history_at
from forecasting.forecasters.keras_on_jax import keras_and_jax
from forecasting.forecasters.lstm import train_lstm
from forecasting.offline.read_prices import read_prices
from forecasting.panel import HORIZON, Panel
from forecasting.quantiles import MEDIAN
from forecasting.series import Floats

PROBE = Path(__file__).parent / "peers" / "keras_backend.py"
BASE = ("numpy<2.5", "scipy<1.18")  # oilwatch has them anyway
BACKENDS = {"jax": "jax", "tensorflow": "tensorflow-cpu", "torch": "torch"}
CUTOFFS = {
    "Spanish oil shelves": (75, 82, 89, 96),
    "Ocado basket": (444, 534, 624, 714),
    "Indonesian cooking oil": (553, 673, 793, 913),
}
LEAST_OBSERVED = 14


def section() -> str:
    """The LSTM's part of the benchmark report, as Markdown."""
    quality = _quality() if folder().exists() else ["The real prices are not here: nothing was scored."]
    return "\n".join(["## The pooled LSTM", "", *_backends(), "", *quality, ""])


def _backends() -> list[str]:
    """Each backend's size, and what 300 updates of 256 windows take by plain Keras on one thread."""
    base, _ = _environment_size([])
    rows = [
        "Plain Keras `fit` of this network (60 steps, 32 units, 30 days x 13 quantiles), one thread:",
        "300 updates of 256 windows each time.",
        "",
        "| backend | MB more, with Keras | import s | first training s | next training s | RSS MB |",
        "|---|---|---|---|---|---|",
    ]
    for backend, package in BACKENDS.items():
        size, figures = _environment_size(["keras", package], backend)
        rows.append(
            f"| {package} | {size - base:,.0f} | {figures['import']:.1f} | {figures['first']:.1f} | "
            f"{figures['second']:.1f} | {figures['rss']:.0f} |"
        )
    return rows


def _environment_size(packages: list[str], backend: str = "") -> tuple[float, dict[str, float]]:
    """Megabytes of an environment with NumPy, SciPy and these packages, and what the probe measures in it."""
    with tempfile.TemporaryDirectory() as name:
        python = Path(name) / "bin" / "python"
        subprocess.run([sys.executable, "-m", "venv", name], check=True)
        install = ["uv", "pip", "install", "--quiet", "--python", python, *BASE, *packages]
        subprocess.run(install, check=True)
        size = sum(file.lstat().st_size for file in Path(name).rglob("*") if file.is_file()) / 1e6
        if not backend:
            return size, {}
        settings = {"KERAS_BACKEND": backend, "KERAS_HOME": name, "PJRT_NPROC": "1", "OMP_NUM_THREADS": "1"}
        environment = {**os.environ, **settings, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
        done = subprocess.run([python, PROBE], env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return size, json.loads(done.stdout.splitlines()[-1])


def _quality() -> list[str]:
    """Scores at four cutoffs of each file, and the seconds of training and forecasting."""
    began = time.perf_counter()
    keras_and_jax()
    imported = time.perf_counter() - began
    rows = [
        "| set | h | n | MAE / last price | CRPS % | in 80 % | in 95 % | s a cutoff |",
        "|---|---|---|---|---|---|---|---|",
    ]
    first = 0.0
    for label, cutoffs in CUTOFFS.items():
        panel = read_prices(folder() / SETS[label])
        actual, last, scale, quantiles, seconds = _forecasts(panel, cutoffs)
        first = first or seconds[0]
        for steps in (7, 14, 30):
            row = score(actual, last, scale, (quantiles[..., MEDIAN], quantiles), steps)
            rows.append(
                f"| {label} | {steps} | {row.n} | {row.rel_mae:.3f} | {row.crps_pct:.2f} | {row.coverage_80:.1%} | "
                f"{row.coverage_95:.1%} | {np.median(seconds):.1f} |"
            )
    megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [
        *(
            "### As it is used",
            "",
            "Trained at four cutoffs of each file, on JAX in one compiled loop, one thread.",
            "",
        ),
        *(*rows, ""),
        f"Import {imported:.1f} s, the first cutoff {first:.1f} s with compiling, RSS {megabytes:.0f} MB in all.",
    ]


def _forecasts(panel: Panel, cutoffs: tuple[int, ...]) -> tuple[Floats, Floats, Floats, Floats, list[float]]:
    """Prices seen [rows, 30], last price and scale [rows], quantiles [rows, 30, 13], and the seconds of each cutoff."""
    features, seen = features_of(panel), np.where(panel.observed, panel.prices, np.nan)
    parts, seconds = [], []
    for cutoff in cutoffs:
        past = history_at(panel, features, cutoff)
        began = time.perf_counter()
        model = train_lstm(past, HORIZON)
        assert model is not None  # noqa: S101
        offsets = model.quantiles(past)
        seconds.append(time.perf_counter() - began)
        live = np.isfinite(past.last) & (past.panel.observed.sum(axis=1) >= LEAST_OBSERVED)
        actual, last = seen[:, cutoff + 1 : cutoff + 1 + HORIZON], past.last
        parts.append((actual[live], last[live], naive_scale(past.panel)[live], offsets[live]))
    actual, last, scale, offsets = (np.concatenate(column) for column in zip(*parts, strict=True))
    return actual, last, scale, last[:, None, None] * np.exp(offsets), seconds


if __name__ == "__main__":
    print(section())
