"""One request of a person at a time where what is there is counted before something is added."""

from typing import Any

from django.contrib.auth import get_user_model


def lock_user(user: Any) -> None:
    """Wait for the person's other requests; held to the end of the transaction that has to be open.

    Without the key: rows that only point to the person (an alert event's, say) are written meanwhile.
    """
    get_user_model()._default_manager.select_for_update(no_key=True).get(pk=user.pk)
