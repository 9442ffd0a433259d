"""What an operator rules about trainings: take one back, or serve one that was held back.

Neither rewrites the public record. The database writes down when a training was first served, and its forecasts count
from then on: also after a rollback, for whoever could take forecasts out that are going wrong would keep the good ones.
"""

from collections.abc import Iterable

from django.db import transaction

from forecasting.models import Standing, Training


@transaction.atomic
def roll_back(*, training_ids: Iterable[int], by: str) -> int:
    """Stop serving these trainings; what was served before them is served again at once.

    The last served training of a scope is left alone: behind it there is nothing. Returns how many were taken back.
    """
    ids = set(training_ids)
    served = Training.objects.filter(standing=Standing.SERVED)
    scopes = served.filter(pk__in=ids).values("scope")
    champions = list(served.filter(scope__in=scopes).select_for_update().order_by("-pk"))  # two at once: one waits
    taken = 0
    for training in (each for each in champions if each.pk in ids):
        left = [each for each in champions if each.scope == training.scope and each.standing == Standing.SERVED]
        if len(left) > 1:
            training.standing, training.standing_reason = Standing.ROLLED_BACK, f"rolled back by {by}"
            training.save(update_fields=["standing", "standing_reason"])
            taken += 1
    return taken


def serve(*, training_ids: Iterable[int], by: str) -> int:
    """Serve trainings that were held back or rolled back; returns how many."""
    hidden = Training.objects.filter(pk__in=training_ids, standing__in=(Standing.HELD_BACK, Standing.ROLLED_BACK))
    return int(hidden.update(standing=Standing.SERVED, standing_reason=f"served by {by}"))
