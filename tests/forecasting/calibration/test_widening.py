"""Own quantiles go part of the way to the catalogue's where those lie further out."""

import numpy as np

from forecasting.calibration.widening import widened

SIDE = np.sign(np.arange(13) - 6.0)
OWN = np.arange(13) - 6.0


def test_the_tails_go_furthest_and_the_median_stays() -> None:
    moved = (widened(OWN, OWN + 0.9 * SIDE) - OWN) * SIDE  # type: ignore[arg-type]
    np.testing.assert_allclose(moved, moved[::-1])
    assert moved[0] == moved[-1] == moved.max() > 0
    assert moved[6] == 0


def test_it_never_goes_inwards() -> None:
    np.testing.assert_array_equal(widened(OWN, OWN - 0.9 * SIDE), OWN)  # type: ignore[arg-type]
