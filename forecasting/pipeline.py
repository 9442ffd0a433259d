"""The entry point: a catalogue of price histories in, calibrated forecasts and advice out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np

from forecasting.assemble import assemble
from forecasting.candidates.candidates import Candidates
from forecasting.candidates.part import CandidatesPart, part_of
from forecasting.evaluation.backtest_window import join, with_taxes
from forecasting.evaluation.cross_validation import CrossValidation, cross_validate, prepare
from forecasting.evaluation.leaderboard import Row, leaderboard
from forecasting.evaluation.track_record import track_record
from forecasting.features.unit_change import UnitChange, in_one_unit
from forecasting.forecast_context import ForecastContext
from forecasting.forecasters.base import Forecaster
from forecasting.market.producer_price import producer_price_changes
from forecasting.market.tax_steps import TaxSteps, taxed_savings
from forecasting.note_codes import NoteCode, note
from forecasting.panel import Panel, horizon_parts, panel_of
from forecasting.peers import with_peers
from forecasting.policy.advice_days import ADVICE_DAYS
from forecasting.product_forecast import CatalogueForecast, PastPaths, ProductForecast
from forecasting.selection.propose import MOST_TRAIN, spread
from forecasting.selection.publish import publish
from forecasting.serialization.artefact_content import fitted_values, learned_values
from forecasting.series import Series

LEAST_OBSERVED = 14
LONGEST_HORIZON = 365  # days
MOST_DAYS = 1_200
# Past cutoffs to learn from (how many, days apart): weekly on a young catalogue, monthly on an old one.
YOUNG_DAYS, WHEN_YOUNG, WHEN_OLD, FIRST_CUTOFF = 250, (8, 7), (6, 30), 20
# Pooled training rows need no more products than this; forecasts are made for all.
MOST_VALIDATED = 300


def forecast_catalogue(
    catalogue: Sequence[Series],
    *,
    horizon: int = 30,
    validations: Sequence[CandidatesPart] | None = None,
    proposal: CandidatesPart | None = None,
    known: ForecastContext | None = None,
    keys: Collection[str] | None = None,
) -> CatalogueForecast:
    """Forecast every series of a shop together, or those of the `keys`, `horizon` days from the latest day of any.

    Pass series that end on the same day (`daily_series(..., until=today)`); where only some are forecast, pass those
    that were cross-validated too. Past cutoffs are cross-validated here and
    today's candidates made here, unless `validations` by `cross_validate_catalogue` or the `proposal` of
    `propose_catalogue` were made elsewhere in the same context. Deterministic: the same catalogue and
    context give the same answer. Raises ValueError for a horizon outside 1..365.
    """
    _refuse_horizon(horizon)
    known = known or ForecastContext()
    catalogue, changes = in_one_unit(catalogue)
    refused, panel = _usable(catalogue, known.producer_price)
    refused |= {key: f"{refused[key]} {change.note}" for key, change in changes.items() if key in refused}
    refused = {key: reason for key, reason in refused.items() if keys is None or key in keys}
    rows = _rows_of(panel, keys)
    if not rows:
        return CatalogueForecast({}, refused, {}, {})
    validations, proposal = _complete(_all_series(panel, horizon, known, rows), panel, validations, proposal)
    windows, own = join(validations, panel, horizon, known.taxes), _chosen(panel, rows)
    record = track_record(windows, advice_days=ADVICE_DAYS, least_observed=LEAST_OBSERVED)
    current = replace(proposal.candidates[0], cutoff=own.steps - 1)
    published = with_taxes(publish(current, windows.record(current.cutoff), own.freq), own, known.taxes)
    current = _with_taxes(current, own, known.taxes)
    forecasts = (assemble(own, row, current, published, record, known) for row in range(len(own)))
    products = {forecast.key: _noted(forecast, changes) for forecast in forecasts}
    learned = learned_values(own, proposal.fitted, published, record.scores)
    past = record.scored.past_paths(windows.seen) if record.scored else PastPaths()
    return CatalogueForecast(products, refused, record.scores, learned, past)


def cross_validate_catalogue(
    catalogue: Sequence[Series],
    *,
    horizon: int = 30,
    share: int = 0,
    of: int = 1,
    known: ForecastContext | None = None,
) -> CandidatesPart | None:
    """Cross-validate the past cutoffs number share, share + of, share + 2 of, ...; None if there are none.

    The parts of all shares together are what `forecast_catalogue` would make by itself in the same context.
    """
    _refuse_horizon(horizon)
    known = known or ForecastContext()
    _, panel = _usable(in_one_unit(catalogue)[0], known.producer_price)
    cutoffs = past_cutoffs(panel)[share::of] if len(panel) else ()
    train = panel.only(spread(len(panel), MOST_TRAIN)) if cutoffs else panel
    return _cross_validate(_all_series(train, horizon, known), panel, cutoffs) if cutoffs else None


def propose_catalogue(
    catalogue: Sequence[Series],
    *,
    horizon: int = 30,
    known: ForecastContext | None = None,
    keys: Collection[str] | None = None,
    learn: Collection[str] | None = None,
) -> CandidatesPart | None:
    """Every candidate forecast from today, of every series (of the `keys`) that can be forecast; None if there is none.

    All series are learned from (or those of the keys in `learn`), whichever are forecast. `forecast_catalogue` chooses
    among the candidates by the past; the two run independently.
    """
    _refuse_horizon(horizon)
    known = known or ForecastContext()
    _, panel = _usable(in_one_unit(catalogue)[0], known.producer_price)
    rows, train = _rows_of(panel, keys), _rows_of(panel, learn)
    chosen = tuple(train[place] for place in spread(len(train), MOST_TRAIN))
    return _propose(replace(_all_series(panel, horizon, known, rows), learn=chosen)) if rows else None


def compare_forecasters(
    catalogue: Sequence[Series],
    *,
    horizon: int = 30,
    validations: Sequence[CandidatesPart] | None = None,
    known: ForecastContext | None = None,
    forecasters: Sequence[Forecaster],
) -> dict[str, dict[str, Row]]:
    """The leaderboard of these forecasters over the catalogue's past cutoffs: see `evaluation.leaderboard`."""
    _refuse_horizon(horizon)
    known = known or ForecastContext()
    _, panel = _usable(in_one_unit(catalogue)[0], known.producer_price)
    if not len(panel):
        return {}
    if validations is None:
        validations = [_cross_validate(_all_series(panel, horizon, known), panel, past_cutoffs(panel))]
    windows = join(validations, panel, horizon, known.taxes)
    horizons = {str(part.stop): part.stop for part in horizon_parts(panel.freq, horizon)}
    return leaderboard(windows, forecasters, horizons, least_observed=LEAST_OBSERVED)


