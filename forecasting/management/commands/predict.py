"""`manage.py predict ID [--days N] [--json]`: what a product will cost."""

import json
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forecasting.evaluation.odds import ODDS_DAYS
from forecasting.models import Forecast
from forecasting.panel import HORIZON
from forecasting.published_body import advice_body, method_label, odds_body, skill_body
from forecasting.selectors.current_forecast import NoForecast, current_forecast
from scraping.models import Product

SHOWN = (0.025, 0.1, 0.5, 0.9, 0.975)


class Command(BaseCommand):
    """Print the latest forecast of a product; trains at once where there is none and the history suffices."""

    help = __doc__ or ""

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Which product, how far."""
        parser.add_argument("product", type=int, metavar="ID")
        parser.add_argument("--days", type=int, default=HORIZON, help=f"1 to {HORIZON}")
        parser.add_argument("--json", action="store_true")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print it."""
        days: int = options["days"]
        if not 1 <= days <= HORIZON:
            raise CommandError(f"--days must be from 1 to {HORIZON}, not {days}.")
        product = Product.objects.select_related("shop").filter(pk=options["product"]).first()
        if product is None:
            raise CommandError(f"No product has the id {options['product']}.")
        try:
            forecast = current_forecast(product)
        except NoForecast as error:
            raise CommandError(str(error)) from error
        self.stdout.write(_json(forecast, days) if options["json"] else _table(product, forecast, days))


def _json(forecast: Forecast, days: int) -> str:
    return json.dumps(
        {
            "product": forecast.product_id,
            "origin": forecast.cutoff.isoformat(),
            "last_price": forecast.last_price,
            "method": method_label(forecast.method),
            "levels": forecast.levels,
            "quantiles": forecast.quantiles[:days],
            "point": forecast.point[:days],
            "skill": skill_body(forecast.skill),
            "advice": advice_body(forecast.advice),
            "odds": odds_body(forecast.odds),
        }
    )


def _table(product: Product, forecast: Forecast, days: int) -> str:
    lines = [
        f"{product} at {product.shop}, {forecast.last_price:.2f} {product.shop.currency} on {forecast.cutoff}",
        f"by {method_label(forecast.method)}",
        "day         " + "".join(f"{level:>9.1%}" for level in SHOWN),
    ]
    places = [forecast.levels.index(level) for level in SHOWN]
    for ahead in range(days):
        day = forecast.cutoff + timedelta(days=ahead + 1)
        lines.append(f"{day}  " + "".join(f"{forecast.quantiles[ahead][place]:9.2f}" for place in places))
    return "\n".join([*lines, *_odds(forecast)])


def _odds(forecast: Forecast) -> list[str]:
    """The chances of a fall, one line a size; nothing where none are known (older forecasts)."""
    if not forecast.odds.chance:
        return []
    lines = [
        f"chance of a fall by {size} %: "
        + ", ".join(f"{chance:.0%} within {days} days" for days, chance in row.items() if int(days) in ODDS_DAYS)
        for size, row in forecast.odds.chance.items()
    ]
    days = forecast.odds.days_to_fall
    if days is None:
        return [*lines, f"a fall by 5 % is not expected within {HORIZON} days"]
    return [*lines, f"a fall by 5 % is as likely as not by {forecast.cutoff + timedelta(days=days)}"]
