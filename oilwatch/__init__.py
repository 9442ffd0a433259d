"""The composition root: settings, addresses, Celery, schedule, health, the embedded servers."""

from oilwatch.celery import app as celery_app

__all__ = ["celery_app"]
