"""What people are served: the champion of a scope, and the newest forecasts of trainings in good standing."""

from forecasting.models import Forecast, IndexForecast, Standing, Training
from forecasting.selectors.index_series import Basket
from scraping.models import Product


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
