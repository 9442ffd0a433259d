"""Which rules read the pages lately: per shop, field and day, from what visits noted. A layout change shows here first.

A rule that read nine pages of ten yesterday and none today has lost its place on the page.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection

from scraping.offer import PRICED_STATES

DAYS = 14
AGREEMENT = "agreement"
NOT_READ, NOTHING_TO_READ = "not read", "no price on the page"
FELL_TO = 0.5  # of the share before

# A visit counts where a product page came. One row per field and visit: its rule, or why there is none.
_COUNTS = """
WITH visits AS (
    SELECT shop.name AS shop, (visit.finished_at AT TIME ZONE 'UTC')::date AS day,
           coalesce(visit.offer, '{}'::jsonb) AS offer
    FROM scraping_visit AS visit
    JOIN scraping_product AS product ON product.id = visit.product_id
    JOIN scraping_shop AS shop ON shop.id = product.shop_id
    WHERE visit.finished_at >= %(since)s AND visit.finished_at <= %(until)s
      AND (visit.offer IS NOT NULL OR visit.status = 'unreadable')
), fields AS (
    SELECT 'price' AS field UNION SELECT 'state' UNION
    SELECT jsonb_object_keys(coalesce(offer -> 'rules', '{}'::jsonb)) FROM visits
), readings AS (
    SELECT shop, day, field, coalesce(offer -> 'rules' ->> field,
        CASE WHEN field = 'price' AND offer -> 'offer' ->> 'state' <> ALL(%(priced)s) THEN %(nothing)s ELSE %(not_read)s
        END) AS rule
    FROM visits CROSS JOIN fields
    UNION ALL
    SELECT shop, day, %(agreement)s, coalesce(offer ->> 'agreement', 'none') FROM visits
)
SELECT shop, field, rule, day, count(*) FROM readings GROUP BY 1, 2, 3, 4
"""


@dataclass(frozen=True, slots=True)
class RuleDays:
    """How often one rule read a field, day by day."""

    rule: str
    counts: tuple[int, ...]
    shares: tuple[float | None, ...]  # of the day's visits; None on a day without any
    share: float  # of all visits

    @property
    def percent(self) -> str:
        """The share of all visits, for people."""
        return f"{self.share:.0%}"

    @property
    def percents(self) -> list[str]:
        """The shares for people; a day without visits is blank."""
        return ["" if share is None else f"{share:.0%}" for share in self.shares]

    @property
    def fell(self) -> bool:
        """Whether its share on the newest day with visits is half of that before, or less."""
        known = [share for share in self.shares if share is not None]
        before = known[:-1]
        usual = sum(before) / len(before) if before else 0.0
        return self.rule not in {NOT_READ, NOTHING_TO_READ} and usual >= 0.1 and known[-1] <= usual * FELL_TO


@dataclass(frozen=True, slots=True)
class FieldHealth:
    """The rules that read one field in one shop, the commonest first."""

    shop: str
    field: str
    visits: int
    rules: tuple[RuleDays, ...]


def days_until(now: datetime) -> list[date]:
    """The days shown, in UTC, the oldest first."""
    return [(now - timedelta(days=back)).date() for back in range(DAYS - 1, -1, -1)]


def selector_health(*, now: datetime) -> list[FieldHealth]:
    """The health of every shop's fields over the last fourteen days, in one query."""
    days = days_until(now)
    since = datetime.combine(days[0], datetime.min.time(), tzinfo=now.tzinfo)
    counts: dict[tuple[str, str], dict[str, dict[date, int]]] = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNTS,
            {
                "since": since,
                "until": now,
                "priced": sorted(state.value for state in PRICED_STATES),
                "nothing": NOTHING_TO_READ,
                "not_read": NOT_READ,
                "agreement": AGREEMENT,
            },
        )
        for shop, field, rule, day, count in cursor.fetchall():
            counts[shop, field][rule][day] = count
    return [_field(shop, field, rules, days) for (shop, field), rules in sorted(counts.items())]


def _field(shop: str, field: str, rules: dict[str, dict[date, int]], days: list[date]) -> FieldHealth:
    a_day = {day: sum(of_rule.get(day, 0) for of_rule in rules.values()) for day in days}
    visits = sum(a_day.values())
    rows = [
        RuleDays(
            rule,
            tuple(of_rule.get(day, 0) for day in days),
            tuple(of_rule.get(day, 0) / a_day[day] if a_day[day] else None for day in days),
            sum(of_rule.values()) / visits,
        )
        for rule, of_rule in rules.items()
    ]
    return FieldHealth(shop, field, visits, tuple(sorted(rows, key=lambda row: (-row.share, row.rule))))
