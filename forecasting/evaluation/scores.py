"""How good forecasts were: errors relative to the last price, the whole distribution, and coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np

from forecasting.panel import Freq, Panel
from forecasting.quantiles import BAND_80, BAND_95, EDGE, crps
from forecasting.series import Floats

SEASON: dict[Freq, int] = {"daily": 7, "weekly": 1, "monthly": 12}
SMALLEST_SCALE = 0.005


@dataclass(frozen=True, slots=True)
class Score:
    """Over steps 1..h of all scored cutoffs; errors weighed by the last price, coverage as a fraction."""

    n: int
    rel_mae: float | None
    mase: float | None
    crps_pct: float | None
    coverage_80: float | None
    coverage_95: float | None
    steps: int


def score(actual: Floats, last: Floats, scale: Floats, forecast: tuple[Floats, Floats], steps: int) -> Score:
    """Score forecast = (points [..., horizon], quantiles [..., horizon, 13]) over the first `steps`.

    actual [..., horizon] is nan where no price was seen; last and scale [...] are the price at the cutoff and
    the mean absolute one-season difference before it. rel_mae is None where no price ever moved,
    everything where none was seen.
    """
    truth = actual[..., :steps] / last[..., None]
    points, spread = forecast[0][..., :steps], forecast[1][..., :steps, :]
    seen = np.isfinite(truth)
    if not seen.any():
        return Score(0, None, None, None, None, None, steps)
    truth = truth[seen]
    guess = (points / last[..., None])[seen]
    bands = (spread / last[..., None, None])[seen]
    error, naive = np.abs(truth - guess), np.abs(truth - 1)
    unit = np.broadcast_to((scale / last)[..., None], seen.shape)[seen]
    return Score(
        n=len(truth),
        rel_mae=float(error.sum() / naive.sum()) if naive.sum() > 0 else None,
        mase=float(np.mean(error / unit)),
        crps_pct=100 * float(crps(truth, bands).mean()),
        coverage_80=_coverage(truth, bands, BAND_80),
        coverage_95=_coverage(truth, bands, BAND_95),
        steps=steps,
    )


def scores(
    actual: Floats, last: Floats, scale: Floats, forecast: tuple[Floats, Floats], horizons: Mapping[str, int]
) -> dict[str, dict[str, float | int | None]]:
    """One score per horizon, from prices.

    actual and points [series, cutoffs, horizon], quantiles [..., 13], last and scale [series, cutoffs].
    """
    return {key: asdict(score(actual, last, scale, forecast, steps)) for key, steps in horizons.items()}


def _coverage(truth: Floats, bands: Floats, band: tuple[int, int]) -> float:
    low, high = band
    inside = (truth >= bands[:, low] - EDGE) & (truth <= bands[:, high] + EDGE)
    return float(inside.mean())


def naive_scale(known: Panel) -> Floats:
    """MASE's unit [series]: mean absolute one-season difference so far, at least half a per cent of the price."""
    season = SEASON[known.freq]
    prices = known.prices
    change = np.abs(prices[:, season:] - prices[:, :-season])
    count = np.isfinite(change).sum(axis=1)
    mean = np.where(count > 0, np.nansum(change, axis=1) / np.maximum(count, 1), 0.0)
    return np.asarray(np.fmax(mean, SMALLEST_SCALE * prices[:, -1]))
