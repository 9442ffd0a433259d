"""A product's own record counts for as much as there is of it."""

import numpy as np
import pytest

from forecasting.evaluation.skill import skill_of

OUTCOMES = 100


def test_a_hundred_outcomes_count_a_third_beside_the_catalogues() -> None:
    """Prices rose by two fifths; one product's forecasts erred by a tenth within their bands, another's by three."""
    actual = np.full((2, 1, OUTCOMES), 14.0)
    points = np.array([13.0, 11.0])[:, None, None] * np.ones_like(actual)
    spread = points[..., None] + np.linspace(-2, 2, 13)
    skill = skill_of(actual, np.full((2, 1), 10.0), points, spread)
    assert skill is not None
    assert skill.outcomes == 2 * OUTCOMES
    np.testing.assert_allclose(skill.relative_error, [(0.1 + 2 * 0.2) / 3 / 0.4, (0.3 + 2 * 0.2) / 3 / 0.4])
    np.testing.assert_allclose(skill.coverage_80, [2 / 3, 1 / 3])
    np.testing.assert_allclose(skill.coverage_95, [2 / 3, 1 / 3])


def test_where_nothing_moved_and_nothing_was_forecast_to_the_error_is_the_last_prices() -> None:
    still = np.full((1, 1, OUTCOMES), 10.0)
    skill = skill_of(still, np.full((1, 1), 10.0), still, np.repeat(still[..., None], 13, axis=-1))
    assert skill is not None
    assert skill.relative_error == pytest.approx([1.0])
    assert skill_of(np.full_like(still, np.nan), np.full((1, 1), 10.0), still, np.ones((1, 1, OUTCOMES, 13))) is None
