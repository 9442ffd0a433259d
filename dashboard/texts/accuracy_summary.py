"""The accuracy page in one plain sentence, from its own figures: how close, how useful, and where neither."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext

from dashboard.texts.formats import percent
from forecasting.evaluation.record_figures import SAME

SMALL = 0.01  # a saving below one per cent of the price is next to nothing
NOTHING = 0.0005


@dataclass(frozen=True, slots=True)
class Measured:
    """The error over so many days against guessing "no change": -0.125 is 12.5 % closer.

    `measurable`: whether the difference is more than chance, as far as that is known.
    """

    days: int
    change: float
    measurable: bool = True

    @property
    def same(self) -> bool:
        """Whether it is no different from guessing "no change"."""
        return not self.measurable or abs(self.change) < SAME


def accuracy_summary(horizons: Sequence[Measured], saving: float | None, *, past: bool) -> str:
    """Say how close the longest forecasts were, how the shortest, and what the advice saved.

    `saving` is a share of the price, None where no advice came due; `past`: the figures are those of tests on the
    past. Without any figure it says that there is no record yet.
    """
    if not horizons:
        return gettext("No forecast has been scored yet, so we cannot say how good ours are.")
    ordered = sorted(horizons, key=lambda each: each.days)
    sentence = _past(ordered[-1]) if past else _published(ordered[-1])
    if len(ordered) > 1:
        sentence = f"{sentence}; {_over(ordered[0])}"
    parts = [f"{sentence}.", *([_saved(saving)] if saving is not None else [])]
    return " ".join(parts)


def _published(longest: Measured) -> str:
    values = {"days": longest.days, "share": percent(abs(longest.change), places=1)}
    if longest.same:
        return gettext("On %(days)s-day forecasts we were not measurably closer than guessing “no change”") % values
    if longest.change < 0:
        return gettext("On %(days)s-day forecasts we were %(share)s closer than guessing “no change”") % values
    return gettext("On %(days)s-day forecasts we were %(share)s further off than guessing “no change”") % values


def _past(longest: Measured) -> str:
    values = {"days": longest.days, "share": percent(abs(longest.change), places=1)}
    if longest.same:
        return (
            gettext("In tests on the past, %(days)s-day forecasts were not measurably closer than guessing “no change”")
            % values
        )
    if longest.change < 0:
        text = gettext("In tests on the past, %(days)s-day forecasts were %(share)s closer than guessing “no change”")
    else:
        text = gettext(
            "In tests on the past, %(days)s-day forecasts were %(share)s further off than guessing “no change”"
        )
    return text % values


def _over(shortest: Measured) -> str:
    values = {"days": shortest.days, "share": percent(abs(shortest.change), places=1)}
    if shortest.same:
        return gettext("over %(days)s days not better") % values
    if shortest.change < 0:
        return gettext("over %(days)s days %(share)s closer") % values
    return gettext("over %(days)s days %(share)s further off") % values


def _saved(saving: float) -> str:
    values = {"amount": percent(abs(saving), places=1)}
    if abs(saving) < NOTHING:
        return gettext("Following the advice saved nothing and cost nothing.")
    if saving < 0:
        return gettext("Following the advice cost %(amount)s more than buying right away.") % values
    if saving < SMALL:
        return gettext("Following the advice saved %(amount)s: next to nothing.") % values
    return gettext("Following the advice saved %(amount)s per purchase.") % values
