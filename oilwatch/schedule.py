"""What celery-beat sends, and when; the operator changes it in the admin.

A message only asks "is anything due?": rows decide what is due, so a second beat or a message sent twice is harmless.
`expire_seconds` drops messages that waited in the queue for longer than they are of use.
"""

from datetime import timedelta
from typing import Any

from celery.schedules import crontab


def beat_schedule(*, reconcile_seconds: int) -> dict[str, dict[str, Any]]:
    """The schedule, by name; reconcilers run every `reconcile_seconds`."""
    return {
        "scrape what is due": {
            "task": "scraping.tasks.scrape_due",
            "schedule": timedelta(minutes=1),
            "options": {"expire_seconds": 60},
        },
        "send visits nobody took again": {
            "task": "scraping.tasks.reconcile",
            "schedule": timedelta(seconds=reconcile_seconds),
            "options": {"expire_seconds": reconcile_seconds},
        },
        "send trainings nobody took again": {
            "task": "forecasting.tasks.reconcile",
            "schedule": timedelta(seconds=reconcile_seconds),
            "options": {"expire_seconds": reconcile_seconds},
        },
        "run saved searches": {
            "task": "scraping.tasks.discover_due",
            "schedule": timedelta(minutes=10),
            "options": {"expire_seconds": 600},
        },
        "fetch pictures of products": {
            "task": "scraping.tasks.fetch_pictures",
            "schedule": crontab(minute="50"),
            "options": {"expire_seconds": 3600},
        },
        "remove old pages, visits and orders": {
            "task": "scraping.tasks.forget",
            "schedule": crontab(minute="10", hour="4"),
            "options": {"expire_seconds": 3600},
        },
        "remove old trainings and artefacts": {
            "task": "forecasting.tasks.forget",
            "schedule": crontab(minute="20", hour="4"),
            "options": {"expire_seconds": 3600},
        },
        "remove old alert events": {
            "task": "dashboard.tasks.forget",
            "schedule": crontab(minute="25", hour="4"),
            "options": {"expire_seconds": 3600},
        },
        "retrain every night": {
            "task": "forecasting.tasks.retrain",
            "schedule": crontab(minute="30", hour="3"),
            "options": {"expire_seconds": 3600},
        },
        "score the forecasts that are due": {
            "task": "forecasting.tasks.score",
            "schedule": crontab(minute="10", hour="3"),  # before the nightly training, which may learn from it
            "options": {"expire_seconds": 3600},
        },
        "retrain early where prices have left the forecasts": {
            "task": "forecasting.tasks.watch_drift",
            "schedule": crontab(minute="45"),
            "options": {"expire_seconds": 1800},
        },
        "producer prices": {
            "task": "forecasting.tasks.fetch_origin",
            "schedule": crontab("40", "4", day_of_week="5"),
            "options": {"expire_seconds": 3600},
        },
        "check the alerts": {
            "task": "dashboard.tasks.check_alerts",
            "schedule": timedelta(minutes=5),
            "options": {"expire_seconds": 300},
        },
        "prepare the market page": {
            "task": "dashboard.tasks.keep_market",
            "schedule": timedelta(minutes=5),  # half of the time it is kept
            "options": {"expire_seconds": 300},
        },
    }
