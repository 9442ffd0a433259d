"""Import a price file, tidy or Keepa's: all of it or nothing, and a second time without effect."""

from collections import defaultdict
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.db import transaction

from scraping.errors import BadFile
from scraping.models import Adapter, Product, Shop
from scraping.offer import OfferState
from scraping.services.backfill import ImportReport, back_fill
from scraping.services.listed_products import Listing, listed_products
from scraping.services.shops import import_shop
from scraping.services.write_spells import write_spells
from scraping.sources.keepa_file import is_keepa_file, read_keepa_file
from scraping.spells import Spell, Terms, group, merge
from scraping.tidy_csv import PRICE_STEP, TidyFile, days_between_rows, read_tidy_csv

__all__ = ["ImportReport", "import_prices", "import_tidy"]

DAILY_GAP = timedelta(days=4)  # a long weekend is no absence
PAUSES_IN_A_GAP = 2.3  # of a weekly or monthly file: one missing row is no absence, two are
DAILY_AT_MOST = 2.0  # days between rows


def import_prices(
    *,
    path: Path,
    shop_name: str | None = None,
    currency: str | None = None,
    progress: Callable[[int], object] = lambda _bytes: None,
) -> ImportReport:
    """Import the file into the shops its series name (the part before the first `|`), or into the shop `shop_name`.

    A Keepa file names its marketplace itself. BadFile says what to mend; nothing was stored then.
    """
    if is_keepa_file(path):
        if shop_name or currency:
            raise BadFile(f"{path.name} is Keepa's and names its shop and currency itself; leave both options out.")
        return back_fill(histories=read_keepa_file(path, progress))
    tidy = read_tidy_csv(path, currency=currency, progress=progress)
    return import_tidy(tidy=tidy, default_shop=path.name.split(".", 1)[0], shop_name=shop_name)


def import_tidy(
    *, tidy: TidyFile, default_shop: str = "", shop_name: str | None = None, into: Shop | None = None
) -> ImportReport:
    """Import prices that are in memory already, into the shop `into` or as `import_prices` says."""
    with transaction.atomic():
        shop_of = _shop_of(tidy, default_shop, shop_name) if into is None else dict.fromkeys(tidy.prices, into)
        listings = {series: _listing(series, shop, tidy) for series, shop in shop_of.items()}
        products, new = listed_products(listings=listings, watched=into is not None and into.adapter != Adapter.IMPORT)
        written, removed = write_spells(
            products=products, regrouped=lambda series, product, old: _regrouped(tidy.prices[series], product, old)
        )
    return ImportReport(tidy.rows, len(tidy.prices), new, written, removed, tidy.contradictions)


def _shop_of(tidy: TidyFile, default: str, shop_name: str | None) -> dict[str, Shop]:
    """The shop of each series, made where it is new."""
    source = {series: shop_name or _import_source(series, default) for series in tidy.prices}
    currencies: dict[str, set[str]] = defaultdict(set)
    for series, name in source.items():
        currencies[name].add(tidy.currency[series])
    days = days_between_rows(tidy)
    gap = timedelta(days=days * PAUSES_IN_A_GAP) if days > DAILY_AT_MOST else DAILY_GAP
    shops = {name: _shop(name, codes, gap) for name, codes in currencies.items()}
    return {series: shops[name] for series, name in source.items()}


def _import_source(series: str, default: str) -> str:
    return (series.split("|", 1)[0] if "|" in series else default)[:64]


def _shop(name: str, codes: set[str], gap: timedelta) -> Shop:
    if len(codes) > 1:
        raise BadFile(f"The source {name!r} has prices in {', '.join(sorted(codes))}; import one currency at a time.")
    shop = import_shop(name=name, currency=next(iter(codes)), max_gap=gap)
    if shop.currency not in codes:
        raise BadFile(f"The shop {name!r} is kept in {shop.currency}; this file is in {next(iter(codes))}.")
    return shop


def _listing(series: str, shop: Shop, tidy: TidyFile) -> Listing:
    title = tidy.title.get(series)
    return Listing(shop, series, title or title_of(series), title or series.replace("|", " "))


def title_of(series: str) -> str:
    """A readable name: the last part of the series' name, hyphens and underscores as spaces."""
    return series.rsplit("|", 1)[-1].replace("-", " ").replace("_", " ").strip().capitalize() or series


def _regrouped(prices: dict[int, Decimal], product: Product, old: list[Spell]) -> list[Spell]:
    terms: dict[Decimal, Terms] = {}
    observations = (
        (
            second,
            terms.get(price) or terms.setdefault(price, Terms(OfferState.IN_STOCK.value, price.quantize(PRICE_STEP))),
        )
        for second, price in prices.items()
    )
    return group(merge(old, observations), max_gap=product.shop.max_gap)
