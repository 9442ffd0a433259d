"""Set when and how often a person wants to be disturbed."""

from datetime import time
from typing import Any

from django.db import transaction

from dashboard.models import NotificationPreferences
from dashboard.services.deliveries import release_held


def set_preferences(*, user: Any, **values: Any) -> NotificationPreferences:
    """Save them; ValidationError says what makes no sense. Messages held back are scheduled again by the new ones."""
    begins: time | None = values.get("quiet_from")
    ends: time | None = values.get("quiet_until")
    if begins == ends:  # both empty, or a night without length: no quiet hours
        values["quiet_from"] = values["quiet_until"] = None
    with transaction.atomic():
        preferences, _ = NotificationPreferences.objects.get_or_create(user=user)
        for name, value in values.items():
            setattr(preferences, name, value)
        preferences.full_clean(exclude=["user"])
        preferences.save()
        release_held(user_id=user.pk)
    return preferences
