"""The advice a shop's people were given and what came of it, as the next training reads it."""

from datetime import date, timedelta

from django.db.models import Avg, Case, Count, F, FloatField, Q, Value, When

from forecasting.lived_advice import LivedAdvice
from forecasting.models import AdviceScore
from scraping.models import Shop

SPAN = timedelta(days=90)  # as long as the public record's sentence looks back


def past_advice(shop: Shop, *, today: date) -> LivedAdvice:
    """Judged advice of the last 90 days up to `today`: one query."""
    judged = AdviceScore.objects.filter(forecast__product__shop=shop, due_on__gte=today - SPAN, due_on__lte=today)
    followed = Case(When(word="wait", then=F("waited")), default=Value(1.0), output_field=FloatField())
    found = judged.aggregate(
        decisions=Count("pk"),
        waits=Count("pk", filter=Q(word="wait")),
        lost=Count("pk", filter=Q(word="wait", waited__gt=1.0)),
        cost=Avg(followed),
        lowest=Avg("lowest"),
    )
    if not found["decisions"]:
        return LivedAdvice()
    return LivedAdvice(found["decisions"], found["waits"], found["lost"], 1 - found["cost"], 1 - found["lowest"])