def _with_taxes(current: Candidates, panel: Panel, taxes: TaxSteps) -> Candidates:
    """Expected savings of who waits past the day of an announced tax."""
    savings = {days: taxed_savings(saving, panel, taxes, days) for days, saving in current.savings.items()}
    return replace(current, savings=savings)


def _complete(
    all_series: CrossValidation,
    panel: Panel,
    validations: Sequence[CandidatesPart] | None,
    proposal: CandidatesPart | None,
) -> tuple[Sequence[CandidatesPart], CandidatesPart]:
    """The cross-validations and the proposal that others made, and what of them nobody made yet."""
    if proposal is not None and not _fits(proposal, _chosen(panel, all_series.rows)):
        proposal = None
    if validations is None:
        validations = [_cross_validate(all_series, panel, past_cutoffs(panel))]
    return validations, proposal or _propose(all_series)


def _propose(all_series: CrossValidation) -> CandidatesPart:
    current = all_series.today()
    return part_of(_chosen(all_series.panel, all_series.rows), [current], fitted_values(current))


def _fits(proposal: CandidatesPart, panel: Panel) -> bool:
    """Whether it is of these series and today: not where one came, went or got another price since it was made."""
    same = proposal.keys == panel.keys and proposal.days == (panel.day(panel.steps - 1),)
    return same and np.array_equal(proposal.candidates[0].last, panel.prices[:, -1])


