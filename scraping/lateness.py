"""When a price is late: the one rule of the health check, the operations page and the price pages. Pure."""

from datetime import datetime, timedelta

LONGEST_WAIT = 2  # intervals: one check may fail, or wait for its turn, without anything being wrong


def is_late(last_seen: datetime, *, now: datetime, visit_interval: timedelta) -> bool:
    """Whether a product or shop that is visited every `visit_interval` should have been seen again by `now`."""
    return now - last_seen > LONGEST_WAIT * visit_interval
