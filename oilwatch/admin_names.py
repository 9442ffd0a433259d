"""What the administration calls tables, columns and choices, in the reader's language.

Django names them in English, after the code. Said once here instead of in every field: a migration for each name would
say nothing of the database.
"""

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy

APPS = {"scraping": "Prices", "forecasting": "Forecasts and training", "dashboard": "Alerts and messages"}


def translate_names() -> None:
    """Make every name of the three apps one that the catalogue is asked for when it is shown."""
    for label, name in APPS.items():
        config = apps.get_app_config(label)
        config.verbose_name = gettext_lazy(name)
        for model in config.get_models():
            names: Any = model._meta
            names.verbose_name = gettext_lazy(str(names.verbose_name))
            names.verbose_name_plural = gettext_lazy(str(names.verbose_name_plural))
            for field in (*names.local_fields, *names.local_many_to_many):
                field.verbose_name = gettext_lazy(str(field.verbose_name))
                if field.help_text:
                    field.help_text = gettext_lazy(str(field.help_text))
                if field.choices:
                    field.choices = [
                        (value, gettext_lazy(str(name)) if name else name) for value, name in field.choices
                    ]
