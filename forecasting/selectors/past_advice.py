"""How a shop's published advice turned out, as the next training reads it."""

from datetime import date, timedelta

from forecasting.models import AdviceScore
from forecasting.policy.realised_advice import RealisedAdvice
from forecasting.selectors.score_sums import advice_sums
from scraping.models import Shop

ADVICE_SPAN = timedelta(days=90)  # as long as the public record's sentence looks back


def past_advice(shop: Shop, *, today: date) -> RealisedAdvice:
    """Scored advice of the last 90 days up to `today`: one query."""
    scored = AdviceScore.objects.filter(
        forecast__product__shop=shop, due_on__gte=today - ADVICE_SPAN, due_on__lte=today
    )
    sums = advice_sums(scored)
    if not sums["decisions"]:
        return RealisedAdvice()
    return RealisedAdvice(sums["decisions"], sums["waits"], sums["lost"], 1 - sums["followed"], 1 - sums["least_paid"])
