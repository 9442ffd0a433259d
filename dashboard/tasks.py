"""What workers do for the people who asked to be told."""

from celery import shared_task

from dashboard.services import fire_alerts


@shared_task(name="dashboard.tasks.check_alerts", time_limit=120)
def check_alerts() -> int:
    """Fire the alerts whose moment has come."""
    return fire_alerts.check_alerts()