def _cross_validate(all_series: CrossValidation, panel: Panel, cutoffs: Sequence[int]) -> CandidatesPart:
    """Train on at most 400 of the series, and cross-validate at most 300 of the own at these cutoffs of their panel."""
    train = all_series.only(spread(len(all_series.panel), MOST_TRAIN))
    rows = spread(len(train.panel) - train.peers, MOST_VALIDATED)
    earlier = train.panel.steps - panel.steps  # peers may have been known for longer
    candidates = cross_validate(replace(train, rows=tuple(rows)), [cutoff + earlier for cutoff in cutoffs])
    return part_of(train.panel.only(rows), candidates)


def _refuse_horizon(horizon: int) -> None:
    if not 1 <= horizon <= LONGEST_HORIZON:
        raise ValueError(f"horizon must be 1..{LONGEST_HORIZON} days, not {horizon}")


def _usable(catalogue: Sequence[Series], producer_price: Series | None) -> tuple[dict[str, str], Panel]:
    refused = refusals(catalogue)
    panel = _recent(panel_of([series for series in catalogue if series.key not in refused]))
    return refused, _beside(panel, producer_price)


def _beside(panel: Panel, producer_price: Series | None) -> Panel:
    if producer_price is None or not len(panel):
        return panel
    return replace(panel, producer_price=producer_price_changes(producer_price, panel.start, panel.steps))


def _all_series(
    panel: Panel, horizon: int, known: ForecastContext, rows: Sequence[int] | None = None
) -> CrossValidation:
    """The series of the panel, of which the rows are forecast, and behind them the peers that fill them up to 400."""
    both = with_peers(panel, known.peers, most=MOST_TRAIN) if known.peers else panel
    pooled = panel if both is panel else _beside(_recent(both), known.producer_price)
    return prepare(
        pooled,
        horizon,
        rows,
        deadlines=(ADVICE_DAYS,),
        taxes=known.taxes,
        contenders=known.contenders,
        peers=len(pooled) - len(panel),
    )


def _rows_of(panel: Panel, keys: Collection[str] | None) -> list[int]:
    """Where the series of these keys stand, of all without keys."""
    return [row for row, key in enumerate(panel.keys) if keys is None or key in keys]


def _chosen(panel: Panel, rows: Sequence[int]) -> Panel:
    return panel if len(rows) == len(panel) else panel.only(rows)


def refusals(catalogue: Sequence[Series]) -> dict[str, str]:
    """Why series cannot be forecast yet, by key: notes as they are stored."""
    latest = max((series.end for series in catalogue), default=None)
    reasons: dict[str, str] = {}
    for series in catalogue:
        observed = int(series.observed.sum())
        if observed < LEAST_OBSERVED:
            reasons[series.key] = note(NoteCode.FEW_DAYS, observed, LEAST_OBSERVED)
        elif series.end != latest or np.isnan(series.prices[-1]):
            reasons[series.key] = note(NoteCode.NO_CURRENT_PRICE, latest)
    return reasons


def _recent(panel: Panel) -> Panel:
    """The last 1,200 days: no forecaster looks further back than three years."""
    cut = max(0, panel.steps - MOST_DAYS)
    return replace(panel, start=panel.day(cut), prices=panel.prices[:, cut:], observed=panel.observed[:, cut:])


def past_cutoffs(panel: Panel) -> tuple[int, ...]:
    """The steps to cross-validate at, oldest first: weekly while the catalogue is young, then monthly."""
    count, stride = WHEN_YOUNG if panel.steps < YOUNG_DAYS else WHEN_OLD
    back = range(panel.steps - 1 - stride * count, panel.steps - 1, stride)
    return tuple(cutoff for cutoff in back if cutoff >= FIRST_CUTOFF)


def _noted(forecast: ProductForecast, changes: Mapping[str, UnitChange]) -> ProductForecast:
    """The forecast with a note where the series changed its unit on the way."""
    change = changes.get(forecast.key)
    if change is None:
        return forecast
    notes = (change.note, *forecast.skill.notes)
    return replace(forecast, skill=replace(forecast.skill, notes=notes))
