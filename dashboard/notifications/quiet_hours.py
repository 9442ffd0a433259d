"""Whether somebody may be disturbed now, and if not, when. Pure."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo


def quiet_until(now: datetime, *, zone: ZoneInfo, begins: time | None, ends: time | None) -> datetime | None:
    """Return when the quiet hours end that `now` is in, or None outside of them; they may pass midnight."""
    if begins is None or ends is None:
        return None
    local = now.astimezone(zone)
    clock = local.time()
    inside = begins <= clock < ends if begins < ends else clock >= begins or clock < ends
    if not inside:
        return None
    day = local.date() if clock < ends else local.date() + timedelta(days=1)
    end = datetime.combine(day, ends, zone).astimezone(UTC)
    # In the night the clocks go back an hour comes twice: its end is the second one then.
    return end if end > now else datetime.combine(day, ends.replace(fold=1), zone).astimezone(UTC)


def day_begins(now: datetime, zone: ZoneInfo, *, days: int = 0) -> datetime:
    """Return the beginning of the person's day, or of one so many days on."""
    day = now.astimezone(zone).date() + timedelta(days=days)
    return datetime.combine(day, time(), zone).astimezone(UTC)
