"""Where prices are going, as a Django app."""

from django.apps import AppConfig


class ForecastingConfig(AppConfig):
    """Where prices are going."""

    name = "forecasting"
    default_auto_field = "django.db.models.BigAutoField"
