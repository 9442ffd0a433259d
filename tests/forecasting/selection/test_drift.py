"""As many prices outside as a good interval lets out are no drift."""

import pytest

from forecasting.selection.drift import Drift


@pytest.mark.parametrize(
    ("outside", "total", "gone"),
    [(0, 0, False), (4, 4, False), (5, 5, True), (5, 100, False), (5, 20, False), (6, 20, True), (15, 100, True)],
)
def test_gone(outside: int, total: int, gone: bool) -> None:
    assert Drift(outside, total).gone is gone
