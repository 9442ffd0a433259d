"""Which announced changes of tax a shop's products will meet."""

from collections import defaultdict
from datetime import date

from forecasting.market.tax_steps import TaxStep
from forecasting.models import TaxChange
from scraping.models import Product, Shop


def tax_steps_of(shop: Shop, *, after: date, until: date) -> dict[str, list[TaxStep]]:
    """The steps between two days (the first not included) by product id, as series are called: two queries at most."""
    changes = list(TaxChange.objects.filter(country=shop.country, starts_on__gt=after, starts_on__lte=until))
    steps: dict[str, list[TaxStep]] = defaultdict(list)
    if not changes:
        return steps
    for product_id, grade in Product.objects.filter(shop=shop).values_list("pk", "grade"):
        for change in changes:
            if not change.grades or grade in change.grades:
                steps[str(product_id)].append(TaxStep(change.starts_on, change.ratio))
    return steps
