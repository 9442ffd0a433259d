"""Ask the sources for watched listings: their past into the history, their present for people to see."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from scraping.amazon.marketplaces import Marketplace, find_marketplace
from scraping.errors import ScrapingError
from scraping.models import Adapter, Product
from scraping.offer import Offer
from scraping.services.backfill import ImportReport, back_fill
from scraping.sources.base import HistorySource, Source, SourceFailed
from scraping.sources.creators_api import CreatorsApi
from scraping.sources.keepa_api import KeepaApi

HISTORY_SOURCES: dict[str, Callable[[], HistorySource]] = {"keepa": KeepaApi}
OFFER_SOURCES: dict[str, Callable[[], Source]] = {"creators": CreatorsApi, "keepa": KeepaApi}
AT_ONCE = 100  # listings written in one transaction


class SourceUnusable(ScrapingError):
    """A source is off, or refused; its text says what to do."""


def history_source(name: str) -> HistorySource:
    """The source of this name, ready to return the past; SourceUnusable says what it lacks."""
    source = HISTORY_SOURCES[name]()
    if why := source.why_off():
        raise SourceUnusable(why)
    return source


def offer_source(name: str) -> Source:
    """The source of this name, ready to return present offers; SourceUnusable says what it lacks."""
    source = OFFER_SOURCES[name]()
    if why := source.why_off():
        raise SourceUnusable(why)
    return source


def back_fill_from(
    *, source: HistorySource, products: Iterable[Product], done: Callable[[int], object] = lambda _count: None
) -> ImportReport:
    """Fill the past of these products from a source, a hundred at a time; what was written before an error stays."""
    total = ImportReport(0, 0, 0, 0, 0, 0)
    for market, asins in _by_marketplace(products).items():
        for at in range(0, len(asins), AT_ONCE):
            try:
                histories = source.histories(asins[at : at + AT_ONCE], market, done=done)
            except SourceFailed as error:
                raise SourceUnusable(f"{error} {total.series} listings were filled before.") from error
            total = total.plus(back_fill(histories=histories))
    return total


def offers_now(*, source: Source, products: Iterable[Product]) -> Mapping[int, Offer]:
    """The present offer by product id as a source has it; nothing is written."""
    wanted = list(products)
    prices: dict[int, Offer] = {}
    for market, asins in _by_marketplace(wanted).items():
        try:
            offers = source.offers(asins, market)
        except SourceFailed as error:
            raise SourceUnusable(str(error)) from error
        name = f"amazon.{market.code}"
        prices |= {each.pk: offers[each.sku] for each in wanted if each.shop.name == name and each.sku in offers}
    return prices


def amazon_products(ids: list[int]) -> list[Product]:
    """The listings sources know: all watched ones at Amazon, or these; SourceUnusable names ids that are not."""
    known = Product.objects.select_related("shop").filter(shop__adapter=Adapter.AMAZON).order_by("pk")
    chosen = list(known.filter(pk__in=ids) if ids else known.filter(watched=True))
    if unknown := sorted(set(ids) - {product.pk for product in chosen}):
        raise SourceUnusable(f"No product at Amazon has the id {', '.join(map(str, unknown))}.")
    if not chosen:
        raise SourceUnusable("No product at Amazon is watched yet: `manage.py watch URL`.")
    return chosen


def _by_marketplace(products: Iterable[Product]) -> dict[Marketplace, list[str]]:
    asins: dict[Marketplace, list[str]] = defaultdict(list)
    for product in products:
        if market := find_marketplace(product.shop.name):
            asins[market].append(product.sku)
    return asins
