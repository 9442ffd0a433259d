"""Take in what a source says a listing used to cost, around what we saw ourselves; a second time without effect."""

from collections.abc import Sequence
from dataclasses import astuple, dataclass

from django.db import transaction

from scraping.backfill import fit
from scraping.grade import read_grade
from scraping.models import Product
from scraping.offer import Offer
from scraping.services.describe_product import describe_product
from scraping.services.listed_products import Listing, listed_products
from scraping.services.shops import marketplace_shop
from scraping.services.write_spells import write_spells
from scraping.sources.base import ListingHistory
from scraping.sources.steps import observations_of_steps
from scraping.spells import Spell, group
from scraping.volume import read_volume


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    rows: int
    series: int
    new_products: int
    spells_written: int
    spells_removed: int
    contradictions: int

    @property
    def changed(self) -> bool:
        """Whether anything in the database is different now."""
        return bool(self.new_products or self.spells_written or self.spells_removed)

    def plus(self, other: "ImportReport") -> "ImportReport":
        """Both together."""
        mine, theirs = astuple(self), astuple(other)
        return ImportReport(*(one + another for one, another in zip(mine, theirs, strict=True)))


@transaction.atomic
def back_fill(*, histories: Sequence[ListingHistory]) -> ImportReport:
    """Write these histories into the marketplaces' shops; listings new to us are not watched until somebody says so."""
    shops = {market.code: marketplace_shop(market) for market in {history.marketplace for history in histories}}
    histories_by_key = {(history.marketplace.code, history.asin): history for history in histories}
    listings = {
        key: Listing(shops[key[0]], history.asin, history.title, history.title, history.brand)
        for key, history in histories_by_key.items()
    }
    products, new = listed_products(listings=listings, watched=False)

    def regrouped(key: tuple[str, str], product: Product, old: list[Spell]) -> list[Spell]:
        gap = product.shop.max_gap
        observations = observations_of_steps(
            histories_by_key[key].steps, until=histories_by_key[key].until, max_gap=gap
        )
        return group(fit(old, observations, max_gap=gap), max_gap=gap)

    written, removed = write_spells(products=products, regrouped=regrouped)
    for key, product in products.items():
        _describe(product, histories_by_key[key])
    steps = sum(len(history.steps) for history in histories_by_key.values())
    return ImportReport(steps, len(histories_by_key), new, written, removed, contradictions=0)


def _describe(product: Product, history: ListingHistory) -> None:
    """Fill in what is still unknown of the product."""
    if not history.title:
        return
    volume, grade = read_volume(history.title), read_grade(history.title)
    offer = Offer(history.asin, history.title, brand=history.brand or None, volume=volume, grade=grade)
    describe_product(product=product, offer=offer)
