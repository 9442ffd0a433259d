"""Set when and how often a person wants to be disturbed."""

from datetime import time
from typing import Any

from django.db import transaction

from dashboard.models import Manners
from dashboard.services.release_held import release_held


def set_manners(*, user: Any, **values: Any) -> Manners:
    """Keep them; ValidationError says what makes no sense. What is held back is looked at again by the new ones."""
    begins: time | None = values.get("quiet_from")
    ends: time | None = values.get("quiet_until")
    if begins == ends:  # both empty, or a night without length: no quiet hours
        values["quiet_from"] = values["quiet_until"] = None
    with transaction.atomic():
        manners, _ = Manners.objects.get_or_create(user=user)
        for name, value in values.items():
            setattr(manners, name, value)
        manners.full_clean(exclude=["user"])
        manners.save()
        release_held(user_id=user.pk)
    return manners
