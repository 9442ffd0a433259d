"""Make, find and revoke the keys with which browsers send pages."""

import hashlib
import secrets
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from scraping.errors import ScrapingError
from scraping.models import CaptureToken

PREFIX = "owc_"
MOST_TOKENS = 20
SHOW_USE_EVERY = timedelta(minutes=1)  # one write a minute, however many pages are sent


class TooManyTokens(ScrapingError):
    """The person has as many keys as one can have."""


def create_token(*, user: Any, name: str) -> tuple[CaptureToken, str]:
    """A new token and its key, which is shown now and never again."""
    if user.capture_tokens.filter(revoked_at=None).count() >= MOST_TOKENS:
        raise TooManyTokens(f"You have {MOST_TOKENS} keys. Revoke one first.")
    key = PREFIX + secrets.token_urlsafe(32)
    return CaptureToken.objects.create(user=user, name=name, key_hash=_hash(key)), key


def find_token(*, key: str) -> CaptureToken | None:
    """The token of this key, if it is not revoked and its person may sign in; notes that it was used."""
    now = timezone.now()
    tokens = CaptureToken.objects.filter(key_hash=_hash(key), revoked_at=None, user__is_active=True)
    token = tokens.select_related("user").first()
    if token is not None:
        unused = Q(last_used_at=None) | Q(last_used_at__lt=now - SHOW_USE_EVERY)
        CaptureToken.objects.filter(unused, pk=token.pk).update(last_used_at=now)
    return token


def revoke_token(*, user: Any, token_id: int) -> bool:
    """Revoke one of the person's own tokens; returns whether there was one."""
    return bool(user.capture_tokens.filter(pk=token_id, revoked_at=None).update(revoked_at=timezone.now()))


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode()).hexdigest()
