"""Answers in the shape the portal's documentation gives; the figures are made up."""

import json
from typing import Any


def row(**changes: Any) -> dict[str, Any]:
    return {
        "memberStateCode": "ES",
        "memberStateName": "Spain",
        "beginDate": "14/09/2026",
        "endDate": "20/09/2026",
        "weekNumber": 38,
        "marketingYear": "2025/2026",
        "product": "Extra virgin olive oil (up to 0.8%)",
        "market": "Jaén (ES616)",
        "price": "€412.50",
        "unit": "€/100kg",
        **changes,
    }


def answer(*rows: Any) -> bytes:
    return json.dumps(rows).encode()
