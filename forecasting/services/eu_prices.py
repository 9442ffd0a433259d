"""Keep the European Commission's olive oil prices as market series: off until the operator says so."""

from collections.abc import Iterable
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from forecasting.market.eu_olive_oil import OriginPrice
from forecasting.market.eu_portal import ask_eu_portal, eu_policy
from forecasting.models import MarketRole, MarketSeries
from forecasting.services.market_series import mark_products
from scraping.models import Product
from scraping.services.import_prices import ImportReport, import_tidy
from scraping.tidy_csv import TidyFile, second_of

ORIGIN = "eu-market"
FIRST_TIME, LATER = timedelta(weeks=3 * 52), timedelta(weeks=26)  # the portal mends past weeks
PAGE_BYTES, SECONDS = 32 * 1024 * 1024, 60.0


class EuPricesOff(Exception):
    """The operator has not switched this source on."""


def fetch_eu_prices() -> ImportReport:
    """Ask the portal, import what it says (again is without effect) and mark the series as producer prices."""
    if not settings.OILWATCH_EU_PRICES:
        raise EuPricesOff("Set OILWATCH_EU_PRICES=true to ask the European Commission's portal for producer prices.")
    today = timezone.now().date()
    known = MarketSeries.objects.filter(product__shop__name=ORIGIN).exists()
    url: str = settings.OILWATCH_EU_PRICES_URL
    policy = eu_policy(url, user_agent=settings.OILWATCH_USER_AGENT, seconds=SECONDS, page_bytes=PAGE_BYTES)
    prices = ask_eu_portal(url, policy, first=today - (LATER if known else FIRST_TIME), last=today)
    return keep_eu_prices(prices=[price for price in prices if price.known_on <= today])


def keep_eu_prices(*, prices: Iterable[OriginPrice]) -> ImportReport:
    """Import the prices as those of a file; a week is known from its last day on, never before."""
    tidy = TidyFile()
    for price in prices:
        tidy.add(_series(price), second_of(price.known_on), price.price, currency="EUR", title=_title(price))
    if not tidy.rows:
        return ImportReport(0, 0, 0, 0, 0, 0)
    report = import_tidy(tidy=tidy)
    mark_products(products=Product.objects.filter(shop__name=ORIGIN), role=MarketRole.ORIGIN)
    return report


def _series(price: OriginPrice) -> str:
    return f"{ORIGIN}|{price.state}|{price.product}|{price.market}"


def _title(price: OriginPrice) -> str:
    return f"{price.product}, {price.market}, {price.state}, in bulk"
