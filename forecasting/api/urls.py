"""Addresses of the shelf's endpoints."""

urlpatterns: list = []
