"""Series of other shops behind a catalogue's own: models may learn from them, and nothing is forecast of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from forecasting.features.unit_change import in_one_unit
from forecasting.panel import Panel, panel_of
from forecasting.series import Bools, Floats, Series


def with_peers(own: Panel, peers: Sequence[Series], *, most: int) -> Panel:
    """The own series, then peers up to `most` series in all, on the calendar of the longest; `own` where none fits.

    Peers that do not end on the last day of the own series are left out.
    """
    latest = own.day(own.steps - 1) if len(own) else None
    fitting = [series for series in in_one_unit(peers)[0] if series.end == latest]
    added = panel_of(fitting[: max(most - len(own), 0)])
    if not len(added):
        return own
    steps = max(own.steps, added.steps)
    return replace(
        own,
        keys=(*own.keys, *added.keys),
        start=min(own.start, added.start),
        prices=np.concatenate([_ending(own.prices, steps), _ending(added.prices, steps)]),
        observed=np.concatenate([_ending(table.observed, steps) > 0 for table in (own, added)]),
    )


def _ending(table: Floats | Bools, steps: int) -> Floats:
    """A table [series, days] on a longer calendar [series, steps] that ends on the same day; nan before it."""
    longer = np.full((len(table), steps), np.nan)
    longer[:, steps - table.shape[1] :] = table
    return longer
