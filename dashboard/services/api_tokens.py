"""A person's key to the API: one each, as the command `drf_create_token` makes it."""

from typing import Any

from django.db import transaction
from rest_framework.authtoken.models import Token


def replace_api_token(*, user: Any) -> str:
    """Make a new key, which ends the one before, and return it: the only time that it is shown."""
    with transaction.atomic():
        revoke_api_token(user=user)
        return str(Token.objects.create(user=user).key)


def revoke_api_token(*, user: Any) -> bool:
    """End the key; False where there is none."""
    deleted, _ = Token.objects.filter(user=user).delete()
    return bool(deleted)
