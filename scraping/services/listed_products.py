"""The products of listings that somebody else names: found, or made with what their words tell."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from scraping.grade import read_grade
from scraping.models import Product, Shop
from scraping.volume import read_volume

BATCH = 20_000
Key = TypeVar("Key")


@dataclass(frozen=True, slots=True)
class Listing:
    """A listing of a shop as an import or a source names it; `words` tell its grade."""

    shop: Shop
    sku: str
    title: str
    words: str
    brand: str = ""


def listed_products(*, listings: Mapping[Key, Listing], watched: bool) -> tuple[dict[Key, Product], int]:
    """The product of each listing, made (and watched, or not) where it is new; and how many are new."""
    known = {
        (product.shop_id, product.sku): product
        for product in Product.objects.filter(shop__in={listing.shop for listing in listings.values()})
    }
    fresh = [
        _new_product(listing, watched) for listing in listings.values() if (listing.shop.pk, listing.sku) not in known
    ]
    for product in Product.objects.bulk_create(fresh, batch_size=BATCH):
        known[product.shop_id, product.sku] = product
    products = {key: known[listing.shop.pk, listing.sku] for key, listing in listings.items()}
    for key, product in products.items():
        product.shop = listings[key].shop  # not one query a product
    return products, len(fresh)


def _new_product(listing: Listing, watched: bool) -> Product:
    volume = read_volume(listing.title)
    return Product(
        shop=listing.shop,
        sku=listing.sku,
        title=listing.title[:512],
        brand=listing.brand[:128],
        grade=read_grade(listing.words).value,
        litres=volume.litres if volume else None,
        pack=max(1, volume.pack) if volume else 1,
        watched=watched,
    )
