"""Give the forecast of a product, training it at once where there is none."""

from forecasting.features.unit_change import jumped
from forecasting.models import Forecast, Training, TrainingStatus
from forecasting.selectors.served import latest_forecast
from forecasting.services.order_training import order_training
from forecasting.services.train import train
from scraping.models import PriceSpell, Product


class NoForecast(Exception):
    """There is no forecast, and why."""


def predict(*, product: Product) -> Forecast:
    """The latest forecast; NoForecast says in words why there is none."""
    forecast = latest_forecast(product)
    if forecast is not None:
        _refuse_jumped(product, forecast)
        return forecast
    if not PriceSpell.objects.filter(product=product, price__isnull=False).exists():
        raise NoForecast("No price of this product was ever seen; scrape it or import its history first.")
    refused = _refused_before(product)
    if refused:
        raise NoForecast(refused)
    training = order_training(product_ids=[product.pk], source="predict", enqueue=False)
    status = train(training_id=training.pk)
    if status in (None, TrainingStatus.RUNNING):
        raise NoForecast("This product is being trained at this moment; ask again in a few seconds.")
    training = Training.objects.get(pk=training.pk)
    if status != TrainingStatus.DONE:
        raise NoForecast(f"The training failed: {training.reason}")
    forecast = latest_forecast(product)
    if forecast is None:
        raise NoForecast(training.refused.get(str(product.pk), "The history is too short for a forecast."))
    return forecast


def _refuse_jumped(product: Product, forecast: Forecast) -> None:
    """What was said of a price does not hold for one many times as high: refuse until a training knows it."""
    spell = product.latest_spell
    if spell is None or spell.price is None or not jumped(forecast.last_price, float(spell.price)):
        return
    raise NoForecast(
        f"The price jumped from {forecast.last_price:.2f} to {spell.price} since {forecast.origin}: a wrong price, or "
        "another unit or pack. There is a forecast again once it has gone back, or stayed for two weeks."
    )


def _refused_before(product: Product) -> str | None:
    """The reason of the newest training that refused the product, if no price came since: it would refuse again."""
    training = Training.objects.filter(status=TrainingStatus.DONE, refused__has_key=str(product.pk)).first()
    if training is None or training.finished_at is None:
        return None
    newer = PriceSpell.objects.filter(product=product, last_seen__gt=training.finished_at).exists()
    return None if newer else str(training.refused[str(product.pk)])
