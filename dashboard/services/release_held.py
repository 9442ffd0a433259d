"""What was held back is looked at again at once."""

from django.utils import timezone

from dashboard.models import Delivery, DeliveryState


def release_held(*, user_id: int) -> int:
    """Queue what is held for this person; whatever still stands in its way holds it back again."""
    held = Delivery.objects.filter(user=user_id, state=DeliveryState.HELD)
    return held.update(state=DeliveryState.QUEUED, due_at=timezone.now())
