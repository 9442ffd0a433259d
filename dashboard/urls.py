"""Addresses of the pages."""

from django.urls import path

import dashboard.dash_apps.price
from dashboard.pages.accuracy import accuracy
from dashboard.pages.market import market
from dashboard.pages.product import product

CHARTS = (dashboard.dash_apps.price.app,)  # imported here, so that the chart is known before a frame asks for it

urlpatterns = [
    path("", market, name="market"),
    path("accuracy/", accuracy, name="accuracy"),
    path("products/<int:pk>/", product, name="product"),
]
