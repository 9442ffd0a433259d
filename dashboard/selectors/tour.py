"""What the tour needs to know: whether all that is there is simulated, and a product to show."""

from dashboard.selectors.product_rows import LISTED
from scraping.models import Adapter, Product


def only_simulated() -> bool:
    """Tell whether there are products and every one is of the demo shop."""
    adapters = set(Product.objects.filter(LISTED).order_by().values_list("shop__adapter", flat=True).distinct()[:2])
    return adapters == {Adapter.DEMO}


def example_product() -> int | None:
    """Return the simulated extra virgin oil whose litre is cheapest, with an outlook if any has one."""
    shown = Product.objects.filter(LISTED, shop__adapter=Adapter.DEMO, latest_spell__price_per_litre__isnull=False)
    extra = shown.filter(grade="extra_virgin").order_by("latest_spell__price_per_litre", "id")
    return extra.values_list("pk", flat=True).first() or shown.values_list("pk", flat=True).first()
