"""Every message that beat sends expires: a queue that was stuck does not run a day's work twice."""

from datetime import timedelta

import pytest
from celery.schedules import crontab
from django_celery_beat.models import PeriodicTask
from django_celery_beat.schedulers import ModelEntry

from oilwatch.celery import app
from oilwatch.schedule import beat_schedule

SCHEDULE = beat_schedule(reconcile_seconds=30)


@pytest.mark.parametrize("name", SCHEDULE)
def test_an_entry_expires_and_names_a_task_that_exists(name: str) -> None:
    entry = SCHEDULE[name]
    app.loader.import_default_modules()
    assert entry["task"] in app.tasks
    assert isinstance(entry["schedule"], timedelta | crontab)
    assert 0 < entry["options"]["expire_seconds"] <= 3600


@pytest.mark.django_db
@pytest.mark.parametrize("name", SCHEDULE)
def test_the_database_scheduler_keeps_the_expiry(name: str) -> None:
    ModelEntry.from_entry(name, app=app, **SCHEDULE[name])
    assert PeriodicTask.objects.get(name=name).expire_seconds == SCHEDULE[name]["options"]["expire_seconds"]
