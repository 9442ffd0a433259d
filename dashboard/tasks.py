"""What workers do for the people with alerts, and for those who open a page next."""

from celery import shared_task
from django.utils import timezone

from dashboard import index_data
from dashboard.selectors import below_usual, grades
from dashboard.services import addresses, alert_events, retention


@shared_task(name="dashboard.tasks.check_alerts", time_limit=120)
def check_alerts() -> int:
    """Trigger the alerts whose moment has come, and send what is due; a round ends long before the limit."""
    return alert_events.check_alerts()


@shared_task(name="dashboard.tasks.ask_address", time_limit=60)
def ask_address(address_id: int) -> bool:
    """Ask the holder of one new e-mail address whether alerts may be sent there."""
    return addresses.ask_address(address_id=address_id)


@shared_task(name="dashboard.tasks.keep_market", time_limit=120)
def keep_market() -> int:
    """Have what the market page computes from all spells ready for whoever opens it next."""
    grades.keep_paths(timezone.now())
    below_usual.keep_below_usual(timezone.now())
    return index_data.keep_indices()


@shared_task(name="dashboard.tasks.forget", time_limit=600)
def forget() -> int:
    """Remove alert events and deliveries that are older than their retention."""
    return retention.forget_alert_events(now=timezone.now())
