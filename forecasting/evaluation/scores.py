"""How good forecasts were: errors relative to the last price, the whole distribution, and coverage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt

from forecasting.panel import Freq, Panel
from forecasting.quantiles import BAND_80, BAND_95, EDGE, crps
from forecasting.series import Bools, Floats

Figures = dict[str, float | int | None]
SEASON: dict[Freq, int] = {"daily": 7, "weekly": 1, "monthly": 12}
SMALLEST_SCALE = 0.005
LEAST_TO_TRIM = 20
Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Score:
    """Over steps 1..h of all scored cutoffs; errors weighed by the last price, coverage as a fraction.

    The trimmed figures leave out the 2 % of the series that moved furthest: one absurd series does not decide them.
    """

    n: int
    rel_mae: float | None
    mase: float | None
    crps_pct: float | None
    coverage_80: float | None
    coverage_95: float | None
    steps: int
    rel_mae_trimmed: float | None = None
    crps_pct_trimmed: float | None = None


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
    error, naive, spread_error = np.abs(truth - guess), np.abs(truth - 1), crps(truth, bands)
    unit = np.broadcast_to((scale / last)[..., None], seen.shape)[seen]
    kept = _without_the_wildest(np.nonzero(seen)[0], naive)
    return Score(
        n=len(truth),
        rel_mae=_ratio(error, naive),
        mase=float(np.mean(error / unit)),
        crps_pct=100 * float(spread_error.mean()),
        coverage_80=_coverage(truth, bands, BAND_80),
        coverage_95=_coverage(truth, bands, BAND_95),
        steps=steps,
        rel_mae_trimmed=_ratio(error[kept], naive[kept]),
        crps_pct_trimmed=100 * float(spread_error[kept].mean()),
    )


def scores(
    actual: Floats, last: Floats, scale: Floats, forecast: tuple[Floats, Floats], horizons: Mapping[str, int]
) -> dict[str, Figures]:
    """One score per horizon, from prices.

    actual and points [series, cutoffs, horizon], quantiles [..., 13], last and scale [series, cutoffs].
    """
    return {key: asdict(score(actual, last, scale, forecast, steps)) for key, steps in horizons.items()}


def _ratio(error: Floats, naive: Floats) -> float | None:
    """Errors relative to the last price's; None where no price moved by more than rounding."""
    total = float(naive.sum())
    return float(error.sum()) / total if total > EDGE else None


def _without_the_wildest(series: Places, naive: Floats) -> Bools:
    """Which outcomes [n] belong to series other than the 2 % whose prices moved furthest, at least one of twenty."""
    moved = np.bincount(series, weights=naive)
    known = np.unique(series)
    wildest = known[np.argsort(-moved[known], kind="stable")][: max(len(known) // 50, len(known) >= LEAST_TO_TRIM)]
    return ~np.isin(series, wildest)


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
