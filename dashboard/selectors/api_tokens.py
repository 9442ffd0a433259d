"""Since when a person has a key to the API."""

from datetime import datetime
from typing import Any

from rest_framework.authtoken.models import Token


def api_token_created(user: Any) -> datetime | None:
    """When the person's key was made; None without one."""
    created: datetime | None = Token.objects.filter(user=user).values_list("created", flat=True).first()
    return created
