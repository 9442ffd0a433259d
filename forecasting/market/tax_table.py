"""Changes of tax on oils that came with oilwatch, each with the law it stands in. An operator's rows come on top.

Spain: VAT on olive oils and on seed oils, from the first cut of 2023 to today.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

OLIVE = ("extra_virgin", "virgin", "olive", "pomace")
SEED = ("sunflower",)


@dataclass(frozen=True, slots=True)
class TaxRow:
    """From `starts_on` shops of a country charge another tax on these grades (none: on every grade).

    It was known from `announced_on`, the day the law was printed.
    """

    country: str
    grades: tuple[str, ...]
    starts_on: date
    percent_before: Decimal
    percent_after: Decimal
    announced_on: date | None = None
    law: str = ""


def _spain(starts_on: date, grades: tuple[str, ...], before: str, after: str, announced_on: date, law: str) -> TaxRow:
    return TaxRow("ES", grades, starts_on, Decimal(before), Decimal(after), announced_on, law)


# https://www.boe.es/buscar/act.php?id=BOE-A-2022-22685 and ?id=BOE-A-2024-12944
CUT_2023, CUT_2024 = "Real Decreto-ley 20/2022, art. 72", "Real Decreto-ley 4/2024, art. 1"
PRINTED_2022, PRINTED_2024 = date(2022, 12, 28), date(2024, 6, 27)
SHIPPED: Final = (
    _spain(date(2023, 1, 1), OLIVE, "10", "5", PRINTED_2022, CUT_2023),
    _spain(date(2023, 1, 1), SEED, "10", "5", PRINTED_2022, CUT_2023),
    _spain(date(2024, 7, 1), OLIVE, "5", "0", PRINTED_2024, CUT_2024),
    _spain(date(2024, 10, 1), OLIVE, "0", "2", PRINTED_2024, CUT_2024),
    _spain(date(2024, 10, 1), SEED, "5", "7.5", PRINTED_2024, CUT_2024),
    _spain(date(2025, 1, 1), OLIVE, "2", "4", PRINTED_2024, CUT_2024),
    _spain(date(2025, 1, 1), SEED, "7.5", "10", PRINTED_2024, CUT_2024),
)


def shipped_rows(country: str) -> tuple[TaxRow, ...]:
    """The rows of a country (ISO 3166), in the order of time."""
    return tuple(row for row in SHIPPED if row.country == country)
