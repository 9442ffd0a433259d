"""Addresses of the products with their advice, of the alerts, and of the panel in a person's browser."""

from django.urls import URLPattern, URLResolver, path
from rest_framework.routers import SimpleRouter

from dashboard.api.addresses import AddressViewSet
from dashboard.api.alerts import AlertViewSet
from dashboard.api.capture_panel import CapturePanelView
from dashboard.api.channels import ChannelViewSet
from dashboard.api.products import ProductWithAdviceViewSet

router = SimpleRouter()
router.register("products", ProductWithAdviceViewSet)
router.register("addresses", AddressViewSet)
router.register("alerts", AlertViewSet)
router.register("channels", ChannelViewSet)

urlpatterns: list[URLPattern | URLResolver] = [
    path("captures/panel/", CapturePanelView.as_view(), name="capture-panel"),
    *router.urls,
]
