"""Addresses of the charts' frames: of django-plotly-dash's own, those that a chart uses."""

from django_plotly_dash import urls as dash_urls

app_name = dash_urls.app_name
UNUSED = "add_stateless_apps"  # writes rows for whoever opens it
urlpatterns = [each for each in dash_urls.urlpatterns if each.name != UNUSED]
