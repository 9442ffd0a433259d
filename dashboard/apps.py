"""What people see, as a Django app."""

from django.apps import AppConfig


class DashboardConfig(AppConfig):
    """What people see."""

    name = "dashboard"
    default_auto_field = "django.db.models.BigAutoField"
