"""When somebody may be disturbed: quiet hours over midnight, and in the nights the clocks are changed."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.notifications.quiet_hours import day_begins, quiet_until

MADRID = ZoneInfo("Europe/Madrid")
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime", "posixrules"})).map(ZoneInfo)
CLOCK = st.times().map(lambda clock: clock.replace(second=0, microsecond=0))
MOMENT = st.integers(0, 10 * 365 * 24 * 60).map(lambda minutes: at("2026-01-01") + timedelta(minutes=minutes))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-01-10T20:59", None),  # 21:59 in Madrid
        ("2026-01-10T21:00", "2026-01-11T06:00"),
        ("2026-01-11T02:00", "2026-01-11T06:00"),
        ("2026-01-11T05:59", "2026-01-11T06:00"),
        ("2026-01-11T06:00", None),
    ],
)
def test_they_may_pass_midnight(now: str, ends: str | None) -> None:
    result = quiet_until(at(now), zone=MADRID, begins=time(22), ends=time(7))
    assert result == (ends and at(ends))


def test_at_noon() -> None:
    assert quiet_until(at("2026-01-10T13:30"), zone=MADRID, begins=time(14), ends=time(16)) == at("2026-01-10T15:00")
    assert quiet_until(at("2026-01-10T15:00"), zone=MADRID, begins=time(14), ends=time(16)) is None
    assert quiet_until(at("2026-01-10T15:00"), zone=MADRID, begins=None, ends=None) is None


def test_an_hour_that_comes_twice_ends_the_second_time() -> None:
    """On 25 October 2026 Madrid's clocks go from 03:00 back to 02:00."""
    second = at("2026-10-25T01:10")  # 02:10 again
    assert quiet_until(second, zone=MADRID, begins=time(23), ends=time(2, 30)) == at("2026-10-25T01:30")


@given(now=MOMENT, zone=ZONES, begins=CLOCK, ends=CLOCK)
def test_they_end_ahead_and_after_them_it_is_not_quiet(now: datetime, zone: ZoneInfo, begins: time, ends: time) -> None:
    """A message held back until a moment that is past would be looked at for ever."""
    until = quiet_until(now, zone=zone, begins=begins, ends=ends)
    if begins == ends or until is None:
        return
    assert now < until <= now + timedelta(hours=26)
    again = quiet_until(until, zone=zone, begins=begins, ends=ends)
    assert again is None or again - until <= timedelta(hours=1.5)  # the hour that comes twice or not at all


@given(now=MOMENT)
def test_a_day_has_begun_and_the_next_has_not(now: datetime) -> None:
    """Havana's clocks change at midnight."""
    for zone in (MADRID, ZoneInfo("America/Havana")):
        assert day_begins(now, zone) <= now < day_begins(now, zone, days=1)
