"""Read the European Commission's olive oil prices. Pure: bytes in, prices out.

GET .../api/oliveOil/prices?memberStateCodes=ES,IT&beginDate=01/11/2026&endDate=30/11/2026 answers, by
https://agridata.ec.europa.eu/extensions/API_Documentation/oliveoil.html, an array of weekly prices a market:

[{"memberStateCode": "ES", "memberStateName": "Spain", "beginDate": "14/09/2026", "endDate": "20/09/2026",
  "weekNumber": 38, "marketingYear": "2025/2026", "product": "Extra virgin olive oil (up to 0.8%)",
  "market": "Jaén (ES616)", "price": "€412.50", "unit": "€/100kg"}]

Prices are per 100 kg of oil in bulk; they are given here per kilogram.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from scraping.errors import BadFile

KILOGRAMS = 100
PER_100_KG = re.compile(r"100\s*kg", re.IGNORECASE)
NOT_A_NUMBER = re.compile(r"[^0-9.,]")
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
DECIMAL_COMMA = re.compile(r"\d+,\d{1,2}")
# The national mean and the market the trade quotes; what bottles hold, and what it is refined from.
MARKETS = ("Average national price", "Jaén")
PRODUCTS = ("Extra virgin olive oil", "Virgin olive oil", "Lampante olive oil")


@dataclass(frozen=True, slots=True)
class OriginPrice:
    """One week's price of a market in EUR per kilogram; `known_on` is the week's last day."""

    state: str
    product: str
    market: str
    known_on: date
    price: Decimal


def read_eu_prices(body: bytes) -> list[OriginPrice]:
    """The prices of the wanted markets and products, weeks without one left out; BadFile names what is wrong."""
    try:
        rows = json.loads(body)
    except ValueError as error:
        raise BadFile(f"The portal's answer is no JSON: {error}") from error
    if not isinstance(rows, list):
        raise BadFile("The portal's answer is no list of prices.")
    return list(_wanted(rows))


def _wanted(rows: list[Any]) -> Iterator[OriginPrice]:
    for place, row in enumerate(rows, start=1):
        try:
            product, market = str(row["product"]), str(row["market"])
            if not product.startswith(PRODUCTS) or not market.startswith(MARKETS):
                continue
            if row["price"] not in (None, ""):
                yield _price(row, product, market)
        except (KeyError, TypeError, ValueError) as error:
            raise BadFile(f"Row {place} of the portal's answer cannot be read: {error!r}") from error


def _price(row: dict[str, Any], product: str, market: str) -> OriginPrice:
    if not PER_100_KG.search(str(row.get("unit") or "100KG")):
        raise ValueError(f"unit {row['unit']!r} is not per 100 kg")
    known_on = datetime.strptime(str(row["endDate"]), "%d/%m/%Y").date()  # noqa: DTZ007 - a day, not a moment
    price = (_number(str(row["price"])) / KILOGRAMS).quantize(Decimal("0.0001"))
    return OriginPrice(str(row["memberStateCode"]), product, market, known_on, price)


def _number(text: str) -> Decimal:
    """A price as the portal writes it: €412.50, €1,012.00, 412,50."""
    plain = NOT_A_NUMBER.sub("", text)
    if THOUSANDS.fullmatch(plain):
        number = Decimal(plain.replace(",", ""))
    elif DECIMAL_COMMA.fullmatch(plain):
        number = Decimal(plain.replace(",", "."))
    else:
        raise ValueError(f"price {text!r} is not a number")
    if number <= 0 or "-" in text:
        raise ValueError(f"price {text!r} is not above zero")
    return number
