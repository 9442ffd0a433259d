"""The public record of published forecasts and advice: what was forecast, beside what happened."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, timedelta
from typing import Any

from django.db.models import F, Min, Q, QuerySet

from forecasting.evaluation.record_figures import AdviceFigures, HorizonFigures, pooled_advice, pooled_horizon
from forecasting.models import HORIZONS, AdviceScore, Forecast, ForecastScore
from forecasting.selectors.score_sums import advice_sums, advice_sums_by_shop, horizon_sums
from scraping.models import Adapter

WORST = 8
WORST_OVER = 14  # days: long enough for a miss to show, short enough to have been believed


@dataclass(frozen=True, slots=True)
class Part:
    """The record of one shop and grade, by horizon."""

    shop: str
    grade: str
    horizons: tuple[HorizonFigures, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """What the ledger shows for one period: by horizon, for the advice, and by shop and grade."""

    horizons: tuple[HorizonFigures, ...]
    advice: AdviceFigures
    parts: tuple[Part, ...]

    @property
    def empty(self) -> bool:
        """Whether nothing has come due."""
        return not any(figures.forecasts for figures in self.horizons)


@dataclass(frozen=True, slots=True)
class Miss:
    """A forecast that was far off: prices of the pack, on the last seen day of its fortnight."""

    product_id: int
    title: str
    shop: str
    currency: str
    cutoff: date
    on: date
    last_price: float
    forecast: float
    actual: float
    error: float


def record(*, simulated: bool, since: date | None = None) -> Record:
    """The record of what came due since a day (None: ever), of simulated prices or of real ones: two queries."""
    groups = list(
        horizon_sums(
            of_kind(ForecastScore.objects.all(), simulated, since),
            shop=F("forecast__product__shop__name"),
            grade=F("forecast__product__grade"),
        )
    )
    places = sorted({(group["shop"], group["grade"]) for group in groups})
    return Record(
        horizons=tuple(pooled_horizon(days, groups) for days in HORIZONS),
        advice=pooled_advice(advice_sums(of_kind(AdviceScore.objects.all(), simulated, since))),
        parts=tuple(
            Part(shop, grade, tuple(pooled_horizon(days, _only(groups, shop, grade)) for days in HORIZONS))
            for shop, grade in places
        ),
    )


def advice_records() -> dict[int, AdviceFigures]:
    """What the published advice of each shop saved, ever, by the shop's id: one query."""
    return {shop: pooled_advice(sums) for shop, sums in advice_sums_by_shop(AdviceScore.objects.all()).items()}


def worst_misses(*, simulated: bool, since: date | None = None) -> list[Miss]:
    """The forecasts that were furthest off over a fortnight, one a product: one query."""
    scores = of_kind(ForecastScore.objects.filter(days=WORST_OVER, days_seen__gt=0), simulated, since)
    rows: Any = scores.order_by("-error", "id").values_list(
        *("forecast__product_id", "forecast__product__title", "forecast__product__sku"),
        *("forecast__product__shop__name", "forecast__product__shop__currency"),
        *("forecast__cutoff", "last_step", "forecast__last_price", "forecast__point", "outcome", "error"),
    )
    misses: dict[int, Miss] = {}
    for product_id, title, sku, shop, currency, cutoff, step, last, point, came, error in rows[: 20 * WORST]:
        if product_id not in misses and len(misses) < WORST:
            on = cutoff + timedelta(days=step)
            misses[product_id] = Miss(
                product_id, title or sku, shop, currency, cutoff, on, last, point[step - 1], came, error
            )
    return list(misses.values())


def first_due(*, simulated: bool) -> date | None:
    """The day after which the oldest published forecast is scored for the first time; None without any."""
    forecasts = of_kind(Forecast.objects.with_start(UTC), simulated, None, product="product")
    oldest = forecasts.aggregate(day=Min("starts_on"))["day"]
    return oldest + timedelta(days=min(HORIZONS)) if oldest else None


def of_kind(scores: QuerySet[Any], simulated: bool, since: date | None, *, product: str = "forecast__product") -> Any:
    """Those of simulated prices or of real ones, due since a day (None: ever)."""
    demo = Q(**{f"{product}__shop__adapter": Adapter.DEMO})
    chosen = scores.filter(demo if simulated else ~demo)
    return chosen.filter(due_on__gte=since) if since else chosen


def _only(groups: Iterable[dict[str, Any]], shop: str, grade: str) -> list[dict[str, Any]]:
    return [group for group in groups if (group["shop"], group["grade"]) == (shop, grade)]
