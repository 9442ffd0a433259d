"""The administration: oilwatch's own tables and people, without the tables of libraries that nobody decides by."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

# Failed sign-ins end by themselves after a quarter of an hour, or by `manage.py axes_reset`.
HIDDEN_APPS = frozenset({"django_plotly_dash", "axes"})
HIDDEN_MODELS = frozenset({"django_celery_beat.solarschedule", "django_celery_beat.clockedschedule"})


class OilwatchAdminSite(AdminSite):
    """Leaves out what is noise."""

    site_header = "oilwatch"
    site_title = "oilwatch"
    index_title = _("Administration")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Register all but the hidden tables."""
        models: Iterable[type[Model]] = (
            [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable
        )
        shown = [model for model in models if not _is_hidden(model)]
        super().register(shown, admin_class, **options)


class OilwatchAdminConfig(AdminConfig):
    """Makes it the site that every app registers with."""

    default_site = "oilwatch.admin_site.OilwatchAdminSite"


def _is_hidden(model: type[Model]) -> bool:
    return model._meta.app_label in HIDDEN_APPS or model._meta.label_lower in HIDDEN_MODELS
