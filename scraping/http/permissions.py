"""Reading is open, unless a setting closes it; whatever costs or changes something needs staff."""

from typing import TYPE_CHECKING

from django.conf import settings
from rest_framework.permissions import SAFE_METHODS, BasePermission
from rest_framework.request import Request

if TYPE_CHECKING:  # a view imports its permissions, not the other way round
    from rest_framework.views import APIView


class OpenReadsStaffWrites(BasePermission):
    """GET for everyone (or, closed, for those who signed in); the rest for staff."""

    def has_permission(self, request: Request, view: "APIView") -> bool:
        """Decide by method and user."""
        user = request.user
        if request.method in SAFE_METHODS:
            return settings.OILWATCH_API_READS_ARE_OPEN or bool(user and user.is_authenticated)
        return bool(user and user.is_authenticated and user.is_staff)
