"""What came of one product's published forecasts, in one or two sentences."""

from collections.abc import Sequence

from django.utils.translation import gettext, ngettext

from dashboard.texts.formats import percent
from forecasting.evaluation.record_figures import LEAST_SCORED, SAME, HorizonFigures


def product_record_sentence(record: Sequence[HorizonFigures]) -> str:
    """Put the longest horizon that was judged often enough into words, or say how many verdicts are missing."""
    measured = [figures for figures in record if figures.no_better is not None]
    if not measured:
        return _too_few(max((figures.forecasts for figures in record), default=0))
    longest = max(measured, key=lambda figures: figures.days)
    return f"{_error(longest)} {_ranges(longest)}"


def _too_few(judged: int) -> str:
    if not judged:
        return gettext("none was judged in the last 90 days; it takes %(least)s verdicts to tell.") % {
            "least": LEAST_SCORED
        }
    return ngettext(
        "%(count)s was judged in the last 90 days; it takes %(least)s verdicts to tell.",
        "%(count)s were judged in the last 90 days; it takes %(least)s verdicts to tell.",
        judged,
    ) % {"count": judged, "least": LEAST_SCORED}


def _error(figures: HorizonFigures) -> str:
    values = {"count": figures.forecasts, "days": figures.days, "share": percent(abs(figures.against_standing or 0.0))}
    if figures.rel_mae is None:
        return (
            gettext(
                "no better than the last price: it never moved in the %(days)s days after each of %(count)s forecasts."
            )
            % values
        )
    if not figures.no_better:
        return (
            gettext(
                "%(share)s less error than by assuming that the price stays, "
                "over the %(days)s days after each of %(count)s forecasts."
            )
            % values
        )
    if figures.rel_mae < 1 + SAME:
        return (
            gettext(
                "no better than the last price: the same error as by assuming that the price stays, "
                "over the %(days)s days after each of %(count)s forecasts."
            )
            % values
        )
    return (
        gettext(
            "no better than the last price: %(share)s more error than by assuming that the price stays, "
            "over the %(days)s days after each of %(count)s forecasts."
        )
        % values
    )


def _ranges(figures: HorizonFigures) -> str:
    words = gettext("Its 80 %% range held the true price %(inner)s of the time, its 95 %% range %(outer)s.")
    return words % {"inner": percent(figures.coverage_80 or 0.0), "outer": percent(figures.coverage_95 or 0.0)}
