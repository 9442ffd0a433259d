"""The demo shop's past as a tidy CSV: one row per product and day in stock, for `import_prices`."""

import csv
import io
from datetime import date, timedelta

from scraping.demo.simulation import EPOCH, Simulation

COLUMNS = (
    *("series_id", "date", "price", "currency", "unit"),
    *("title", "brand", "grade", "litres", "list_price"),
)


def history_csv(simulation: Simulation, *, today: date, months: int) -> str:
    """Return `months` of history up to yesterday: today's price is for the scraper to find."""
    first = max(EPOCH, today - timedelta(days=round(months * 30.4375)))
    text = io.StringIO()
    rows = csv.writer(text)
    rows.writerow(COLUMNS)
    days = [first + timedelta(days=number) for number in range((today - first).days)]
    for product in simulation.products:
        facts = (product.title, product.brand, product.grade, f"{product.litres.normalize():f}")
        for day in days:
            offer = simulation.offer(product.asin, day)
            if offer.in_stock:
                rows.writerow((product.asin, day, f"{offer.price:.2f}", "EUR", "pack", *facts, offer.list_price or ""))
    return text.getvalue()
