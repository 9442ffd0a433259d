"""What workers do for scraping. Tasks carry ids; rows in PostgreSQL are the truth about work."""

from celery import shared_task
from django.utils import timezone

from scraping.services import order_visits, pictures, preview_lists, price_rules, visit_product
from scraping.services.discover import discover as run_search
from scraping.services.discover import order_searches
from scraping.services.snapshots import forget_runs, forget_snapshots, forget_visits


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
    """Send again visits and previews nobody took."""
    now = timezone.now()
    return order_visits.reconcile_visits(now=now) + preview_lists.reconcile_previews(now=now)


@shared_task(name="scraping.tasks.preview", time_limit=120, soft_time_limit=90)
def preview(row_id: int) -> None:
    """Make one preview of a list, if no other worker has it."""
    preview_lists.make_preview(row_id=row_id)


@shared_task(name="scraping.tasks.discover_due", time_limit=60)
def discover_due() -> int:
    """Enqueue the saved searches whose time has come."""
    return order_searches(now=timezone.now())


@shared_task(name="scraping.tasks.discover", time_limit=600)
def discover(search_id: int) -> None:
    """Run one saved search."""
    run_search(search_id=search_id)


@shared_task(name="scraping.tasks.reread_by_rules", time_limit=120)
def reread_by_rules(visit_id: int) -> None:
    """Read one stored page by the rules that hold now."""
    price_rules.reread_by_rules(visit_id=visit_id)


@shared_task(name="scraping.tasks.fetch_pictures", time_limit=300)
def fetch_pictures() -> int:
    """Fetch some of the pictures that are missing."""
    return pictures.fetch_pictures(now=timezone.now())


@shared_task(name="scraping.tasks.forget", time_limit=600)
def forget() -> int:
    """Remove visits, stored pages, orders and previews that are older than their retention."""
    now = timezone.now()
    preview_lists.forget_preview_lists(now=now)
    return forget_visits(now=now) + forget_snapshots(now=now) + forget_runs(now=now)
