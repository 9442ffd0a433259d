"""The leaderboard of forecasters in words: what an error bar says, and one sentence for the whole."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard.texts.formats import percent
from dashboard.texts.record import error_words
from dashboard.texts.states import Text
from forecasting.evaluation.record_figures import HorizonFigures
from forecasting.forecasters.last_price import LAST_PRICE
from forecasting.forecasters.registry import PUBLISHED
from forecasting.published_body import method_label
from forecasting.serialization.training_scores import Difference, Interval, LeaderboardRow, difference_of

DIFFERENCES: dict[Difference | None, Text] = {
    Difference.LESS_ERROR: _("less error"),
    Difference.MORE_ERROR: _("more error"),
    Difference.NOT_MEASURABLE: _("no measurable difference"),
    None: _("too few test days to say"),
}
STYLES = {
    Difference.LESS_ERROR: "cheaper",
    Difference.MORE_ERROR: "dearer",
    Difference.NOT_MEASURABLE: "level",
    None: "level",
}


@dataclass(frozen=True, slots=True)
class Change:
    """How an error compares with assuming that the price stays: -0.12 is 12 % less, with its 95 % interval."""

    value: float | None
    interval: Interval | None
    style: str

    @property
    def between(self) -> str:
        """The interval in words; empty without one."""
        return "" if self.interval is None else between(self.interval)


@dataclass(frozen=True, slots=True)
class LeaderboardLine:
    """One forecaster over one horizon, at past cutoffs and as published."""

    name: str
    row: LeaderboardRow
    error: Change
    range_error: Change
    difference: Text
    published: HorizonFigures | None


def leaderboard_lines(
    rows: Sequence[LeaderboardRow], days: int, records: Mapping[str, Sequence[HorizonFigures]]
) -> list[LeaderboardLine]:
    """The forecasters over one horizon, the least error first; `records` are published records by forecaster."""
    return [
        LeaderboardLine(
            name=gettext(method_label(row.forecaster)),
            row=row,
            error=_change(row.rel_mae, _own(row, row.rel_mae_95)),
            range_error=_change(row.rel_crps, _own(row, row.rel_crps_95)),
            difference=_("reference") if row.forecaster == LAST_PRICE else DIFFERENCES[row.difference],
            published=_of_horizon(records.get(row.forecaster, ()), days),
        )
        for row in rows
        if row.days == days
    ]


def leaderboard_sentence(rows: Sequence[LeaderboardRow], days: int) -> str:
    """Say what the tests show of the published forecast over one horizon; empty where it was not compared."""
    published = next((row for row in rows if (row.forecaster, row.days) == (PUBLISHED, days)), None)
    if published is None or published.rel_mae is None:
        return ""
    values = {"days": days, "error": error_words(published.rel_mae - 1)}
    if published.rel_mae_95 is None:
        return (
            gettext(
                "Over %(days)s days, the published forecast had %(error)s compared with guessing “no change”, "
                "from too few test days to be sure."
            )
            % values
        )
    values["interval"] = between(_less_one(published.rel_mae_95))
    if published.difference == Difference.NOT_MEASURABLE:
        return (
            gettext(
                "Over %(days)s days, no difference could be measured between the published forecast and guessing "
                "“no change” (95%% interval of its error: %(interval)s)."
            )
            % values
        )
    return (
        gettext(
            "Over %(days)s days, the published forecast had %(error)s compared with guessing “no change” "
            "(95%% interval: %(interval)s)."
        )
        % values
    )


def between(interval: Interval) -> str:
    """Write an interval of changes: −16% to −8%."""
    low, high = (percent(end, signed=True) for end in interval)
    return gettext("%(low)s to %(high)s") % {"low": low, "high": high}


def _own(row: LeaderboardRow, interval: Interval | None) -> Interval | None:
    """The interval of a forecaster; the last price has none against itself."""
    return None if row.forecaster == LAST_PRICE else interval


def _change(ratio: float | None, interval: Interval | None) -> Change:
    style = STYLES[difference_of(interval)]
    return Change(None if ratio is None else ratio - 1, None if interval is None else _less_one(interval), style)


def _less_one(interval: Interval) -> Interval:
    return interval[0] - 1, interval[1] - 1


def _of_horizon(record: Sequence[HorizonFigures], days: int) -> HorizonFigures | None:
    return next((figures for figures in record if figures.days == days and figures.forecasts), None)
