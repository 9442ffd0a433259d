"""Admin pages of rows that only the platform writes."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class ReadOnlyAdmin(admin.ModelAdmin[Any]):
    """Read only; services add and change."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Services add these."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Services change these."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A record that can be deleted is none."""
        return False
