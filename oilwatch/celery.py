"""The Celery application."""

import os

from celery import Celery
from django_structlog.celery.steps import DjangoStructLogInitStep

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oilwatch.settings")
# Processes are the unit of parallel work: where they fill the cores, threads of BLAS made a Prophet fit 7 times slower.
os.environ.setdefault("OMP_NUM_THREADS", "1")

app = Celery("oilwatch")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["scraping", "forecasting", "dashboard"])
app.steps["worker"].add(DjangoStructLogInitStep)
