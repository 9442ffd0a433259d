"""The public record: how good published forecasts and advice have been, and how to read that."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from dashboard.charts.coverage import CoverageRow, coverage_svg
from dashboard.charts.error_bars import ErrorBar, error_bars_svg
from dashboard.selectors.example_forecasts import example_forecasts
from dashboard.selectors.past_scores import PastHorizon, PastScore, past_scores
from dashboard.texts.accuracy_summary import Measured, accuracy_summary
from dashboard.texts.formats import percent
from dashboard.texts.leaderboard import LeaderboardLine, leaderboard_lines, leaderboard_sentence
from dashboard.texts.record import advice_sentences, error_words, horizon_sentence
from dashboard.views.example_charts import shown_examples
from forecasting.evaluation.record_figures import LEAST_SCORED, HorizonFigures
from forecasting.forecasters.last_price import LAST_PRICE
from forecasting.forecasters.registry import PUBLISHED
from forecasting.models import HORIZONS
from forecasting.selectors.forecaster_records import Records, forecaster_records
from forecasting.selectors.public_record import Record, first_due, record, worst_misses
from forecasting.serialization.training_scores import Difference, OddsRow, ReliabilityRow

RECENT_DAYS = 90


@dataclass(frozen=True, slots=True)
class Board:
    """The leaderboard of one shop over one horizon."""

    shop: str
    compared_on: date | None
    sentence: str
    lines: list[LeaderboardLine]
    chart: str


@dataclass(frozen=True, slots=True)
class OddsLine:
    """Stated chances of a fall by a share of the price, beside what came."""

    share: float
    row: OddsRow


@dataclass(frozen=True, slots=True)
class Reliability:
    """The reliability table of a fall by a share of the price within some days."""

    share: float
    days: int
    rows: list[ReliabilityRow]


@dataclass(frozen=True, slots=True)
class ShopOdds:
    """One shop's stated chances beside what came."""

    name: str
    rows: list[OddsLine]
    reliability: list[Reliability]


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
    days = _days(request.GET.get("days", ""))
    examples = example_forecasts(measured, simulated=simulated)
    records = forecaster_records() if any(score.leaderboard for score in measured) else {}
    return render(
        request,
        "accuracy.html",
        {
            "simulated": simulated,
            "both": real_known and (due[True] is not None or any(score.simulated for score in past)),
            "summary": _summary(recent, ever, measured),
            "examples": shown_examples(examples),
            "examples_of": examples,
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
            "boards": [_board(score, days, records) for score in measured if score.leaderboard],
            "odds": [_odds(score, days) for score in measured if score.odds],
            "days": days,
            "horizons": HORIZONS,
            "first_due": _from(due[simulated], today),
            "overdue": _from(due[simulated], today) is None and due[simulated] is not None,
        },
    )


def _summary(recent: Record, ever: Record, measured: list[PastScore]) -> str:
    """Of the last days' record, or all of it; of tests on the past where too little of it was scored."""
    for record_of in (recent, ever):
        horizons = [
            Measured(figures.days, figures.against_standing)
            for figures in record_of.horizons
            if figures.against_standing is not None and figures.forecasts >= LEAST_SCORED
        ]
        if horizons:
            return accuracy_summary(horizons, record_of.advice.saving, past=False)
    pooled = [
        Measured(horizon.days, horizon.against_standing, measurable=_measurable(measured, horizon.days))
        for horizon in _pooled(measured)
        if horizon.against_standing is not None
    ]
    saving = _mean([(score.saving, score.decisions) for score in measured if score.saving is not None])
    return accuracy_summary(pooled, saving, past=True)


def _measurable(measured: list[PastScore], days: int) -> bool:
    """Whether the published forecast's error was more than chance away from "no change" in a shop, or nobody knows."""
    differences = [
        row.difference
        for score in measured
        for row in score.leaderboard
        if row.forecaster == PUBLISHED and row.days == days and row.difference
    ]
    return not differences or any(difference != Difference.NOT_MEASURABLE for difference in differences)


def _days(given: str) -> int:
    """The horizon of the leaderboard and of the reliability tables: the longest, or the one that was chosen."""
    return next((days for days in HORIZONS if str(days) == given), max(HORIZONS))


def _board(score: PastScore, days: int, records: Records) -> Board:
    lines = leaderboard_lines(score.leaderboard, days, records.get(score.shop_id or 0, {}))
    bars = [
        ErrorBar(
            name=line.name,
            value=line.error.value,
            low=line.error.interval[0] if line.error.interval else None,
            high=line.error.interval[1] if line.error.interval else None,
            kind=line.error.style,
            figure=percent(line.error.value, places=1, signed=True),
        )
        for line in lines
        if line.error.value is not None and line.row.forecaster != LAST_PRICE
    ]
    label = gettext("Error of each forecaster compared with guessing “no change”; the table shows the same figures.")
    chart = error_bars_svg(
        bars, label=label, zero=gettext("no change"), percent=lambda change: percent(change, signed=True)
    )
    return Board(
        shop=score.shop,
        compared_on=score.compared_on,
        sentence=leaderboard_sentence(score.leaderboard, days),
        lines=lines,
        chart=mark_safe(chart) if bars else "",  # noqa: S308 - numbers, and texts it escapes
    )


def _odds(score: PastScore, days: int) -> ShopOdds:
    sizes = sorted({row.fall_pct for row in score.reliability if row.days == days})
    return ShopOdds(
        name=score.shop,
        rows=[OddsLine(row.fall_pct / 100, row) for row in score.odds],
        reliability=[
            Reliability(
                size / 100, days, [row for row in score.reliability if (row.fall_pct, row.days) == (size, days)]
            )
            for size in sizes
        ],
    )


def _leading(recent: Record) -> HorizonFigures | None:
    """The longest horizon that can be compared with assuming that the price stays."""
    measured = [figures for figures in recent.horizons if figures.rel_mae is not None]
    return measured[-1] if measured else None


def _from(due: date | None, today: date) -> date | None:
    """The day of the first assessment, while it is still to come."""
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
        error = _mean([(change, h.outcomes) for h in mine if (change := h.against_standing) is not None])
        pooled.append(PastHorizon(days, sum(h.outcomes for h in mine), error, inside[0], inside[1]))
    return pooled


def _mean(weighed: list[tuple[float, int]]) -> float | None:
    weight = sum(count for _, count in weighed)
    return sum(share * count for share, count in weighed) / weight if weight else None
