"""Own quantiles go part of the way to the catalogue's where those lie further out."""

import numpy as np

from forecasting.calibration.widening import widened

SIDE = np.sign(np.arange(13) - 6.0)
OWN = np.arange(13) - 6.0


def test_the_body_goes_half_of_the_way_and_the_tails_less() -> None:
    tails = [0.1, 0.18, 0.55, 0.5, 0.5, 0.5]
    np.testing.assert_allclose(widened(OWN, OWN + 0.9 * SIDE), OWN + 0.9 * SIDE * np.array([*tails, 0, *tails[::-1]]))  # type: ignore[arg-type]


def test_it_never_goes_inwards() -> None:
    np.testing.assert_array_equal(widened(OWN, OWN - 0.9 * SIDE), OWN)  # type: ignore[arg-type]
