"""Where prices are going, as a Django app."""

from django.apps import AppConfig


class ForecastingConfig(AppConfig):
    """Where prices are going."""

    name = "forecasting"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Take part in the removal of simulated data."""
        from forecasting.services.retention import remove_simulated_forecasts
        from scraping.signals import removing_simulated

        removing_simulated.connect(remove_simulated_forecasts, dispatch_uid="remove simulated forecasts")
