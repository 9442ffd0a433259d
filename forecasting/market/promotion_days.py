"""Days of sales that are known before they come: Black Friday and Amazon's Prime events, by country.

An operator enters those of a shop itself, such as the weeks of its leaflet (`forecasting.models.PromotionPeriod`).
Prophet gets them as holidays: days of one name share one effect, learned from those already seen.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

THURSDAY, FIRST_YEAR, LAST_YEAR = 3, 2015, 2035
BLACK_FRIDAY, CYBER_MONDAY = "Black Friday", "Cyber Monday"
PRIME_DAY, PRIME_AUTUMN = "Prime Day", "Prime Big Deal Days"


@dataclass(frozen=True, slots=True)
class PromotionDay:
    """One day of a sale; an event of several days has one of these for each.

    `announced` is the day it became known; None where that is not known, or where it comes every year.
    """

    name: str
    day: date
    announced: date | None = None


# First and last day of each event, the same in es, it, fr, de, uk and us. Source: Amazon's announcements of each
# event at https://www.aboutamazon.com/news/retail (Prime Day, Prime Big Deal Days). An event that is not listed has
# no effect in forecasts: add it once its days are announced.
# Prime Day 2026, in 26 countries: https://www.aboutamazon.com/news/retail/amazon-prime-day-2026-date, in the press on
# 2 June 2026. Prime Big Deal Days 2026, printed on 15 September 2026:
# https://www.aboutamazon.es/noticias/noticias-de-la-compania/fiesta-ofertas-prime-6-7-octubre-ofertas-exclusivas,
# https://www.aboutamazon.de/news/amazon-prime-und-shopping/prime-deal-days-termine-angebote
PRIME_COUNTRIES: Final = frozenset({"ES", "IT", "FR", "DE", "GB", "US"})
PRIME_ANNOUNCED: Final = {date(2026, 6, 23): date(2026, 6, 2), date(2026, 10, 6): date(2026, 9, 15)}  # by first day
PRIME_EVENTS: Final = (
    (PRIME_DAY, date(2022, 7, 12), date(2022, 7, 13)),
    (PRIME_AUTUMN, date(2022, 10, 11), date(2022, 10, 12)),  # then called Prime Early Access Sale
    (PRIME_DAY, date(2023, 7, 11), date(2023, 7, 12)),
    (PRIME_AUTUMN, date(2023, 10, 10), date(2023, 10, 11)),
    (PRIME_DAY, date(2024, 7, 16), date(2024, 7, 17)),
    (PRIME_AUTUMN, date(2024, 10, 8), date(2024, 10, 9)),
    (PRIME_DAY, date(2025, 7, 8), date(2025, 7, 11)),  # four days, the others two
    (PRIME_AUTUMN, date(2025, 10, 7), date(2025, 10, 8)),
    (PRIME_DAY, date(2026, 6, 23), date(2026, 6, 26)),
    (PRIME_AUTUMN, date(2026, 10, 6), date(2026, 10, 7)),
)


def promotion_days(country: str, *, amazon: bool) -> tuple[PromotionDay, ...]:
    """The promotion days of a country (ISO 3166) from 2015 to 2035, in the order of time; none for no country.

    Prime events count for Amazon's own shops alone, in the countries that are known to have had them.
    """
    if not country:
        return ()
    days = [*_black_fridays()]
    if amazon and country.upper() in PRIME_COUNTRIES:
        days += [
            PromotionDay(name, first + timedelta(days=number), PRIME_ANNOUNCED.get(first))
            for name, first, last in PRIME_EVENTS
            for number in range((last - first).days + 1)
        ]
    return tuple(sorted(days, key=lambda promotion: (promotion.day, promotion.name)))


def black_friday(year: int) -> date:
    """The day after the fourth Thursday of November, Thanksgiving in the United States; shops elsewhere follow."""
    first = date(year, 11, 1)
    return first + timedelta(days=(THURSDAY - first.weekday()) % 7 + 22)


def _black_fridays() -> Iterable[PromotionDay]:
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        friday = black_friday(year)
        yield PromotionDay(BLACK_FRIDAY, friday)
        yield PromotionDay(CYBER_MONDAY, friday + timedelta(days=3))
