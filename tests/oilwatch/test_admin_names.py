"""The administration shows oilwatch's tables, and calls tables, columns and choices by Spanish names in Spanish."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest
from django.apps import apps
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from oilwatch.admin_names import APPS
from tests.factories import SpellFactory, UserFactory


@pytest.fixture(autouse=True)
def own_language() -> Iterator[None]:
    yield
    translation.deactivate()


def shown_names() -> set[str]:
    """Every name that the administration's pages take from the models and their admins."""
    names: set[str] = {str(apps.get_app_config(label).verbose_name) for label in APPS}
    for model, its_admin in admin.site._registry.items():
        if model._meta.app_label not in APPS:
            continue
        names |= {str(model._meta.verbose_name), str(model._meta.verbose_name_plural)}
        for field in (*model._meta.fields, *model._meta.many_to_many):
            names |= {
                str(field.verbose_name),
                str(field.help_text),
                *(str(label) for value, label in field.flatchoices if value),
            }
        functions = [
            getattr(its_admin, str(name), None) for name in (*its_admin.list_display, *(its_admin.actions or ()))
        ]
        names |= {str(function.short_description) for function in functions if hasattr(function, "short_description")}
    return names - {""}


def test_every_name_is_in_the_spanish_catalogue() -> None:
    catalogue = trans_real.translation("es")._catalog
    with translation.override("en"):
        assert sorted(name for name in shown_names() if catalogue.get(name) is None) == []


def test_what_nobody_decides_by_is_hidden() -> None:
    shown = {model._meta.label for model in admin.site._registry}
    assert "scraping.Product" in shown
    assert "django_celery_beat.PeriodicTask" in shown
    assert not {label for label in shown if label.startswith(("axes.", "django_plotly_dash."))}
    assert not shown & {"django_celery_beat.SolarSchedule", "django_celery_beat.ClockedSchedule"}


@pytest.mark.django_db
def test_a_list_says_what_to_choose_in_spanish() -> None:
    product = SpellFactory(price=Decimal("32.5")).product
    product.latest_spell = product.spells.get()
    product.save()
    client = Client(headers={"accept-language": "es"})
    client.force_login(UserFactory(staff=True), backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(reverse("admin:scraping_product_changelist")).content.decode()
    assert "Seleccione producto a modificar" in page
    assert "Última comprobación" in page
    assert f'href="/products/{product.pk}/"' in page
    assert "32,50 EUR" in page
    assert re.search(r"field-size[^>]*>5<", page), "a volume without idle zeros"
