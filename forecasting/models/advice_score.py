"""What became of a published advice, once its deadline has passed."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext

from forecasting.models.forecast import Forecast

WORDS = (("buy", "buy now"), ("wait", "wait"), ("no_hurry", "no hurry"))


class AdviceScore(models.Model):
    """One advice scored by prices really seen; amounts are shares of the price on the day it was given.

    Who waits buys at the first price 3 % lower, on the first day whose published advice is to buy, else on the
    deadline at whatever it costs then; `always` is the same without later advice. Following the advice cost `waited`
    where its word was wait or no hurry, and 1 where it was buy.
    """

    forecast = models.OneToOneField(Forecast, on_delete=models.CASCADE, related_name="advice_score")
    word = models.CharField(max_length=8, choices=WORDS)
    days = models.PositiveSmallIntegerField(help_text="from the day it was given to its deadline")
    due_on = models.DateField(help_text="the deadline")
    waited = models.FloatField(help_text="what waiting cost, until a later advice to buy")
    always = models.FloatField(help_text="what waiting for the limit or the deadline would have cost")
    lowest = models.FloatField(help_text="the lowest possible price, known afterwards")

    class Meta:
        ordering: ClassVar = ["-due_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(word__in=["buy", "wait", "no_hurry"]), name="a_scored_advice_says_buy_wait_or_no_hurry"
            ),
            models.CheckConstraint(
                condition=Q(lowest__gt=0, lowest__lte=1, waited__gte=F("lowest"), always__gte=F("lowest")),
                name="nobody_pays_less_than_who_knows_the_future",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["due_on"], name="advice_score_by_deadline")]

    def __str__(self) -> str:
        return gettext("advice of forecast %(id)s: %(word)s") % {"id": self.forecast_id, "word": self.word}
