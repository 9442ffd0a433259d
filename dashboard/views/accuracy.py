"""The public record: how good published forecasts and advice have been, and how to read that."""

from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from dashboard.charts.coverage import CoverageRow, coverage_svg
from dashboard.selectors.past_scores import PastHorizon, PastScore, past_scores
from dashboard.texts.formats import percent
from dashboard.texts.record import advice_sentences, error_words, horizon_sentence
from forecasting.evaluation.record_figures import HorizonFigures
from forecasting.selectors.public_record import Record, first_due, record, worst_misses

RECENT_DAYS = 90


@require_safe
def accuracy(request: HttpRequest) -> HttpResponse:
    """Show the record of real prices, or of simulated ones where they are requested or all there is."""
    today = timezone.now().date()
    due = {simulated: first_due(simulated=simulated) for simulated in (False, True)}
    past = past_scores()
    prices = request.GET.get("prices", "")
    real_known = due[False] is not None or any(not score.simulated for score in past)
    simulated = prices == "simulated" if prices in {"real", "simulated"} else not real_known
    recent = record(simulated=simulated, since=today - timedelta(days=RECENT_DAYS))
    ever = record(simulated=simulated)
    leading = _leading(recent) or _leading(ever)
    measured = [score for score in past if score.simulated == simulated]
    return render(
        request,
        "accuracy.html",
        {
            "simulated": simulated,
            "both": real_known and (due[True] is not None or any(score.simulated for score in past)),
            "recent_days": RECENT_DAYS,
            "ever": ever,
            "lines": list(zip(recent.horizons, ever.horizons, strict=True)),
            "leading": error_words(leading.against_standing or 0.0) if leading else "",
            "leading_is_recent": _leading(recent) is not None,
            "leading_rests_on": horizon_sentence(leading) if leading else "",
            "advice": advice_sentences(recent.advice, days=RECENT_DAYS) or advice_sentences(ever.advice, days=None),
            "chart": _chart(ever.horizons) if not ever.empty else "",
            "worst": worst_misses(simulated=simulated),
            "past": measured,
            "past_horizons": [horizon.days for horizon in measured[0].horizons] if measured else [],
            "past_chart": _chart(_pooled(measured)) if measured else "",
            "first_due": _from(due[simulated], today),
            "overdue": _from(due[simulated], today) is None and due[simulated] is not None,
        },
    )


def _leading(recent: Record) -> HorizonFigures | None:
    """The longest horizon that can be compared with assuming that the price stays."""
    measured = [figures for figures in recent.horizons if figures.rel_mae is not None]
    return measured[-1] if measured else None


def _from(due: date | None, today: date) -> date | None:
    """The day of the first verdict, while it is still to come."""
    return due if due and due >= today else None


def _chart(horizons: tuple[HorizonFigures, ...] | list[PastHorizon]) -> SafeString:
    rows = [
        CoverageRow(
            ngettext("%(count)s day", "%(count)s days", figures.days) % {"count": figures.days},
            figures.coverage_80,
            figures.coverage_95,
        )
        for figures in horizons
        if figures.coverage_80 is not None
    ]
    label = gettext("How often prices fell inside the 80%% and the 95%% range; the table shows the same figures.") % ()
    return mark_safe(coverage_svg(rows, label=label, percent=percent))  # noqa: S308 - numbers, and texts it escapes


def _pooled(scores: list[PastScore]) -> list[PastHorizon]:
    """One line a horizon over all shops, each outcome weighing the same."""
    pooled = []
    for days in sorted({horizon.days for score in scores for horizon in score.horizons}):
        mine = [horizon for score in scores for horizon in score.horizons if horizon.days == days]
        inside = [
            _mean([(share, h.outcomes) for h in mine if (share := getattr(h, name)) is not None])
            for name in ("coverage_80", "coverage_95")
        ]
        pooled.append(PastHorizon(days, sum(h.outcomes for h in mine), None, inside[0], inside[1]))
    return pooled


def _mean(weighed: list[tuple[float, int]]) -> float | None:
    weight = sum(count for _, count in weighed)
    return sum(share * count for share, count in weighed) / weight if weight else None
