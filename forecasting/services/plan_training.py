"""Split a training into parts that workers take: the way a chord spreads its header, with the join in PostgreSQL."""

from datetime import timedelta
from math import ceil

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Count
from django.utils import timezone

from forecasting.forecasters.lstm_curve import LSTM
from forecasting.models import PartKind, Training, TrainingPart
from forecasting.models.training_part import STAGES
from forecasting.services.compare_forecasters import comparison_due
from forecasting.services.training_dispatch import enqueue_ready_parts
from scraping.jobs.job import dispatch_again_after
from scraping.models import PriceSpell, Product, Shop


def plan(*, training_id: int, enqueue: bool = True) -> bool:
    """Take a queued training and write its parts, in one transaction; False if somebody did before.

    A training whose scope is being trained stays queued: the reconciler rings when that is over.
    """
    try:
        with transaction.atomic():
            limit = timedelta(minutes=settings.OILWATCH_TRAINING_MINUTES)
            if Training.objects.claim(training_id, now=timezone.now(), lease=limit) is None:
                return False
            training: Training = Training.objects.get(pk=training_id)
            counts = _series_by_shop(training)
            TrainingPart.objects.bulk_create(_parts(training, counts))
            Training.objects.filter(pk=training_id).update(series_total=sum(counts.values()))
            if enqueue:
                enqueue_ready_parts(training_id)
    except IntegrityError:
        return False
    return True


def _series_by_shop(training: Training) -> dict[int, int]:
    """How many of the training's products have a price in each shop, the largest shop first."""
    products = Product.objects.filter(pk__in=PriceSpell.objects.filter(price__isnull=False).values("product"))
    if training.product_ids:
        products = products.filter(pk__in=training.product_ids)
    shops = products.order_by().values("shop").annotate(series=Count("pk")).order_by("-series", "shop")
    return dict(shops.values_list("shop", "series"))


def _parts(training: Training, counts: dict[int, int]) -> list[TrainingPart]:
    parts, names = [], dict(Shop.objects.filter(pk__in=counts).values_list("pk", "name"))
    for shop, series in counts.items():
        slices = ceil(series / settings.OILWATCH_TRAINING_SERIES)
        if series >= settings.OILWATCH_TRAINING_SPREAD_FROM:
            # proposals not last: all would wait for them alone
            parts += _shares(training, PartKind.PROPOSE, shop, slices)
            parts += _shares(training, PartKind.CROSS_VALIDATE, shop, settings.OILWATCH_TRAINING_SHARES)
        parts += _shares(training, PartKind.FORECAST, shop, slices)
        if not training.product_ids and comparison_due(
            scope=training.scope, shop=names[shop], today=timezone.now().date()
        ):
            parts.append(_part(training, PartKind.COMPARE, shop))
        if settings.OILWATCH_PROPHET_CURVES:
            shares = settings.OILWATCH_TRAINING_SHARES if series >= settings.OILWATCH_TRAINING_SPREAD_FROM else 1
            parts += _shares(training, PartKind.PROPHET, shop, shares)
        if LSTM in settings.OILWATCH_CONTENDERS:
            parts.append(_part(training, PartKind.LSTM, shop))
    if not training.product_ids:
        parts.append(_part(training, PartKind.INDICES))
    return [*parts, _part(training, PartKind.PUBLISH)]


def _shares(training: Training, kind: PartKind, shop: int, shares: int) -> list[TrainingPart]:
    return [_part(training, kind, shop, share, shares) for share in range(shares)]


def _part(training: Training, kind: PartKind, shop: int | None = None, share: int = 0, shares: int = 1) -> TrainingPart:
    return TrainingPart(
        training=training,
        kind=kind,
        stage=STAGES[kind],
        shop_id=shop,
        share=share,
        shares=shares,
        dispatch_at=timezone.now() + dispatch_again_after(),
    )
