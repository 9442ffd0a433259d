"""Entries of the schedule under plain names: the rows stay, and so do an operator's changes and switches."""

from django.db import migrations

NAMES = {
    "ring again for visits nobody took": "send visits nobody took again",
    "ring again for trainings nobody took": "send trainings nobody took again",
    "judge the forecasts whose days have come": "score the forecasts that are due",
    "forget old pages": "remove old pages, visits and orders",
    "prices at origin": "producer prices",
    "have the market page ready": "prepare the market page",
}


def rename(apps, names):
    tasks = apps.get_model("django_celery_beat", "PeriodicTask").objects
    for old, new in names.items():
        if not tasks.filter(name=new).exists():
            tasks.filter(name=old).update(name=new)


def forwards(apps, schema_editor):
    rename(apps, NAMES)


def backwards(apps, schema_editor):
    rename(apps, {new: old for old, new in NAMES.items()})


class Migration(migrations.Migration):

    dependencies = [("dashboard", "0010_plain_labels"), ("django_celery_beat", "0019_alter_periodictasks_options")]

    operations = [migrations.RunPython(forwards, backwards)]
