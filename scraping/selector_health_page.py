"""The staff page on selector health, under the visits in the admin."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils import timezone
from django.utils.translation import gettext

from scraping.selector_health import days_until, selector_health


class WithSelectorHealth(admin.ModelAdmin[Any]):
    """For the visits' admin: one address more, and a link to it above the list."""

    change_list_template = "admin/scraping/visit/change_list.html"

    def get_urls(self) -> list[URLPattern]:
        """The page stands at `selectors/` under the visits."""
        own = path("selectors/", self.admin_site.admin_view(self.selectors), name="scraping_visit_selectors")
        return [own, *super().get_urls()]

    def selectors(self, request: HttpRequest) -> TemplateResponse:
        """Which rules read the pages of the last fourteen days."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        now = timezone.now()
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("Selector health"),
            "opts": self.opts,
            "days": days_until(now),
            "fields": selector_health(now=now),
        }
        return TemplateResponse(request, "admin/scraping/visit/selectors.html", context)
