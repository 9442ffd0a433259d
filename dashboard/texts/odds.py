"""The odds of a fall in words: chances by size and days, the likely day, and how often such chances came true."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.translation import gettext, ngettext

from dashboard.texts.formats import count, day_of_year, percent
from forecasting.evaluation.odds import ODDS_DAYS
from forecasting.panel import HORIZON
from forecasting.product_forecast import FallOdds
from forecasting.serialization.training_scores import OddsRow

SMALLER_FALL = 0.05  # the day of this one is stated
USUAL_DAYS = 14


@dataclass(frozen=True, slots=True)
class FallChances:
    """One line of the table: a fall by a share of the price, and its chances by number of days."""

    share: float
    chances: tuple[tuple[int, float | None], ...]


def fall_chances(odds: FallOdds) -> list[FallChances]:
    """The chances of each size of fall within 7, 14 and 30 days; empty where none are known."""
    return [
        FallChances(int(size) / 100, tuple((days, by_days.get(str(days))) for days in ODDS_DAYS))
        for size, by_days in odds.chance.items()
    ]


def fall_sentence(odds: FallOdds, cutoff: date) -> str:
    """Say by which day a fall by 5 % is as likely as not; empty where no odds are known."""
    if not odds.chance:
        return ""
    values = {"share": percent(SMALLER_FALL), "days": HORIZON}
    if odds.days_to_fall is None:
        return gettext("A fall by %(share)s is not expected within %(days)s days.") % values
    values["day"] = day_of_year(cutoff + timedelta(days=odds.days_to_fall))
    return gettext("A fall by %(share)s is as likely as not by %(day)s.") % values


def odds_record_sentence(rows: Sequence[OddsRow]) -> str:
    """Say how such chances compared with what came, for a fall by 5 % within 14 days; empty where nothing came due."""
    chosen = [row for row in rows if (row.fall_pct / 100, row.days) == (SMALLER_FALL, USUAL_DAYS)]
    if not chosen or chosen[0].stated is None or chosen[0].came is None:
        return ""
    [row] = chosen
    values = {"share": percent(SMALLER_FALL), "days": row.days, "count": count(row.n)}
    values |= {"stated": percent(row.stated or 0.0), "came": percent(row.came or 0.0)}
    return (
        ngettext(
            "In %(count)s test on the past, a fall by %(share)s within %(days)s days was given a chance of %(stated)s, "
            "and came in %(came)s of them.",
            "In %(count)s tests on the past, a fall by %(share)s within %(days)s days was given a chance of %(stated)s "
            "on average, and came in %(came)s of them.",
            row.n,
        )
        % values
    )
