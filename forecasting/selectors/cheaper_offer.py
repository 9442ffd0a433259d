"""The same oil cheaper in another pack or shop right now: what beats both buying here and waiting."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from forecasting.policy.smallest_saving import SmallestSaving
from scraping.lateness import is_late
from scraping.models import Product
from scraping.offer import OfferState
from scraping.same_oil import same_oil

MOST_COMPARED = 500


@dataclass(frozen=True, slots=True)
class CheaperOffer:
    """An offer of the same oil; `saving` is the share of the first product's price per litre."""

    product: int
    title: str
    shop: str
    litres: Decimal
    pack: int
    price_per_litre: Decimal
    saving: float


def cheaper_offer(product: Product, *, smallest: SmallestSaving, now: datetime) -> CheaperOffer | None:
    """The cheapest litre of the same oil, where it saves at least the smallest saving on this pack: one query.

    It must be in stock, watched and seen lately; `product` needs its shop and latest spell.
    """
    spell, shop = product.latest_spell, product.shop
    if spell is None or spell.state != OfferState.IN_STOCK or not spell.price or not spell.price_per_litre:
        return None
    at_most = round(float(spell.price_per_litre) * (1 - smallest.share(float(spell.price))), 4)
    offers = (
        Product.objects.followed()
        .like_oil(
            title=product.title,
            brand=product.brand,
            grade=product.grade,
            currency=shop.currency,
            simulated=shop.simulated,
        )
        .filter(latest_spell__state=OfferState.IN_STOCK, latest_spell__price_per_litre__lte=at_most)
        .exclude(pk=product.pk)
        .select_related("shop", "latest_spell")
        .order_by("latest_spell__price_per_litre", "id")
    )
    for other in offers[:MOST_COMPARED]:
        offer = other.latest_spell
        if offer is None or offer.price_per_litre is None or other.litres is None:
            continue
        late = is_late(offer.last_seen, now=now, visit_interval=other.shop.visit_interval)
        if not late and same_oil(product.title, other.title, brand=product.brand, other_brand=other.brand):
            per_litre, saving = offer.price_per_litre, 1 - float(offer.price_per_litre / spell.price_per_litre)
            return CheaperOffer(other.pk, other.title, other.shop.name, other.litres, other.pack, per_litre, saving)
    return None
