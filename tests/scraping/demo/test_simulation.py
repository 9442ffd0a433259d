"""Simulated prices move as real ones were measured to move, and a day is the same whenever computed."""

from datetime import date, timedelta

import numpy as np
import pytest

from scraping.demo.simulation import EPOCH, Simulation

FIRST, LAST = date(2024, 6, 1), date(2025, 11, 30)  # 18 months


def _changes(prices):
    """All relative changes, the share of days with one, the share of cuts undone within 60 days."""
    changes, days, cuts, undone = [], 0, 0, 0
    for column in prices.T:
        seen = column[~np.isnan(column)]
        days += len(seen) - 1
        for at in np.flatnonzero(np.diff(seen)) + 1:
            changes.append(seen[at] / seen[at - 1] - 1)
            if seen[at] < seen[at - 1]:
                cuts += 1
                undone += bool((np.abs(seen[at + 1 : at + 61] / seen[at - 1] - 1) < 1e-9).any())
    return np.array(changes), len(changes) / days, undone / cuts


def test_it_moves_as_measured_on_real_shelves():
    changes, share_of_days, undone = _changes(Simulation().prices(FIRST, LAST))
    assert share_of_days == pytest.approx(0.039, abs=0.004)
    assert np.median(np.abs(changes)) == pytest.approx(0.043, abs=0.006)
    assert undone == pytest.approx(0.33, abs=0.07)
    assert np.abs(changes).max() < 0.9


def test_a_day_is_the_same_whenever_and_in_whatever_order_it_is_asked():
    far, near = Simulation(), Simulation()
    far.prices(EPOCH, EPOCH + timedelta(days=1500))
    day = EPOCH + timedelta(days=300)
    for product in far.products:
        assert far.offer(product.asin, day) == near.offer(product.asin, day)


def test_another_seed_is_another_shop():
    a, b = (Simulation(seed=seed).prices(FIRST, LAST) for seed in (1, 2))
    assert not np.array_equal(a, b, equal_nan=True)


def test_list_prices_coupons_and_empty_shelves_happen_sometimes():
    simulation = Simulation()
    offers = [
        simulation.offer(product.asin, FIRST + timedelta(days=number))
        for product in simulation.products
        for number in range(0, 548, 3)
    ]
    assert 0.005 < np.mean([not offer.in_stock for offer in offers]) < 0.06
    assert 0.02 < np.mean([offer.coupon_percent > 0 for offer in offers]) < 0.10
    assert 0.2 < np.mean([offer.list_price is not None for offer in offers]) < 0.7
    assert all(offer.list_price is None or offer.list_price > offer.price for offer in offers)


def test_extra_virgin_costs_what_it_costs():
    simulation = Simulation()
    prices = simulation.prices(FIRST, LAST)
    per_litre = np.nanmedian(prices, axis=0) / [float(product.litres) for product in simulation.products]
    by_grade = {
        grade: np.median([x for x, p in zip(per_litre, simulation.products, strict=True) if p.grade == grade])
        for grade in ("extra_virgin", "olive", "pomace", "sunflower")
    }
    assert 5 < by_grade["extra_virgin"] < 11
    assert by_grade["extra_virgin"] > by_grade["olive"] > by_grade["pomace"] > by_grade["sunflower"] > 1


def test_before_the_shop_opened_there_is_no_price():
    with pytest.raises(ValueError, match="opened on 2024-01-01"):
        Simulation().offer("B0DEM00001", date(2023, 12, 31))
