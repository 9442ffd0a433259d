"""The same oil in other packs and shops, cheapest litre first."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import F

from dashboard.selectors.product import ProductFacts
from dashboard.selectors.product_rows import LISTED, product_rows
from dashboard.shop_page import shop_page
from scraping.models import Adapter, Product
from scraping.same_oil import same_oil

MOST_COMPARED, MOST_SHOWN = 500, 12


@dataclass(frozen=True, slots=True)
class Sibling:
    """One other listing of the same oil; `per_litre` is None while it cannot be bought."""

    id: int
    title: str
    brand: str
    sku: str
    litres: Decimal | None
    pack: int
    shop: str
    adapter: str
    state: str | None
    price: Decimal | None
    per_litre: Decimal | None
    seen: datetime | None
    visit_interval: timedelta

    @property
    def shop_page(self) -> str:
        """Where it is sold; empty for imported prices."""
        return shop_page(adapter=self.adapter, shop=self.shop, sku=self.sku)


def siblings(facts: ProductFacts) -> list[Sibling]:
    """Return other listings of the oil, in its currency, made-up ones only beside made-up ones: one query."""
    alike = Product.objects.filter(LISTED).like_oil(
        title=facts.title,
        brand=facts.brand,
        grade=facts.grade,
        currency=facts.currency,
        simulated=facts.adapter == Adapter.DEMO,
    )
    by_litre = F("latest_spell__price_per_litre").asc(nulls_last=True)
    siblings = product_rows(Sibling, alike.exclude(pk=facts.id).order_by(by_litre, "id")[:MOST_COMPARED])
    return [each for each in siblings if same_oil(facts.title, each.title, brand=facts.brand, other_brand=each.brand)][
        :MOST_SHOWN
    ]
