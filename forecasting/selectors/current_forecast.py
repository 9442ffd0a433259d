"""The forecast of a product that holds now, or the reason why there is none. Nothing is computed here."""

from forecasting.explain import refusal_text
from forecasting.features.unit_change import jumped
from forecasting.models import Forecast, IndexForecast, MethodForecast, Standing, Training, TrainingStatus
from forecasting.selectors.index_series import Basket
from scraping.models import PriceSpell, Product

ORDER_ONE = "start a training with POST /api/retrain/, or run `manage.py retrain`"


class NoForecast(Exception):
    """There is no forecast, and why."""


def current_forecast(product: Product) -> Forecast:
    """The newest served forecast while it is fresh; NoForecast says in words why there is none."""
    forecast = latest_forecast(product)
    if forecast is None:
        raise NoForecast(_why_none(product))
    _refuse_outlived(product, forecast)
    return forecast


def current_method_forecast(product: Product, method: str) -> MethodForecast:
    """The newest served forecast by one method while it is fresh; NoForecast says in words why there is none."""
    forecast: MethodForecast | None = MethodForecast.objects.served().filter(product=product, method=method).first()
    if forecast is None:
        raise NoForecast(_why_none_by(product))
    _refuse_outlived(product, forecast)
    return forecast


def _refuse_outlived(product: Product, forecast: Forecast | MethodForecast) -> None:
    """Raise NoForecast where the price has jumped since the forecast, or was seen long after it."""
    spell = product.latest_spell
    if spell is not None and spell.price is not None and jumped(forecast.last_price, float(spell.price)):
        raise NoForecast(
            f"The price jumped from {forecast.last_price:.2f} to {spell.price} since {forecast.cutoff}: "
            "a wrong price, or another unit or pack. There is a forecast again once it has gone back, "
            "or stayed for two weeks."
        )
    if spell is not None and forecast.is_stale(spell.last_seen):
        raise NoForecast(
            f"The newest forecast is from {forecast.cutoff}, and its price was seen on {spell.last_seen.date()} since: "
            f"it is too old to be served; {ORDER_ONE}."
        )


def _why_none_by(product: Product) -> str:
    if latest_forecast(product) is None:
        return _why_none(product)
    return (
        "This method has no forecast of this product: its price never changed, or no training has fitted the method "
        f"to it yet; {ORDER_ONE}."
    )


def _why_none(product: Product) -> str:
    if not PriceSpell.objects.own().filter(product=product, price__isnull=False).exists():
        return "No price of this product was ever found; scrape it or import its history first."
    return _refused_before(product) or f"This product has no forecast yet; {ORDER_ONE}."


def _refused_before(product: Product) -> str | None:
    """The reason of the newest training that refused the product, if no price came since: it would refuse again."""
    training = Training.objects.filter(status=TrainingStatus.DONE, refused__has_key=str(product.pk)).first()
    if training is None or training.finished_at is None:
        return None
    newer = PriceSpell.objects.filter(product=product, last_seen__gt=training.finished_at).exists()
    return None if newer else refusal_text(str(training.refused[str(product.pk)]))


def champion_of(scope: str) -> Training | None:
    """The training of a scope that is served now."""
    return Training.objects.filter(scope=scope, standing=Standing.SERVED).order_by("-id").first()


def latest_forecast(product: Product) -> Forecast | None:
    """The newest forecast of a product that is served."""
    return Forecast.objects.served().filter(product=product).first()


def latest_index_forecast(basket: Basket) -> IndexForecast | None:
    """The newest published forecast of a grade's index."""
    served = IndexForecast.objects.served()
    return served.filter(grade=basket.grade, currency=basket.currency, simulated=basket.simulated).first()
