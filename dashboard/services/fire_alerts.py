"""Find the alerts whose moment has come and tell people, once for each event."""

from dashboard.services.ask_addresses import ask_due
from dashboard.services.find_firings import find_firings
from dashboard.services.send_deliveries import send_due


def check_alerts() -> int:
    """Write what fired, then send what is due; return how many firings were told.

    Two workers at it, a worker that dies, a ring that comes twice: an event is written once (its row is unique, and
    the alert's standing changes in the same transaction) and sent at most once (see `send_deliveries`).
    """
    find_firings()
    told = send_due()
    ask_due()
    return told
