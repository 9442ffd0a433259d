"""Settings that cannot work are found before anything starts, each with its id."""

from typing import Any

import pytest

from oilwatch.checks import check_settings


def ids() -> list[str | None]:
    return [finding.id for finding in check_settings(None)]


def test_the_defaults_are_fine() -> None:
    assert ids() == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"OILWATCH_TRAINING_SHARES": 0}, ["oilwatch.E001"]),
        ({"OILWATCH_DEMO_SHOP_URL": "127.0.0.1:8101"}, ["oilwatch.E002"]),
        ({"OILWATCH_KEEPA_URL": "https://host:port/"}, ["oilwatch.E002"]),
        ({"OILWATCH_PROXIES": ["http://good.example:3128", "socks5://bad.example"]}, ["oilwatch.E003"]),
        ({"OILWATCH_CONTENDERS": ["prophet", "oracle"]}, ["oilwatch.E004"]),
        ({"OILWATCH_VISIT_LEASE_SECONDS": 10}, ["oilwatch.W004"]),
        ({"OILWATCH_SNAPSHOT_DAYS": 500}, ["oilwatch.W001"]),
        ({"OILWATCH_SCRAPE_AMAZON": True}, ["oilwatch.W002"]),
        (
            {
                "OILWATCH_SCRAPE_AMAZON": True,
                "OILWATCH_OBEY_ROBOTS": False,
                "OILWATCH_USER_AGENT": "oilwatch (+https://oil.test)",
            },
            ["oilwatch.W003"],
        ),
    ],
)
def test_each_finding(settings: Any, changed: dict[str, Any], expected: list[str]) -> None:
    for name, value in changed.items():
        setattr(settings, name, value)
    assert ids() == expected
