"""The forecast of a grade's index: the sum of its products' published forecasts, so that the two agree.

The path is bottom-up: the index moves by the mean log change of its products' medians, as the index itself is chained.
Its width is not the mean of their widths, which would take all products for one. It comes from how far such paths lay
from the index at past cutoffs, and is never narrower than the products' own distributions allow. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import NormalDist

import numpy as np

from forecasting.calibration.conformal import pooled_offsets
from forecasting.calibration.steadiness import still
from forecasting.forecasters.registry import SUM_OF_PRODUCTS
from forecasting.market.grade_index import GradeIndex
from forecasting.product_forecast import ForecastSkill, PastPaths, ProductForecast
from forecasting.quantiles import BAND_80, BAND_95, EDGE, LEVELS, MEDIAN, SMALLEST_MOVE, probability_below
from forecasting.series import Floats

# How much the errors of two products of a basket go together. Over 15 baskets of five public files of daily prices the
# errors of the sum at 30 days were those of correlations between .01 and .22, in the median .04. The bands were checked
# on the same files, so their coverage there is not out of sample in this one number.
CORRELATION = 0.04
# Of the products with a current price, how many need a forecast: the rest of a basket is not what the index is of.
LEAST_SHARE = 0.5
# Past cutoffs with fewer products than this share of the fullest one are left out.
LEAST_PAST = 0.5
NORMAL = np.array([NormalDist().inv_cdf(level) for level in LEVELS.tolist()])
WEIGHTS = np.diff(np.concatenate([[0.0], (LEVELS[1:] + LEVELS[:-1]) / 2, [1.0]]))  # of the levels in a mean


@dataclass(frozen=True, slots=True, eq=False)
class IndexInputs:
    """An index and what was published of its products.

    `moves` [products, horizon, 13] are the products' quantiles on the days after `cutoff`, as logs relative to their
    last prices; `past` has the paths of products of this index alone. Days of the index after the cutoff are not read.
    """

    key: str
    index: GradeIndex
    cutoff: date
    moves: Floats
    past: PastPaths


@dataclass(frozen=True, slots=True, eq=False)
class _Basket:
    """The bottom-up path and its own width [horizon], and past errors of such paths [cutoffs, horizon], in logs."""

    inputs: IndexInputs
    path: Floats
    width: Floats
    days: tuple[date, ...]
    changes: Floats
    errors: Floats


def index_forecasts(baskets: Sequence[IndexInputs]) -> list[ProductForecast]:
    """The forecast of each index, in the order given; the widths rest on the past errors of all of them together."""
    known = [_basket(inputs) for inputs in baskets]
    return [_forecast(basket, known) for basket in known]


def bottom_up(medians: Floats) -> Floats:
    """The path of an index [horizon] from those of its products [products, horizon], all in logs: their mean."""
    return np.asarray(medians.mean(axis=0))


def own_width(moves: Floats) -> Floats:
    """How far the index may stray from the path by its products' distributions alone [horizon], as one sigma in logs.

    moves [products, horizon, 13]. Their deviations from their medians correlate by `CORRELATION`; where they lean to
    one side (promotions), so does the index.
    """
    apart = moves - moves[..., MEDIAN, None]
    lean = apart @ WEIGHTS
    sigma = np.sqrt(np.maximum(apart**2 @ WEIGHTS - lean**2, 0.0))
    together, alone = sigma.mean(axis=0) ** 2, (sigma**2).mean(axis=0) / len(moves)
    variance = alone + CORRELATION * np.maximum(together - alone, 0.0) + lean.mean(axis=0) ** 2
    return np.asarray(np.maximum(np.sqrt(variance), SMALLEST_MOVE))


def _basket(inputs: IndexInputs) -> _Basket:
    horizon = inputs.moves.shape[1]
    index, past = inputs.index.until(inputs.cutoff), inputs.past
    counts = past.known().sum(axis=1)
    rows = np.flatnonzero(counts >= max(1, LEAST_PAST * counts.max(initial=0)))
    days = tuple(past.days[row] for row in rows)
    paths = [bottom_up(past.paths[row][past.known()[row]][:, :horizon]) for row in rows]
    empty = np.empty((0, horizon))
    changes = np.array([index.changes_since(day, horizon) for day in days]) if days else empty
    return _Basket(
        inputs=inputs,
        path=bottom_up(inputs.moves[..., MEDIAN]),
        width=own_width(inputs.moves),
        days=days,
        changes=changes,
        errors=np.log(changes) - np.array(paths) if days else empty,
    )


def _forecast(basket: _Basket, known: Sequence[_Basket]) -> ProductForecast:
    inputs, cutoff = basket.inputs, basket.inputs.cutoff
    last = inputs.index.level(cutoff)
    quantiles = last * np.exp(basket.path[:, None] + _offsets(basket, known, cutoff))
    return ProductForecast(
        key=inputs.key,
        cutoff=cutoff,
        last_price=last,
        levels=tuple(LEVELS.tolist()),
        quantiles=quantiles,
        point=quantiles[:, MEDIAN],
        method=SUM_OF_PRODUCTS,
        skill=_skill(basket, known, float(probability_below(quantiles[-1], np.asarray(last)))),
    )


def _offsets(basket: _Basket, known: Sequence[_Basket], today: date) -> Floats:
    """Log offsets [horizon, 13] around the path, by the errors that were known on a day: in order, the median at 0.

    Errors of all baskets count as multiples of each basket's own width. So those of the first days, of which there are
    too few, can be taken from the next ones.
    """
    multiples = pooled_offsets(np.concatenate([_seen_by(today, one) / one.width for one in known]))
    enough = np.flatnonzero(multiples.any(axis=1))
    if enough.size:
        multiples[: enough[0]] = multiples[enough[0]]
    learned = still(basket.width[:, None] * multiples)
    floor = basket.width[:, None] * NORMAL
    wider = np.where(NORMAL < 0, np.minimum(learned, floor), np.maximum(learned, floor))
    return np.where(NORMAL == 0, 0.0, wider)


def _seen_by(today: date, basket: _Basket) -> Floats:
    """Errors [cutoffs, horizon], nan on days after `today`."""
    horizon = np.arange(1, basket.errors.shape[1] + 1)
    over = np.array([(today - day).days for day in basket.days]).reshape(-1, 1)
    return np.where(horizon <= over, basket.errors, np.nan)


def _skill(basket: _Basket, known: Sequence[_Basket], probability_of_drop: float) -> ForecastSkill:
    """How good such paths were at past cutoffs, and how often the index stayed in the bands of then."""
    seen = np.isfinite(basket.errors)
    days = int(basket.errors.shape[1])
    if not seen.any():
        return ForecastSkill(days=days, probability_of_drop=probability_of_drop)
    naive = float(np.abs(basket.changes[seen] - 1).sum())
    error = float((basket.changes * np.abs(1 - np.exp(-basket.errors)))[seen].sum())
    bands = np.array([_offsets(basket, known, day) for day in basket.days])[seen]
    inside_80, inside_95 = (
        float(((basket.errors[seen] >= bands[:, low] - EDGE) & (basket.errors[seen] <= bands[:, high] + EDGE)).mean())
        for low, high in (BAND_80, BAND_95)
    )
    return ForecastSkill(days, error / naive if naive > EDGE else None, inside_80, inside_95, probability_of_drop)
