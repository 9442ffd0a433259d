"""What Prophet is given of a shop beside its prices."""

from datetime import date, timedelta

from forecasting.forecasters.prophet_inputs import ProphetInputs
from forecasting.market.promotion_days import promotion_days
from forecasting.selectors.catalogue import LONGEST_HISTORY
from forecasting.selectors.forecast_context import tax_steps_of
from scraping.models import Adapter, Shop


def prophet_inputs_of(shop: Shop, *, today: date, horizon: int) -> ProphetInputs:
    """Holidays and promotion days of the shop's country, and the tax changes of its history and the `horizon` days."""
    return ProphetInputs(
        country=shop.country,
        promotions=promotion_days(shop.country, amazon=shop.adapter == Adapter.AMAZON),
        taxes=tax_steps_of(shop, after=today - LONGEST_HISTORY, until=today + timedelta(days=horizon)),
    )
