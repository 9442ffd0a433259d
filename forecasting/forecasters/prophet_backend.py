"""A backend for stock Prophet objects: the in-process solver where it applies, Stan for the rest.

Use: `model = Prophet(...); model.stan_backend = InProcessBackend()` before `model.fit(frame)`.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from typing import Any

import numpy as np

from forecasting.forecasters.map_solver import MapProblem, solve_map
from forecasting.series import Floats

LINEAR, LOGISTIC, FLAT = 0, 1, 2


def quiet_stan() -> None:
    """cmdstanpy and Prophet log two lines a fit otherwise."""
    # cmdstanpy sets its level again at the first fit: switch the logger off instead
    logging.getLogger("cmdstanpy").disabled = True
    logging.getLogger("prophet").setLevel(logging.ERROR)


class InProcessBackend:
    """Fits additive linear or flat Prophet in process; logistic, multiplicative, MCMC and what fails go to Stan."""

    newton_fallback = True

    def __init__(self) -> None:
        """Stan is loaded only when it is needed."""
        self.stan_fit: Any = None
        self.used = ""
        self._stan: Any = None

    @staticmethod
    def get_type() -> str:
        """The name Prophet prints."""
        return "IN_PROCESS"

    def cleanup(self) -> None:
        """Nothing is left on the disk."""

    def set_options(self, **options: Any) -> None:
        """Accepted for Prophet's sake; there is nothing to set."""

    def sampling(self, *args: Any, **options: Any) -> Any:
        """MCMC is Stan's."""
        return self._from_stan().sampling(*args, **options)

    def fit(self, stan_init: dict[str, Any], stan_data: dict[str, Any], **options: Any) -> dict[str, Floats]:
        """Prophet's parameters [1, size] by name for the data Prophet prepared."""
        multiplicative = np.asarray(stan_data["s_m"], dtype=float).any()
        if stan_data["trend_indicator"] != LOGISTIC and not multiplicative:
            self.used = "in process"
            solution = _parameters(stan_data)
            if all(np.isfinite(values).all() for values in solution.values()):
                return solution
        stan = self._from_stan()
        parameters: dict[str, Floats] = stan.fit(stan_init, stan_data, **options)
        self.stan_fit = stan.stan_fit
        return parameters

    def _from_stan(self) -> Any:
        if self._stan is None:
            from prophet.models import CmdStanPyBackend

            quiet_stan()
            self._stan = CmdStanPyBackend()
        self.used = "stan"
        return self._stan


def _parameters(data: dict[str, Any]) -> dict[str, Floats]:
    """Solve Prophet's prepared data and name the weights as Prophet does."""
    time = np.asarray(data["t"], dtype=float)
    features = np.asarray(data["X"], dtype=float).reshape(len(time), -1) * np.asarray(data["s_a"], dtype=float)
    knots = np.asarray(data["t_change"], dtype=float)
    flat = data["trend_indicator"] == FLAT
    ones = np.ones((len(time), 1))
    bends = np.maximum(time[:, None] - knots[None, :], 0)
    trend = ones if flat else np.concatenate([time[:, None], ones, bends], axis=1)
    width, bent = trend.shape[1], 0 if flat else len(knots)
    precision = np.concatenate([np.full(width, 1 / 25.0), 1 / np.asarray(data["sigmas"], dtype=float) ** 2])
    sparse = np.zeros(len(precision), dtype=bool)
    sparse[width - bent : width] = True
    target = np.asarray(data["y"], dtype=float)
    fit = solve_map(MapProblem(np.concatenate([trend, features], axis=1), target, precision, sparse, data["tau"]))
    named = OrderedDict(
        k=np.zeros(1) if flat else fit.weights[:1],
        m=fit.weights[:1] if flat else fit.weights[1:2],
        delta=np.zeros(len(knots)) if flat else fit.weights[2:width],
        sigma_obs=np.array([fit.sigma]),
        beta=fit.weights[width:],
    )
    return {name: np.asarray(value, dtype=float).reshape(1, -1) for name, value in named.items()}
