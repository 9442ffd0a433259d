"""The in-process solver behind Prophet's own interface beats or equals Stan."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import pandas as pd
import pytest
from prophet import Prophet

from forecasting.forecasters.map_solver import MapProblem, solve_map
from forecasting.forecasters.prophet_backend import InProcessBackend, quiet_stan


@dataclass(frozen=True)
class ProphetShape:
    """The settings of a Prophet model."""

    growth: Literal["flat", "linear"]
    n_changepoints: int = 0
    changepoint_prior_scale: float = 0.05
    yearly_order: int = 0
    weekly_order: int = 0
    step_prior_scale: float = 0.5


STICKY = ProphetShape("flat")
CONTINUOUS = ProphetShape("linear", 10, 0.01)
STOCK = ProphetShape("linear", 25, 0.05, weekly_order=3)
YEARLY = ProphetShape("linear", 10, 0.01, yearly_order=10)


def history(kind: str, days: int, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    if kind == "step":
        return np.log(np.repeat(rng.uniform(4, 9, days // 12 + 1), 12)[:days])
    return np.log(6) + np.cumsum(rng.normal(0, 0.01, days)) + rng.normal(0, 0.01, days)  # type: ignore[no-any-return]


def level_changes(logs: np.ndarray) -> np.ndarray:
    """The places of the last 3 and the 11 largest changes of level."""
    jumps = np.abs(np.diff(logs))
    places = np.flatnonzero(jumps > 0.002)
    return np.union1d(places[-3:], places[np.argsort(-jumps[places], kind="stable")[:11]]).astype(int) + 1


def stock(shape: ProphetShape, logs: np.ndarray, steps: np.ndarray) -> tuple[Prophet, pd.DataFrame]:
    model = Prophet(
        growth=shape.growth,
        n_changepoints=shape.n_changepoints,
        changepoint_prior_scale=shape.changepoint_prior_scale,
        yearly_seasonality=shape.yearly_order or False,
        weekly_seasonality=shape.weekly_order or False,
        daily_seasonality=False,
        uncertainty_samples=0,
    )
    frame = pd.DataFrame({"ds": pd.date_range("2023-01-01", periods=len(logs)), "y": logs})
    for place, step in enumerate(steps):
        frame[f"step{place}"] = (np.arange(len(logs)) >= step).astype(float)
        model.add_regressor(f"step{place}", prior_scale=shape.step_prior_scale, standardize=False)
    return model, frame


class Listener(InProcessBackend):
    """The in-process backend, keeping Stan's own inputs to judge both solutions by one loss."""

    def fit(self, stan_init: dict, stan_data: dict, **options: object) -> dict:
        self.data = stan_data
        return super().fit(stan_init, stan_data, **options)


def loss(params: dict, data: dict) -> float:
    """prophet.stan's negative log posterior, constants left out."""
    time, target = np.asarray(data["t"], float), np.asarray(data["y"], float)
    knots, columns = np.asarray(data["t_change"], float), np.asarray(data["X"], float)
    rate, offset = (float(np.ravel(params[name])[0]) for name in ("k", "m"))
    bends, weights = np.ravel(params["delta"]), np.ravel(params["beta"])
    sigma = float(np.ravel(params["sigma_obs"])[0])
    trend = (
        offset
        if data["trend_indicator"] == 2
        else (rate * time + offset + np.maximum(time[:, None] - knots, 0) @ bends)
    )
    error = target - trend - columns @ weights
    return (  # type: ignore[no-any-return]
        0.5 * len(target) * np.log(sigma**2)
        + error @ error / (2 * sigma**2)
        + 2 * sigma**2
        + 0.5 * (rate**2 + offset**2) / 25
        + np.abs(bends).sum() / data["tau"]
        + 0.5 * ((weights / np.asarray(data["sigmas"])) ** 2).sum()
    )


@pytest.mark.parametrize(
    ("shape", "kind", "days", "seed"),
    [(STICKY, "step", 120, 0), (CONTINUOUS, "walk", 90, 1), (STOCK, "walk", 365, 2), (CONTINUOUS, "step", 150, 3)],
)
def test_never_below_stan_s_posterior(shape: ProphetShape, kind: str, days: int, seed: int) -> None:
    quiet_stan()
    logs = history(kind, days, seed)
    steps = level_changes(logs) if shape.growth == "flat" else np.empty(0, dtype=int)
    model, frame = stock(shape, logs, steps)
    model.fit(frame)
    twin, _ = stock(shape, logs, steps)
    twin.stan_backend = Listener()  # type: ignore[assignment]
    twin.fit(frame)
    data = twin.stan_backend.data
    assert loss(twin.params, data) <= loss(model.params, data) + 0.01


def test_what_the_solver_cannot_do_goes_to_stan() -> None:
    quiet_stan()
    frame = pd.DataFrame({"ds": pd.date_range("2026-01-01", periods=40), "y": np.arange(40) % 7 + 5.0})
    model = Prophet(seasonality_mode="multiplicative", uncertainty_samples=0)
    backend = InProcessBackend()
    model.stan_backend = backend  # type: ignore[assignment]
    model.fit(frame)
    assert backend.used == "stan"
    assert np.isfinite(model.predict(frame)["yhat"]).all()


def test_a_perfect_fit_stays_finite() -> None:
    columns = np.ones((20, 1))
    fit = solve_map(MapProblem(columns, np.full(20, 0.5), np.array([0.04]), np.array([False]), 0.05))
    assert np.isfinite(fit.loss)
    assert fit.weights[0] == pytest.approx(0.5, abs=1e-3)
