"""How one product's published forecasts turned out, in one or two sentences."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from dashboard.texts.formats import percent
from forecasting.evaluation.record_figures import LEAST_SCORED, SAME, HorizonFigures


def product_record_sentence(record: Sequence[HorizonFigures]) -> str:
    """Put the longest horizon with enough scores into words, or say how many scores are missing."""
    measured = [figures for figures in record if figures.no_better is not None]
    if not measured:
        return _too_few(max((figures.forecasts for figures in record), default=0))
    longest = max(measured, key=lambda figures: figures.days)
    return f"{_error(longest)} {_ranges(longest)}"


def _too_few(scored: int) -> str:
    if not scored:
        return gettext("not enough data yet: no forecast was scored in the last 90 days, %(least)s are needed.") % {
            "least": LEAST_SCORED
        }
    return ngettext(
        "not enough data yet: %(count)s forecast was scored in the last 90 days, %(least)s are needed.",
        "not enough data yet: %(count)s forecasts were scored in the last 90 days, %(least)s are needed.",
        scored,
    ) % {"count": scored, "least": LEAST_SCORED}


def _error(figures: HorizonFigures) -> str:
    values = {"count": figures.forecasts, "days": figures.days, "share": percent(abs(figures.against_standing or 0.0))}
    if figures.rel_mae is None:
        return (
            gettext(
                "no better than guessing “no change”: the price did not change in the %(days)s days after each "
                "of %(count)s forecasts."
            )
            % values
        )
    if not figures.no_better:
        return (
            gettext(
                "%(share)s less error than guessing “no change”, over the %(days)s days after each of %(count)s "
                "forecasts."
            )
            % values
        )
    if figures.rel_mae < 1 + SAME:
        return (
            gettext(
                "no better than guessing “no change”: the same error over the %(days)s days after each of "
                "%(count)s forecasts."
            )
            % values
        )
    return (
        gettext(
            "no better than guessing “no change”: %(share)s more error over the %(days)s days after each of "
            "%(count)s forecasts."
        )
        % values
    )


def _ranges(figures: HorizonFigures) -> str:
    text = gettext("Its 80%% range was right %(inner)s of the time, its 95%% range %(outer)s.")
    return text % {"inner": percent(figures.coverage_80 or 0.0), "outer": percent(figures.coverage_95 or 0.0)}
