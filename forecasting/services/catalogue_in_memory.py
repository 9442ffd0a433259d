"""A shop's series in a worker's memory: of the parts of one training that a process does, the first reads them for all.

One catalogue a process, and none of more series than one part forecasts, so that a worker stays small.
"""

from datetime import datetime

from django.conf import settings

from forecasting.models import Training
from forecasting.selectors.catalogue import catalogue_of
from forecasting.series import Series
from scraping.models import Shop

_read: dict[tuple[int, datetime, int], list[Series]] = {}


def catalogue_in_memory(training: Training, shop: Shop) -> list[Series]:
    """The shop's series as of the day the training began, as they were when this process first read them for it."""
    if training.started_at is None:
        return []
    key = (training.pk, training.started_at, shop.pk)
    if key in _read:
        return _read[key]
    _read.clear()  # before the next is read: never two at a time
    catalogue = catalogue_of(shop, product_ids=training.product_ids, moment=training.started_at)
    if len(catalogue) <= settings.OILWATCH_TRAINING_SERIES:
        _read[key] = catalogue
    return catalogue
