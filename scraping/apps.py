"""What is on the shelf, as a Django app."""

from django.apps import AppConfig


class ScrapingConfig(AppConfig):
    """What is on the shelf."""

    name = "scraping"
    default_auto_field = "django.db.models.BigAutoField"
