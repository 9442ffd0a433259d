"""The same site for an address that begins with a language: every page stands below it, and so do the links to pages.

`oilwatch.language_addresses` puts it in place of oilwatch.urls for such a request.
"""

from django.conf.urls.i18n import i18n_patterns

from oilwatch.urls import OUTSIDE_LANGUAGES, PAGES, handler404, handler500

__all__ = ("handler404", "handler500", "urlpatterns")

urlpatterns = [*OUTSIDE_LANGUAGES, *i18n_patterns(*PAGES)]
