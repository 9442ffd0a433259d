"""Shops, products, prices and visits, as a Django app."""

from django.apps import AppConfig


class ScrapingConfig(AppConfig):
    """Shops, products, prices and visits."""

    name = "scraping"
    default_auto_field = "django.db.models.BigAutoField"
