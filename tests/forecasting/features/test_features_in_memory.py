"""The features kept in memory are those of the panel that is asked for."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from forecasting.features import features_in_memory as memory
from forecasting.features.feature_table import Features, features_of
from forecasting.panel import Panel


def test_they_are_made_once_for_a_panel_and_anew_for_another(
    shelves: Callable[..., Panel], monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[Panel] = []

    def counted(panel: Panel) -> Features:
        made.append(panel)
        return features_of(panel)

    monkeypatch.setattr(memory, "features_of", counted)
    memory._made.clear()
    panel = shelves(4, 80)
    again = replace(panel, prices=panel.prices.copy())
    dearer = replace(panel, prices=panel.prices * np.where(np.arange(80) == 79, 2, 1))
    later = replace(panel, start=panel.start + timedelta(days=1))  # another weekday
    for one in (panel, again, dearer, later, panel):
        kept, anew = memory.features_in_memory(one), features_of(one)
        np.testing.assert_array_equal(kept.values, anew.values)
    assert [id(one) for one in made] == [id(one) for one in (panel, dearer, later, panel)]
    assert len(memory._made) == 1


def test_large_panels_are_not_kept(shelves: Callable[..., Panel], monkeypatch: pytest.MonkeyPatch) -> None:
    memory._made.clear()
    monkeypatch.setattr(memory, "MOST_PRICES", 4 * 60 - 1)
    memory.features_in_memory(shelves(4, 60))
    assert not memory._made
