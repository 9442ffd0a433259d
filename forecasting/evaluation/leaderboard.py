"""Forecasters side by side at the same past cutoffs, with error bars: who beats the last price, and by how much.

Every forecaster is asked at each cutoff with what was known then. The error bar is a paired block bootstrap over
cutoffs (Kuensch 1989): a block is as long as the horizon, because neighbouring cutoffs share their days. `dm` is the
p-value of Diebold and Mariano (1995) with the correction of Harvey, Leybourne and Newbold (1997), against the last
price's CRPS.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt
from scipy.special import stdtr

from forecasting.candidates.published import Published
from forecasting.evaluation.backtest_window import BacktestWindows, with_taxes
from forecasting.evaluation.cross_validation import prepare
from forecasting.evaluation.scored_windows import ScoredWindows, score_windows
from forecasting.forecasters.base import Forecaster, history_at
from forecasting.forecasters.last_price import LAST_PRICE
from forecasting.forecasters.registry import PUBLISHED
from forecasting.quantiles import BAND_80, BAND_95, EDGE, MEDIAN, crps
from forecasting.selection.propose import MOST_TRAIN, spread
from forecasting.series import Bools, Floats

MOST_SERIES = 60  # every forecaster is fitted on them at every cutoff: more take longer and say little more
REPEATS, SEED, LEVEL = 1_000, 1, 0.95
LEAST_BLOCKS = 3  # fewer independent stretches of time give no error bar
Row = dict[str, float | int | list[float] | None]
Rows = npt.NDArray[np.int64]


def leaderboard(
    windows: BacktestWindows,
    forecasters: Sequence[Forecaster],
    horizons: Mapping[str, int],
    *,
    least_observed: int,
    cutoffs: Sequence[int] = (),
) -> dict[str, dict[str, Row]]:
    """Figures by forecaster and horizon, of at most 60 of the windows' series; all cutoffs unless some are named.

    `horizons` gives the steps by the name they are reported under. Figures are relative to the last price with pooled
    conformal intervals: below 1 is better.
    """
    chosen = tuple(cutoffs) or tuple(one.cutoff for one in windows.candidates)
    if not chosen or not len(windows.seen):
        return {}
    scored = score_windows(windows, chosen, least_observed=least_observed)
    rows = np.linspace(0, len(windows.seen) - 1, min(len(windows.seen), MOST_SERIES)).round().astype(int)
    distributions = {
        PUBLISHED: scored.quantiles[rows],
        **{one.name: _quantiles(one, windows, scored, rows) for one in forecasters},
    }
    forecasts = {
        LAST_PRICE: (scored.naive[rows], scored.reference[rows]),
        **{name: (quantiles[..., MEDIAN], quantiles) for name, quantiles in distributions.items()},
    }
    return {
        name: {key: figures_of(scored, rows, forecast, steps) for key, steps in horizons.items()}
        for name, forecast in forecasts.items()
    }


def figures_of(scored: ScoredWindows, rows: Rows, forecast: tuple[Floats, Floats], steps: int) -> Row:
    """One forecaster's figures over steps 1..`steps`, from its points and quantiles [rows, cutoffs, horizon(, 13)]."""
    last = scored.last[rows][:, :, None]
    truth = scored.actual[rows][..., :steps] / last
    own, reference = (values[..., :steps, :] / last[..., None] for values in (forecast[1], scored.reference[rows]))
    seen = np.isfinite(truth)
    errors = _by_cutoff(np.abs(truth - forecast[0][..., :steps] / last), seen), _by_cutoff(np.abs(truth - 1), seen)
    losses = _by_cutoff(crps(truth, own), seen), _by_cutoff(crps(truth, reference), seen)
    count = seen.sum(axis=(0, 2))
    n = int(count.sum())
    if not n:
        return {"n": 0, "cutoffs": 0}
    due = count > 0
    stride = int(np.diff(scored.cutoffs).min()) if len(scored.cutoffs) > 1 else steps
    block = max(1, round(steps / stride))
    inside = [_inside(truth, own, band)[seen].mean() for band in (BAND_80, BAND_95)]
    return {
        "n": n,
        "cutoffs": int(due.sum()),
        "rel_mae": _ratio(*errors),
        "rel_mae_95": _error_bar(errors[0][due], errors[1][due], block),
        "rel_crps": _ratio(*losses),
        "rel_crps_95": _error_bar(losses[0][due], losses[1][due], block),
        "dm": diebold_mariano(losses[0][due] / count[due], losses[1][due] / count[due], block),
        "crps_pct": 100 * float(losses[0].sum()) / n,
        "coverage_80": float(inside[0]),
        "coverage_95": float(inside[1]),
    }


