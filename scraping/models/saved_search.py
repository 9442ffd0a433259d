"""A search that is repeated on a schedule to find new products."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from scraping.models.shop import Shop


class SavedSearch(models.Model):
    """Search words for one shop; what they find waits for the operator unless the shop takes it at once."""

    shop = models.ForeignKey(Shop, on_delete=models.CASCADE, related_name="searches")
    words = models.CharField(max_length=128, help_text="for example: aceite de oliva virgen extra 5 l")
    pages = models.PositiveSmallIntegerField(default=2, help_text="result pages to read")
    every = models.DurationField(default=timedelta(days=1))
    active = models.BooleanField(default=True)
    next_at = models.DateTimeField(default=timezone.now)
    last_run_at = models.DateTimeField(null=True, blank=True, editable=False)
    last_outcome = models.CharField(max_length=255, blank=True, editable=False)

    class Meta:
        verbose_name_plural = "saved searches"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["shop", "words"], name="a_search_is_saved_once"),
            models.CheckConstraint(condition=~Q(words=""), name="a_search_has_words"),
            models.CheckConstraint(condition=Q(every__gt=timedelta(0)), name="a_search_is_repeated_sometimes"),
            models.CheckConstraint(condition=Q(pages__gte=1, pages__lte=20), name="a_search_reads_1_to_20_pages"),
        ]

    def __str__(self) -> str:
        return gettext("%(words)s at %(shop)s") % {"words": self.words, "shop": self.shop}
