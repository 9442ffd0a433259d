"""A training's stored figures as tables for the administration, rounded to what is worth reading."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from forecasting.selection.champion import deciding_days

DIGITS = 3  # significant digits of a figure without a unit
NONE = "–"
MINUS = "\u2212"
Scores = Mapping[str, Mapping[str, Any]]


def error_against_last_price(scores: Scores) -> str:
    """The error beside that of the last price, at the horizon that decides: "−12.5 %" is better by an eighth."""
    ratio = _mean(scores, "rel_mae")
    return NONE if ratio is None else _change(ratio)


def coverage(scores: Scores) -> str:
    """How many prices lay in their 80 % interval, at the horizon that decides."""
    share = _mean(scores, "coverage_80")
    return NONE if share is None else percent(share)


def scores_table(scores: Scores) -> SafeString | str:
    """Every shop's figures by horizon."""
    head = (
        gettext("shop"),
        gettext("days"),
        gettext("outcomes"),
        gettext("error against the last price"),
        gettext("coverage (80%)"),
        gettext("coverage (95%)"),
        gettext("CRPS in % of the price"),
    )
    rows = [
        (
            shop,
            days,
            number_format(row.get("n") or 0, force_grouping=True),
            NONE if row.get("rel_mae") is None else _change(row["rel_mae"]),
            *(NONE if row.get(name) is None else percent(row[name], 1) for name in ("coverage_80", "coverage_95")),
            NONE if row.get("crps_pct") is None else number_format(row["crps_pct"], 2),
        )
        for shop, figures in scores.items()
        for days, row in sorted((figures.get("horizons") or {}).items(), key=lambda item: int(item[0]))
    ]
    return table(head, rows)


def baseline_table(baseline: Mapping[str, Mapping[str, float]]) -> SafeString | str:
    """What later trainings are measured by."""
    head = (gettext("shop"), gettext("CRPS against the last price"), gettext("error against the last price"))
    rows = [
        (shop, *(NONE if row.get(name) is None else _change(row[name]) for name in ("crps", "error")))
        for shop, row in baseline.items()
    ]
    return table(head, rows)


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> SafeString | str:
    """An HTML table, or a dash where there are no rows."""
    body = format_html_join(
        "", "<tr>{}</tr>", ((format_html_join("", "<td>{}</td>", ((cell,) for cell in row)),) for row in rows)
    )
    names = format_html_join("", '<th scope="col">{}</th>', ((name,) for name in head))
    return format_html('<table class="figures"><tr>{}</tr>{}</table>', names, body) if body else NONE


def rounded(value: Any) -> Any:
    """The same figures with every fraction at three significant digits."""
    if isinstance(value, float):
        return float(f"{value:.{DIGITS}g}") if abs(value) < 10**DIGITS else round(value, 1)
    if isinstance(value, Mapping):
        return {key: rounded(each) for key, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, (list, tuple)) else value


def percent(share: float, places: int = 0) -> str:
    """A share of one as per cent, in the reader's digits."""
    return f"{number_format(100 * share, places)}\u00a0%"


def _change(ratio: float) -> str:
    change = round(100 * (ratio - 1), 1)
    sign = MINUS if change < 0 else "+" if change > 0 else ""
    return f"{sign}{number_format(abs(change), 1)}\u00a0%"


def _mean(scores: Scores, name: str) -> float | None:
    """The mean over the shops, each by its outcomes, at each one's own deciding horizon."""
    rows = [figures["horizons"][days] for figures in scores.values() if (days := deciding_days(figures))]
    known = [(row[name], row.get("n") or 0) for row in rows if row.get(name) is not None]
    total = sum(weight for _, weight in known)
    return sum(value * weight for value, weight in known) / total if total else None