def diebold_mariano(own: Floats, other: Floats, block: int) -> float | None:
    """The two-sided p-value that two losses [cutoffs] are alike, neighbours within a block correlated; None if few."""
    difference = own - other
    count = len(difference)
    if count // block < LEAST_BLOCKS or np.ptp(difference) == 0:
        return None
    centred = difference - difference.mean()
    spread = float(centred @ centred) / count
    spread += sum(2 * float(centred[lag:] @ centred[:-lag]) / count for lag in range(1, block))
    if spread <= 0:
        return None
    correction = (count + 1 - 2 * block + block * (block - 1) / count) / count
    statistic = difference.mean() / np.sqrt(spread / count) * np.sqrt(max(correction, 0.0))
    return float(2 * stdtr(count - 1, -abs(statistic)))


def _quantiles(forecaster: Forecaster, windows: BacktestWindows, scored: ScoredWindows, rows: Rows) -> Floats:
    """Its prices at every cutoff [rows, cutoffs, horizon, 13]; the reference's where it has no opinion.

    Taxes that had been announced are applied to all alike: what is compared is who reads the prices better.
    """
    prepared = prepare(windows.seen, windows.horizon, taxes=windows.taxes)
    answers = []
    for place, cutoff in enumerate(scored.cutoffs):
        whole = prepared.whole(cutoff)
        past = history_at(whole.panel, whole.features, cutoff)
        train = past.only(spread(len(past.panel), MOST_TRAIN))
        offsets = forecaster.quantiles(train, past.only(rows.tolist()), windows.horizon)
        prices = scored.last[rows, place][:, None, None] * np.exp(offsets)
        known = windows.seen.until(cutoff).only(rows.tolist())
        taxed = with_taxes(Published(cutoff, scored.last[rows, place], prices, {}), known, windows.taxes)
        answers.append(np.where(np.isfinite(prices), taxed.quantiles, scored.reference[rows, place]))
    return np.stack(answers, axis=1)


def _by_cutoff(values: Floats, seen: Bools) -> Floats:
    """Sums over series and steps of what was seen [cutoffs]."""
    return np.asarray(np.where(seen, values, 0.0).sum(axis=(0, 2)))


def _inside(truth: Floats, own: Floats, band: tuple[int, int]) -> Floats:
    low, high = band
    return np.asarray((truth >= own[..., low] - EDGE) & (truth <= own[..., high] + EDGE))


def _ratio(own: Floats, other: Floats) -> float | None:
    return float(own.sum() / other.sum()) if other.sum() > EDGE else None


def _error_bar(own: Floats, other: Floats, block: int) -> list[float] | None:
    """The 95 % interval of the ratio of sums, resampling blocks of neighbouring cutoffs; None with too few of them."""
    count = len(own)
    if count // block < LEAST_BLOCKS or other.sum() <= EDGE:
        return None
    draw = np.random.default_rng(SEED)
    first = draw.integers(0, count - block + 1, (REPEATS, -(-count // block)))
    places = (first[:, :, None] + np.arange(block)).reshape(REPEATS, -1)[:, :count]
    total = other[places].sum(axis=1)
    ratios = own[places].sum(axis=1) / np.where(total > EDGE, total, np.nan)
    tail = 100 * (1 - LEVEL) / 2
    low, high = np.nanpercentile(ratios, [tail, 100 - tail])
    return [float(low), float(high)]
