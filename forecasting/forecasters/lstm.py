"""One LSTM for all products: direct quantiles of the next days, anchored on the last price. Needs `.[lstm]`.

An LSTM a product, as tutorials have it, learns nothing from some hundred days and errs four times as much as the
last price. Pooled over all products, fed with the way to today's price and asked for every day ahead at once, it comes
near the event model: on 318 Spanish shelves it erred 1.01, 0.94 and 0.89 times as much as the last price over 7, 14
and 30 days (four cutoffs, some 5 s each), but its 80 % interval held only 60 %. So it is an alternative to compare
with, and stands for election where a line in the registry says so.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np

from forecasting.forecasters.base import History, PointForecaster, gettext_noop
from forecasting.quantiles import LEVELS, MEDIAN, ordered
from forecasting.series import Floats

FORMAT = 1
WINDOW, HIDDEN = 60, 32
STRIDE, MOST_WINDOWS, LEAST_WINDOWS = 4, 6_000, 100
EPOCHS, LEAST_UPDATES, BATCH, RATE = 12, 300, 256, 4e-3
LARGEST_MOVE = 1.0  # log
SMALLEST_SCALE = 0.01
SEED = 1


class NoTorch(ImportError):
    """PyTorch is not installed; the message says how to get it."""


class BadWeights(ValueError):
    """The text is not the weights of this network."""


@dataclass(frozen=True, slots=True, eq=False)
class LstmModel:
    """A trained network; `scale` is the size of a usual log return, by which its answers are multiplied."""

    network: Any
    horizon: int
    scale: float

    def quantiles(self, past: History) -> Floats:
        """Log-return quantiles [series, horizon, 13] from the past's last day; nan where a series has no price."""
        torch = _torch()
        logs = np.log(past.panel.prices)
        with torch.no_grad():
            answer = self.network(torch.from_numpy(_windows(logs, np.array([logs.shape[1] - 1]))[:, 0])).numpy()
        offsets = ordered(answer.astype(np.float64) * self.scale)
        offsets[~np.isfinite(past.last)] = np.nan
        return offsets

    def to_text(self) -> str:
        """The weights as JSON: no pickle, nothing that runs when it is read."""
        weights = {name: values.tolist() for name, values in self.network.state_dict().items()}
        return json.dumps({"format": FORMAT, "horizon": self.horizon, "scale": self.scale, "weights": weights})


def lstm_from_text(text: str) -> LstmModel:
    """The model that `to_text` wrote; raises BadWeights, or NoTorch."""
    torch = _torch()
    try:
        content = json.loads(text)
        if content["format"] != FORMAT:
            raise BadWeights(f"format {content['format']!r} is not {FORMAT}")
        network = _network(int(content["horizon"]))
        network.load_state_dict({name: torch.tensor(values) for name, values in content["weights"].items()})
        return LstmModel(network, int(content["horizon"]), float(content["scale"]))
    except (ValueError, KeyError, TypeError, RuntimeError) as error:
        raise BadWeights(f"not the weights of an LSTM of this shape: {error}") from error


def train_lstm(past: History, horizon: int) -> LstmModel | None:
    """Learn from every window that ended by the cutoff; None where there are too few. Deterministic."""
    torch = _torch()
    windows, returns = _training_rows(np.log(past.panel.prices), past.panel.observed, horizon)
    if len(windows) < LEAST_WINDOWS:
        return None
    scale = max(float(np.sqrt(np.nanmean(returns**2))), SMALLEST_SCALE)
    torch.set_num_threads(1)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        network = _network(horizon)
        _fit(network, torch.from_numpy(windows), torch.from_numpy((returns / scale).astype(np.float32)))
    return LstmModel(network, horizon, scale)


class PooledLstm(PointForecaster):
    """The pooled LSTM's median path, trained anew at each cutoff."""

    name = "pooled_lstm"
    labels: ClassVar = {name: gettext_noop("LSTM")}

    def forecast(self, past: History, horizon: int) -> Floats:
        """Paths [series, horizon]; the last price where there is too little to learn from. Raises NoTorch."""
        model = train_lstm(past, horizon)
        if model is None:
            return np.repeat(past.last[:, None], horizon, axis=1)
        return np.asarray(past.last[:, None] * np.exp(model.quantiles(past)[..., MEDIAN]))


