"""Take in a training made elsewhere: whole, once, and only if it is what was written and about series we have."""

import zoneinfo
from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from math import isclose
from typing import Any

from django.db import transaction
from django.db.models import Max, Q
from django.utils import timezone

from forecasting.models import Standing, Training, TrainingSource, TrainingStatus
from forecasting.offline.training_files import BadTraining, read_training_files
from forecasting.selectors.catalogue import catalogue_of
from forecasting.series import Series
from forecasting.services.artefacts import write_artefact
from forecasting.services.order_training import scope_of
from forecasting.services.write_forecasts import write_forecasts
from scraping.models import Product, Shop
from scraping.tidy_csv import PRICE_STEP

GRACE = timedelta(days=1)  # exported in the evening, imported in the morning; days that are over earn it nothing
SHOWN = 10
NEWEST = Max("spells__last_seen", filter=Q(spells__price__isnull=False))


def import_training(*, artefact: bytes, forecasts: bytes, requested_by: str = "") -> Training:
    """Write the training and its forecasts; BadTraining says why not, and nothing was stored then."""
    learned, file = read_training_files(artefact, forecasts)
    earlier = Training.objects.filter(source=TrainingSource.IMPORT, checksum=file.artefact).first()
    if earlier is not None:
        raise BadTraining(f"This training was imported before, as training {earlier.pk}.")
    if not file.forecasts:
        raise BadTraining("This training forecasts nothing; there is nothing to serve.")
    products = _products([row["series"] for row in file.forecasts] + list(file.content["refused"]))
    kept = _kept_series(products[row["series"]] for row in file.forecasts)
    for row in file.forecasts:
        product = products[row["series"]]
        _check_against(product, row)
        _check_price(row, _price_on(kept.get(product.pk), row["origin"]))
    name = f"import-{file.artefact[:16]}.json"
    if write_artefact(name=name, content=learned) != file.artefact:
        raise BadTraining("The artefact is not in the form `manage.py train_file` writes.")
    with transaction.atomic():
        now = timezone.now()
        ids = sorted(product.pk for product in products.values())
        training: Training = Training.objects.create(
            scope=scope_of(ids),
            product_ids=ids,
            source=TrainingSource.IMPORT,
            requested_by=requested_by,
            status=TrainingStatus.DONE,
            standing=Standing.SERVED,
            standing_reason="imported by an operator",
            dispatch_at=now,
            finished_at=now,
            series_total=len(products),
            series_done=len(products),
            fingerprint=file.content["fingerprint"],
            versions=file.content["versions"],
            scores=file.content["scores"],
            chosen=file.content["chosen"],
            refused={str(products[series].pk): reason for series, reason in file.content["refused"].items()},
            artefact=name,
            checksum=file.artefact,
            reason=f"imported: {len(file.forecasts)} forecasts, {len(file.content['refused']) or 'none'} skipped",
        )
        by_product = {products[row["series"]].pk: _fields(row) for row in file.forecasts}
        write_forecasts(training=training, forecasts=by_product)
    return training


def _products(names: list[str]) -> dict[str, Product]:
    """The product of each series as `export_prices` names it."""
    parts = [name.partition("|") for name in names]
    known = (
        Product.objects.filter(
            Q(sku__in=names) | Q(shop__name__in={shop for shop, _, _ in parts}, sku__in={sku for _, _, sku in parts})
        )
        .select_related("shop")
        .annotate(newest=NEWEST)
    )
    products: dict[str, list[Product]] = defaultdict(list)
    for product in known:
        products[product.sku if "|" in product.sku else f"{product.shop.name}|{product.sku}"].append(product)
    for text, wrong in (
        ("No product is kept for", [name for name in names if not products[name]]),
        ("More than one shop keeps", [name for name in names if len(products[name]) > 1]),
    ):
        if wrong:
            more = f" and {len(wrong) - SHOWN} more" if len(wrong) > SHOWN else ""
            raise BadTraining(f"{text} {', '.join(sorted(wrong)[:SHOWN])}{more}.")
    return {name: products[name][0] for name in names}


def _check_against(product: Product, row: Mapping[str, Any]) -> None:
    """The right money, and a cutoff with at most a day of prices behind it.

    How many days count is not decided here: a forecast is scored from the day after it was published.
    """
    if product.shop.currency != row["currency"]:
        raise BadTraining(f"{row['series']} is kept in {product.shop.currency}, not {row['currency']}.")
    zone = zoneinfo.ZoneInfo(product.shop.timezone)
    if row["origin"] > timezone.now().astimezone(zone).date():
        raise BadTraining(f"{row['series']} is forecast from {row['origin']}, which is still to come.")
    newest: datetime | None = product.newest  # type: ignore[attr-defined]
    if newest and newest.astimezone(zone).date() > row["origin"] + GRACE:
        raise BadTraining(f"{row['series']} has prices after {row['origin']}; export and train again.")


def _kept_series(products: Iterable[Product]) -> dict[int, Series]:
    """The daily prices that a training on the platform would read, by product."""
    by_shop: dict[Shop, list[int]] = defaultdict(list)
    for product in products:
        by_shop[product.shop].append(product.pk)
    return {int(series.key): series for shop, ids in by_shop.items() for series in catalogue_of(shop, product_ids=ids)}


def _price_on(series: Series | None, day: date) -> float | None:
    """The price of a day, carried over short silences; None where none is kept."""
    place = (day - series.start).days if series else -1
    if series is None or not 0 <= place < len(series.prices):
        return None
    price = float(series.prices[place])
    return price if price > 0 else None


def _check_price(row: Mapping[str, Any], kept: float | None) -> None:
    """The price it starts from is ours: it is the unit of every error, and what assuming no change would say."""
    name, day, claimed = row["series"], row["origin"], row["last_price"]
    if kept is None:
        raise BadTraining(f"{name} is forecast from {day}, and no price of that day is kept; export and train again.")
    if not isclose(claimed, kept, abs_tol=float(PRICE_STEP), rel_tol=1e-6):
        raise BadTraining(f"{name} starts from {claimed:g} on {day}, but {kept:g} is kept; export and train again.")


def _fields(row: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in {"series", "currency"}}
