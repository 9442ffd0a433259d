"""One missed visit is no lateness."""

from datetime import UTC, datetime, timedelta

import pytest

from scraping.lateness import is_late

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(("minutes", "late"), [(60, False), (120, False), (121, True)])
def test_a_price_is_late_after_two_intervals(minutes: int, *, late: bool) -> None:
    assert is_late(NOW - timedelta(minutes=minutes), now=NOW, visit_interval=timedelta(hours=1)) == late
