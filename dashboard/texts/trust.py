"""How far a forecast can be trusted, from its own measured past, in one sentence."""

from django.utils.translation import gettext

from dashboard.texts.formats import percent
from forecasting.evaluation.record_figures import SAME
from forecasting.forecasters.last_price import LAST_PRICE
from forecasting.product_forecast import ForecastSkill


def trust_sentence(skill: ForecastSkill, *, method: str = "") -> str:
    """Put the skill into words; empty where nothing was measured.

    A forecast that is the last price cannot be closer than the last price, whatever those of its shop were.
    """
    if skill.days is None:
        return ""
    error = [gettext("The forecast is that the price stays.")] if method == LAST_PRICE else None
    return " ".join([*_coverage(skill.coverage_80, skill.days), *(error or _error(skill.rel_mae, skill.days))])


def _coverage(coverage: float | None, days: int) -> list[str]:
    if coverage is None:
        return []
    text = gettext("In tests on the past, the %(days)s-day range was right %(share)s of the time (it aims for 80%%).")
    return [text % {"days": days, "share": percent(coverage)}]


def _error(ratio: float | None, days: int) -> list[str]:
    if ratio is None:
        return []
    values = {"share": percent(abs(1 - ratio)), "days": days}
    if abs(1 - ratio) < SAME:
        return [gettext("The forecast was as close as guessing “no change”.")]
    if ratio < 1:
        return [gettext("The forecast was %(share)s closer than guessing “no change”.") % values]
    return [gettext("The forecast was %(share)s further off than guessing “no change”.") % values]
