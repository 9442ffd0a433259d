"""The composition root, as a Django app (for its commands)."""

from django.apps import AppConfig


class OilwatchConfig(AppConfig):
    """Settings, addresses, schedule, servers."""

    name = "oilwatch"

    def ready(self) -> None:
        """Register the system checks, and give tables and columns names in the reader's language."""
        import oilwatch.checks  # noqa: F401 - registers itself
        from oilwatch.admin_names import translate_names

        translate_names()