def _torch() -> Any:
    try:
        import torch
    except ImportError as error:
        raise NoTorch("The LSTM needs PyTorch: pip install .[lstm]") from error
    return torch


def _network(horizon: int) -> Any:
    """Log prices relative to the last one in, [rows, horizon, 13] out; it starts as "no change"."""
    torch = _torch()

    class Network(torch.nn.Module):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            super().__init__()
            self.memory = torch.nn.LSTM(2, HIDDEN, batch_first=True)
            self.head = torch.nn.Linear(HIDDEN, horizon * len(LEVELS))
            torch.nn.init.zeros_(self.head.weight)
            torch.nn.init.zeros_(self.head.bias)

        def forward(self, windows: Any) -> Any:
            states, _ = self.memory(windows)
            return self.head(states[:, -1]).reshape(len(windows), horizon, len(LEVELS))

    return Network()


def _windows(logs: Floats, ends: np.ndarray[Any, np.dtype[np.int64]]) -> np.ndarray[Any, np.dtype[np.float32]]:
    """The last 60 steps up to each end [series, ends, 60, 2]: way to the last price, and the step's change.

    Both are ten times the log, clipped; an unknown step stands where the last price does.
    """
    padded = np.concatenate([np.full((len(logs), WINDOW), np.nan), logs], axis=1)
    places = ends[:, None] + WINDOW + np.arange(-WINDOW + 1, 1)[None, :]
    level = padded[:, places] - padded[:, ends + WINDOW][:, :, None]
    change = padded[:, places] - padded[:, places - 1]
    table = np.stack([level, change], axis=-1)
    return np.asarray(10 * np.clip(np.nan_to_num(table), -LARGEST_MOVE, LARGEST_MOVE), dtype=np.float32)


def _training_rows(
    logs: Floats, observed: np.ndarray[Any, np.dtype[np.bool_]], horizon: int
) -> tuple[np.ndarray[Any, np.dtype[np.float32]], Floats]:
    """Windows [rows, 60, 2] and the log returns that followed [rows, horizon], nan where none was seen."""
    ends = np.arange(logs.shape[1] - 1 - horizon, WINDOW // 2, -STRIDE)
    if not ends.size:
        return np.empty((0, WINDOW, 2), dtype=np.float32), np.empty((0, horizon))
    ahead = ends[:, None] + np.arange(1, horizon + 1)[None, :]
    returns = np.where(observed[:, ahead], logs[:, ahead] - logs[:, ends][:, :, None], np.nan)
    usable = np.isfinite(returns).any(axis=-1)
    windows, returns = _windows(logs, ends)[usable], returns[usable]
    if len(windows) > MOST_WINDOWS:
        chosen = np.sort(np.random.default_rng(SEED).choice(len(windows), MOST_WINDOWS, replace=False))
        windows, returns = windows[chosen], returns[chosen]
    return windows, returns


def _fit(network: Any, windows: Any, targets: Any) -> None:
    """Mean pinball loss over all levels and seen days, Adam."""
    torch = _torch()
    levels = torch.tensor(LEVELS, dtype=torch.float32)
    seen = torch.isfinite(targets)
    targets = torch.nan_to_num(targets)
    optimiser = torch.optim.Adam(network.parameters(), lr=RATE)
    for _ in range(max(EPOCHS, -(-LEAST_UPDATES * BATCH // len(windows)))):
        for rows in torch.randperm(len(windows)).split(BATCH):
            error = targets[rows][..., None] - network(windows[rows])
            loss = (torch.maximum(levels * error, (levels - 1) * error) * seen[rows][..., None]).sum()
            optimiser.zero_grad()
            (loss / (seen[rows].sum().clamp(min=1) * len(LEVELS))).backward()
            optimiser.step()
