"""The capture keys of a person."""

from typing import Any

from scraping.models import CaptureToken


def active_tokens(user: Any) -> list[CaptureToken]:
    """Those that still open something, the newest first."""
    return list(CaptureToken.objects.filter(user=user.pk, revoked_at=None))
