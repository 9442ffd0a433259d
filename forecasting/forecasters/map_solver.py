"""Prophet's MAP estimate in process: ridge + L1 on the Gram matrix instead of a Stan child process.

The posterior is prophet.stan's (prophet 1.5.0) for additive features and linear or flat growth:
m, k ~ N(0, 5); delta ~ Laplace(0, tau); sigma ~ half-N(0, 0.5); beta ~ N(0, s); y ~ N(Z theta, sigma).
For a fixed sigma it is ridge + L1, solved by majorise-minimise (|d| <= d^2 / 2w + w / 2); the best sigma for
fixed theta has a closed form. https://github.com/facebook/prophet/blob/main/python/stan/prophet.stan
"""

from __future__ import annotations

from dataclasses import dataclass
from math import log, sqrt

import numpy as np
from scipy.linalg import eigh
from scipy.linalg.lapack import dposv

from forecasting.series import Bools, Floats

SMALLEST_VARIANCE = 1e-14
SMOOTHING_FIRST, SMOOTHING_LAST, SMOOTHING_RATE = 1e-2, 1e-7, 0.6


@dataclass(frozen=True, slots=True, eq=False)
class MapProblem:
    """Target [n] and columns [n, p]; `precision` [p] of the normal priors, `sparse` [p] the Laplace ones."""

    columns: Floats
    target: Floats
    precision: Floats
    sparse: Bools
    tau: float


@dataclass(frozen=True, slots=True, eq=False)
class MapFit:
    """The weights [p], the noise sigma and the negative log posterior (nats, constants left out)."""

    weights: Floats
    sigma: float
    loss: float


@dataclass(frozen=True, slots=True, eq=False)
class _Moments:
    gram: Floats
    product: Floats
    square: float
    count: int

    def squared_error(self, weights: Floats) -> float:
        error = self.square - 2 * weights @ self.product + weights @ self.gram @ weights
        return max(float(error), SMALLEST_VARIANCE)


def solve_map(problem: MapProblem, *, rounds: int = 150, tolerance: float = 1e-7) -> MapFit:
    """The posterior's maximum; never below Stan's by more than rounding (tested)."""
    columns, target = problem.columns, problem.target
    moments = _Moments(columns.T @ columns, columns.T @ target, float(target @ target), len(target))
    if problem.sparse.any():
        return _solve_sparse(problem, moments, rounds, tolerance)
    return _solve_ridge(problem, moments, rounds, tolerance)


def _best_variance(squared_error: float, count: int) -> float:
    """argmin over v of n/2 log v + e / 2v + 2v, the noise variance under its half-normal prior."""
    return max((-count + sqrt(count * count + 16 * squared_error)) / 8, SMALLEST_VARIANCE)


def _noise_loss(variance: float, squared_error: float, count: int) -> float:
    return 0.5 * count * log(variance) + squared_error / (2 * variance) + 2 * variance


def _solve_ridge(problem: MapProblem, moments: _Moments, rounds: int, tolerance: float) -> MapFit:
    """Without Laplace terms one eigendecomposition serves every sigma, so a round costs O(p)."""
    scale = 1 / np.sqrt(problem.precision)
    values, vectors = eigh(moments.gram * np.outer(scale, scale), check_finite=False)
    values = np.maximum(values, 0)
    turned = vectors.T @ (moments.product * scale)
    variance, loss = max(moments.square / moments.count, 1e-8), np.inf
    weights = turned
    for _ in range(rounds):
        weights = turned / (values + variance)
        error = max(float(moments.square - 2 * weights @ turned + weights**2 @ values), SMALLEST_VARIANCE)
        variance = _best_variance(error, moments.count)
        before, loss = loss, _noise_loss(variance, error, moments.count) + 0.5 * float(weights @ weights)
        if abs(before - loss) < tolerance * max(1.0, abs(loss)):
            break
    return MapFit(scale * (vectors @ weights), sqrt(variance), loss)


def _solve_sparse(problem: MapProblem, moments: _Moments, rounds: int, tolerance: float) -> MapFit:
    """Majorise-minimise with a smoothed |d| whose smoothing shrinks every round."""
    diagonal = np.arange(len(problem.precision))
    spread = moments.square / moments.count - (float(problem.target.mean())) ** 2
    variance, loss, smoothing = max(spread, 1e-8), np.inf, SMOOTHING_FIRST
    weights = np.zeros(len(diagonal))
    for _ in range(rounds):
        bound = 1 / (problem.tau * np.sqrt(weights**2 + smoothing**2))
        system = moments.gram / variance
        system[diagonal, diagonal] += np.where(problem.sparse, bound, problem.precision) + 1e-12
        weights = _solve(system, moments.product / variance)
        error = moments.squared_error(weights)
        variance = _best_variance(error, moments.count)
        before, loss = loss, _noise_loss(variance, error, moments.count) + _prior_loss(problem, weights)
        if smoothing <= SMOOTHING_LAST and abs(before - loss) < tolerance * max(1.0, abs(loss)):
            break
        smoothing = max(smoothing * SMOOTHING_RATE, SMOOTHING_LAST)
    return MapFit(weights, sqrt(variance), loss)


def _solve(system: Floats, product: Floats) -> Floats:
    """A positive definite system by LAPACK directly: SciPy's wrappers cost more than the 30 x 30 solve."""
    _, weights, failed = dposv(system, product, lower=True, overwrite_a=False)
    return np.asarray(np.linalg.solve(system, product) if failed else weights, dtype=np.float64)


def _prior_loss(problem: MapProblem, weights: Floats) -> float:
    normal = np.where(problem.sparse, 0.0, problem.precision)
    return float(0.5 * (normal * weights**2).sum() + np.abs(weights[problem.sparse]).sum() / problem.tau)
