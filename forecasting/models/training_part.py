"""A piece of a training for one worker: cross-validate some past cutoffs, forecast a shop, publish it all."""

from collections.abc import Iterator
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext

from forecasting.models.training import Training, TrainingStatus
from scraping.jobs.job import Job, JobQuerySet
from scraping.models import Shop

OPEN_PARTS = (TrainingStatus.QUEUED, TrainingStatus.RUNNING)


class PartKind(models.TextChoices):
    """What a part does."""

    CROSS_VALIDATE = "cross_validate", "cross-validate past cutoffs"
    PROPOSE = "propose", "make today's candidate forecasts"
    FORECAST = "forecast", "forecast a shop"
    PROPHET = "prophet", "fit Prophet"
    LSTM = "lstm", "train the LSTM"
    COMPARE = "compare", "compare the forecasters"
    INDICES = "indices", "forecast the grades' indices"
    PUBLISH = "publish", "compare with the champion and publish"


STAGES = {
    PartKind.CROSS_VALIDATE: 0,
    PartKind.PROPOSE: 0,
    PartKind.FORECAST: 1,
    PartKind.COMPARE: 1,
    PartKind.PROPHET: 1,  # beside the forecast, which one worker makes alone
    PartKind.LSTM: 1,
    PartKind.INDICES: 2,
    PartKind.PUBLISH: 3,
}


class PartQuerySet(JobQuerySet):
    """Jobs of which some wait for others."""

    def ready(self) -> Self:
        """Parts that wait for no other: those of the same shop in earlier stages are over, however they ended.

        Indices are made of the forecasts of all shops and wait for those, publishing waits for everything.
        This join of a chord's header stands in PostgreSQL, not in a counter in Redis: whatever Redis forgets,
        the last part of a stage finds the next stage ready, once.
        """
        before = TrainingPart._default_manager.filter(
            training=OuterRef("training"), stage__lt=OuterRef("stage"), status__in=OPEN_PARTS
        )
        waiting_for_its_shop = Exists(before.filter(shop=OuterRef("shop")))
        waiting_for_forecasts = Q(kind=PartKind.INDICES) & Q(Exists(before.filter(kind=PartKind.FORECAST)))
        waiting_for_all = Q(kind=PartKind.PUBLISH) & Q(Exists(before))
        return self.exclude(waiting_for_its_shop).exclude(waiting_for_forecasts).exclude(waiting_for_all)

    def results(self) -> Iterator[bytes]:
        """What the parts found, one after the other: those of a large shop are too much to hold at once."""
        for pk in list(self.filter(result__isnull=False).order_by("pk").values_list("pk", flat=True)):
            yield bytes(TrainingPart._default_manager.values_list("result", flat=True).get(pk=pk) or b"")

    def open(self) -> Self:
        """Parts that are not over."""
        return self.filter(status__in=OPEN_PARTS)


class TrainingPart(Job):
    """One worker's share of a training, of its past cutoffs or of a shop's products.

    `result` is kept only until the training is over.
    """

    training = models.ForeignKey(Training, on_delete=models.CASCADE, related_name="parts")
    kind = models.CharField(max_length=16, choices=PartKind.choices)
    stage = models.PositiveSmallIntegerField(help_text="parts of a stage wait for those of the stages before it")
    shop = models.ForeignKey(Shop, null=True, on_delete=models.CASCADE, related_name="+")
    share = models.PositiveSmallIntegerField(default=0, help_text="which of `shares` slices of the past cutoffs")
    shares = models.PositiveSmallIntegerField(default=1)
    status = models.CharField(max_length=16, choices=TrainingStatus.choices, default=TrainingStatus.QUEUED)
    result = models.BinaryField(null=True, editable=False)
    duration_ms = models.PositiveIntegerField(null=True, blank=True)

    objects: ClassVar[Any] = PartQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["training", "stage", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["training", "kind", "shop", "share"],
                nulls_distinct=False,
                name="a_training_has_each_part_once",
            ),
            models.CheckConstraint(condition=Q(kind__in=PartKind.values), name="a_parts_kind_is_known"),
            models.CheckConstraint(condition=Q(status__in=TrainingStatus.values), name="a_parts_status_is_known"),
            models.CheckConstraint(
                condition=Q(share__lt=models.F("shares")), name="a_parts_share_is_one_of_its_shares"
            ),
            models.CheckConstraint(
                condition=~Q(status="running") | Q(lease_until__isnull=False), name="a_running_part_has_a_lease"
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["dispatch_at"], condition=Q(status__in=["queued", "running"]), name="the_open_parts")
        ]

    def __str__(self) -> str:
        values = {"kind": self.get_kind_display(), "id": self.training_id, "status": self.get_status_display()}
        return gettext("%(kind)s, training %(id)s: %(status)s") % values
