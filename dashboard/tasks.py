"""What workers do for the people who asked to be told, and for those who open a page next."""

from celery import shared_task

from dashboard import index_data
from dashboard.services import fire_alerts


@shared_task(name="dashboard.tasks.check_alerts", time_limit=120)
def check_alerts() -> int:
    """Fire the alerts whose moment has come, and send what is due; a round ends long before the limit."""
    return fire_alerts.check_alerts()


@shared_task(name="dashboard.tasks.keep_indices", time_limit=120)
def keep_indices() -> int:
    """Have the indices ready for whoever opens the market page next."""
    return index_data.keep_indices()
