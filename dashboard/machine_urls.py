"""Addresses that programs read: the same in every language, so they never stand below /en/ or /es/."""

from django.urls import path

from dashboard.views.capture import capture_extension
from dashboard.views.health import health, live
from dashboard.views.picture import product_picture

urlpatterns = [
    path("health/", health, name="health"),
    path("health/live/", live, name="live"),
    path("products/<int:pk>/picture.webp", product_picture, name="product_picture"),
    path("capture/extension.zip", capture_extension, name="capture_extension"),
]
