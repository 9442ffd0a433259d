"""Addresses of the scraping endpoints."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from scraping.api.captures import CapturesView, CaptureVisitView
from scraping.api.catalogue import ShopViewSet
from scraping.api.data import DataView
from scraping.api.scraper import ScrapeRunView, ScraperView

router = SimpleRouter()
router.register("shops", ShopViewSet)

urlpatterns: list[URLPattern | URLResolver] = [
    path("scraper/", ScraperView.as_view(), name="scraper"),
    path("scraper/<int:pk>/", ScrapeRunView.as_view(), name="scrape-run"),
    path("captures/", CapturesView.as_view(), name="captures"),
    path("captures/<int:pk>/", CaptureVisitView.as_view(), name="capture-visit"),
    path("data/", DataView.as_view(), name="data"),
    *router.urls,
]
