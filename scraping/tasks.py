"""What workers do for scraping. Tasks carry ids; rows in PostgreSQL are the truth about work."""

from celery import shared_task
from django.utils import timezone

from scraping.services import order_visits, visit_product


@shared_task(name="scraping.tasks.visit", time_limit=120, soft_time_limit=90)
def visit(visit_id: int) -> None:
    """Make one visit, if no other worker has it."""
    visit_product.visit(visit_id=visit_id)


@shared_task(name="scraping.tasks.scrape_due", time_limit=60)
def scrape_due() -> int:
    """Order visits for what is due."""
    return order_visits.order_due(now=timezone.now())


@shared_task(name="scraping.tasks.reconcile", time_limit=60)
def reconcile() -> int:
    """Ring again for visits nobody took."""
    return order_visits.reconcile_visits(now=timezone.now())
