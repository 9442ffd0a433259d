"""Addresses of the whole site; the pages without a language in the address speak the reader's own."""

from django.contrib import admin
from django.urls import URLPattern, URLResolver, include, path
from django.views.generic import RedirectView
from drf_spectacular.views import SpectacularSwaggerSplitView

from oilwatch.api_root import ApiRootView
from oilwatch.api_schema import SchemaView

handler404 = "oilwatch.error_pages.not_found"
handler500 = "oilwatch.error_pages.server_error"

OUTSIDE_LANGUAGES = [
    path("api/", ApiRootView.as_view(), name="api-root"),
    path("api/", include("scraping.api.urls")),
    path("api/", include("forecasting.api.urls")),
    path("api/", include("dashboard.api.urls")),
    path("api/schema/", SchemaView.as_view(), name="schema"),
    path("admin/", admin.site.urls),
    path("charts/", include("dashboard.dash_apps.urls")),
    # Pages of others (the admin, the API's) name no icon, so browsers ask for this one.
    path("favicon.ico", RedirectView.as_view(url="/static/dashboard/favicon.svg", permanent=True)),
    path("", include("dashboard.machine_urls")),
]
PAGES: list[URLPattern | URLResolver] = [
    # Split: its script is an answer of its own, since the content policy refuses scripts inside a page.
    path(
        "api/docs/",
        SpectacularSwaggerSplitView.as_view(url_name="schema", template_name="api_docs.html"),
        name="docs",
    ),
    path("", include("dashboard.urls")),
]
urlpatterns = [*OUTSIDE_LANGUAGES, *PAGES]
