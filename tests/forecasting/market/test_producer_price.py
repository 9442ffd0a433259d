"""The producer price: known late, learned from the past alone, and believed only where the gate has seen it pay."""

from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from forecasting.features.feature_table import features_of
from forecasting.forecast_context import ForecastContext
from forecasting.forecasters.base import History, history_at
from forecasting.forecasters.producer_price_pass_through import ProducerPricePassThrough
from forecasting.market.producer_price import LONGEST_SILENCE, PUBLICATION_LAG, producer_price_changes
from forecasting.panel import Panel
from forecasting.pipeline import cross_validate_catalogue, forecast_catalogue
from forecasting.series import Series
from tests.forecasting.conftest import START
from tests.forecasting.test_pipeline import catalogue_of

DAYS, LEAD, DELAY, PASSED = 400, 120, 30, 0.6


def market(seed: int = 0) -> Series:
    """A producer price that drifts for weeks on end, from four months before the shelves."""
    rng = np.random.default_rng(seed)
    drift = np.repeat(rng.normal(0, 0.004, (DAYS + LEAD) // 20 + 1), 20)[: DAYS + LEAD]
    return Series(
        "origin", START - timedelta(days=LEAD), 4 * np.exp(np.cumsum(drift)), np.ones(DAYS + LEAD, dtype=bool)
    )


def following(producer_price: Series, series: int = 8) -> Panel:
    """Shelves that take over 60 % of what the farm gate did a month ago, product by product on another weekday."""
    logs = np.log(producer_price.prices)
    rows = []
    for row in range(series):
        result = PASSED * logs[LEAD - DELAY : LEAD - DELAY + DAYS]
        places = np.arange(DAYS) // 7 * 7 + row % 7
        rows.append((5 + row) * np.exp(result[np.clip(places - 7, 0, DAYS - 1)]))
    prices = np.array(rows)
    return Panel(
        tuple(f"oil-{row}" for row in range(series)), START, "daily", prices, np.ones(prices.shape, dtype=bool)
    )


def past_of(panel: Panel, step: int) -> History:
    return history_at(panel, features_of(panel), step)


def with_producer_price(panel: Panel, producer_price: Series) -> Panel:
    return replace(panel, producer_price=producer_price_changes(producer_price, panel.start, panel.steps))


def path_of(panel: Panel, step: int) -> np.ndarray:
    """The prices it expects [series, 30]."""
    moves = ProducerPricePassThrough().path(panel.until(step), 30)
    assert moves is not None
    return panel.prices[:, step][:, None] * np.exp(moves)


def test_a_quotation_is_known_a_week_after_its_day_and_not_before() -> None:
    """Seven days, whatever the constant says: learning sooner would be learning from the future."""
    jumped = LEAD + 150
    prices = np.where(np.arange(DAYS + LEAD) < jumped, 4.0, 5.0)
    producer_price = Series("origin", START - timedelta(days=LEAD), prices, np.ones(DAYS + LEAD, dtype=bool))
    newest = producer_price_changes(producer_price, START, DAYS)[:, 0]
    assert np.flatnonzero(newest > 0)[0] == 150 + 7


def test_it_follows_what_shelves_took_over_before() -> None:
    panel = with_producer_price(following(market()), market())
    errors, naive = [], []
    for step in range(200, DAYS - 31, 20):
        path = path_of(panel, step)
        last, truth = panel.prices[:, step][:, None], panel.prices[:, step + 1 : step + 31]
        errors.append(np.abs(path - truth).mean())
        naive.append(np.abs(last - truth).mean())
    assert np.mean(errors) < 0.7 * np.mean(naive)


def test_the_gate_takes_it_where_it_pays_and_leaves_it_where_it_does_not() -> None:
    shelves = catalogue_of(following(market()))
    assert _chosen(shelves, market()) == "origin_pass_through"
    assert _chosen(shelves, market(seed=5)) != "origin_pass_through"
    assert _chosen(shelves, None) != "origin_pass_through"


def _chosen(catalogue: list[Series], producer_price: Series | None) -> str:
    known = ForecastContext(producer_price=producer_price)
    return str(forecast_catalogue(catalogue, known=known).learned["chosen"]["shift"])


def test_a_quotation_counts_from_a_week_later_and_not_for_ever() -> None:
    prices = np.full(200, 4.0)
    prices[150:] = 5.0
    producer_price = Series("origin", START, prices, np.ones(200, dtype=bool))
    known = producer_price_changes(producer_price, START, 300)
    assert np.isnan(known[91 + PUBLICATION_LAG - 1, 2])
    assert np.isfinite(known[91 + PUBLICATION_LAG]).all()
    assert known[150 + PUBLICATION_LAG - 1, 0] == 0
    assert known[150 + PUBLICATION_LAG, 0] == pytest.approx(np.log(5 / 4))
    last_known = 199 + PUBLICATION_LAG + LONGEST_SILENCE
    assert np.isfinite(known[last_known, 0])
    assert np.isnan(known[last_known + 1, 0])


def test_later_quotations_and_shelves_change_nothing() -> None:
    producer_price = market()
    panel = following(producer_price)
    step = 250
    later = producer_price.prices.copy()
    later[LEAD + step - PUBLICATION_LAG + 1 :] *= 3
    honest = path_of(with_producer_price(panel, producer_price), step)
    prices = panel.prices.copy()
    prices[:, step + 1 :] *= 2
    changed = with_producer_price(replace(panel, prices=prices), replace(producer_price, prices=later))
    np.testing.assert_array_equal(honest, path_of(changed, step))


def test_no_opinion_without_quotations_or_time_to_learn() -> None:
    panel = following(market())
    producer_price = market()
    long_ago = Series("origin", date(2020, 1, 1), np.full(100, 4.0), np.ones(100, dtype=bool))
    assert ProducerPricePassThrough().path(panel.until(300), 30) is None
    for silent, step in ((long_ago, 300), (producer_price, 40)):
        np.testing.assert_array_equal(
            path_of(with_producer_price(panel, silent), step), np.repeat(panel.prices[:, step][:, None], 30, axis=1)
        )


def test_an_origin_that_stands_still_moves_nothing() -> None:
    panel = following(market())
    still = replace(market(), prices=np.full(DAYS + LEAD, 4.0))
    path = path_of(with_producer_price(panel, still), 300)
    np.testing.assert_allclose(path, np.repeat(panel.prices[:, 300][:, None], 30, axis=1))


def test_parts_cross_validated_elsewhere_know_the_producer_price_too() -> None:
    shelves, producer_price = catalogue_of(following(market(), 4)), market()
    known = ForecastContext(producer_price=producer_price)
    parts = [cross_validate_catalogue(shelves, known=known, share=share, of=2) for share in range(2)]
    made = forecast_catalogue(shelves, known=known, validations=[part for part in parts if part])
    whole = forecast_catalogue(shelves, known=known)
    assert made.learned["chosen"] == whole.learned["chosen"]
