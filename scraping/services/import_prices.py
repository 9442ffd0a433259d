"""Import a tidy price file: all of it or nothing, and a second time without effect."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

from django.db import connection, transaction

from scraping.errors import BadFile
from scraping.grade import read_grade
from scraping.models import PriceSpell, Product, Shop
from scraping.offer import OfferState
from scraping.services.shops import import_shop
from scraping.services.spell_rows import spell_of
from scraping.spells import Spell, Terms, group, merge
from scraping.tidy_csv import TidyFile, lattice_days, read_tidy_csv
from scraping.volume import read_volume

DAILY_GAP = timedelta(days=4)  # a long weekend is no absence
LATTICES_IN_A_GAP = 2.3  # of a weekly or monthly file: one missing row is no absence, two are
DAILY_AT_MOST = 2.0  # days between rows
BATCH = 20_000


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


def import_prices(
    *,
    path: Path,
    shop_name: str | None = None,
    currency: str | None = None,
    into: Shop | None = None,
    progress: Callable[[int], object] = lambda _bytes: None,
) -> ImportReport:
    """Import the file into the shops its series name (the part before the first `|`), `shop_name`, or the shop `into`.

    BadFile says what to mend; nothing was stored then.
    """
    tidy = read_tidy_csv(path, currency=currency, progress=progress)
    with transaction.atomic():
        shop_of = _shop_of(tidy, path, shop_name) if into is None else dict.fromkeys(tidy.prices, into)
        products, new = _products(tidy, shop_of)
        written, removed = _write_spells(tidy, products)
    return ImportReport(tidy.rows, len(tidy.prices), new, written, removed, tidy.contradictions)


def _shop_of(tidy: TidyFile, path: Path, shop_name: str | None) -> dict[str, Shop]:
    """The shop of each series, made where it is new."""
    origin = {series: shop_name or _origin(series, path) for series in tidy.prices}
    currencies: dict[str, set[str]] = defaultdict(set)
    for series, name in origin.items():
        currencies[name].add(tidy.currency[series])
    days = lattice_days(tidy)
    gap = timedelta(days=days * LATTICES_IN_A_GAP) if days > DAILY_AT_MOST else DAILY_GAP
    shops = {name: _shop(name, codes, gap) for name, codes in currencies.items()}
    return {series: shops[name] for series, name in origin.items()}


def _origin(series: str, path: Path) -> str:
    return (series.split("|", 1)[0] if "|" in series else path.name.split(".", 1)[0])[:64]


def _shop(name: str, codes: set[str], gap: timedelta) -> Shop:
    if len(codes) > 1:
        raise BadFile(f"The origin {name!r} has prices in {', '.join(sorted(codes))}; import one currency at a time.")
    shop = import_shop(name=name, currency=next(iter(codes)), max_gap=gap)
    if shop.currency not in codes:
        raise BadFile(f"The shop {name!r} is kept in {shop.currency}; this file is in {next(iter(codes))}.")
    return shop


def _products(tidy: TidyFile, shop_of: dict[str, Shop]) -> tuple[dict[str, Product], int]:
    """The product of each series, made where it is new with what its name tells; and how many are new."""
    known = {
        (product.shop_id, product.sku): product for product in Product.objects.filter(shop__in=set(shop_of.values()))
    }
    fresh = [
        _new_product(series, shop, tidy.title.get(series) or title_of(series))
        for series, shop in shop_of.items()
        if (shop.pk, series) not in known
    ]
    for product in Product.objects.bulk_create(fresh, batch_size=BATCH):
        known[product.shop_id, product.sku] = product
    products = {series: known[shop.pk, series] for series, shop in shop_of.items()}
    for series, product in products.items():
        product.shop = shop_of[series]  # not one query a product
    return products, len(fresh)


def title_of(series: str) -> str:
    """A readable name: the last part of the series' name, hyphens and underscores as spaces."""
    return series.rsplit("|", 1)[-1].replace("-", " ").replace("_", " ").strip().capitalize() or series


def _new_product(series: str, shop: Shop, title: str) -> Product:
    volume = read_volume(title)
    return Product(
        shop=shop,
        sku=series,
        title=title[:512],
        grade=read_grade(series.replace("|", " ") if title == title_of(series) else title).value,
        litres=volume.litres if volume else None,
        pack=max(1, volume.pack) if volume else 1,
        watched=shop.adapter != "import",
    )


def _write_spells(tidy: TidyFile, products: dict[str, Product]) -> tuple[int, int]:
    existing: dict[int, list[PriceSpell]] = defaultdict(list)
    for row in PriceSpell.objects.filter(product__in=products.values()).iterator(BATCH):
        existing[row.product_id].append(row)
    stale: list[int] = []
    fresh: list[tuple[Product, Spell]] = []
    for series, product in products.items():
        old = {(row.first_seen, (s := spell_of(row)).terms, s.seconds): row.pk for row in existing[product.pk]}
        spells = _regrouped(tidy.prices[series], product, existing[product.pk])
        fresh.extend(
            (product, spell)
            for spell in spells
            if old.pop((spell.first_seen, spell.terms, spell.seconds), None) is None
        )
        stale.extend(old.values())
    PriceSpell.objects.filter(pk__in=stale).delete()
    if fresh:
        _copy(fresh)
        _point_to_latest({product.pk for product, _ in fresh})
    return len(fresh), len(stale)


def _regrouped(prices: dict[int, Decimal], product: Product, rows: list[PriceSpell]) -> list[Spell]:
    terms: dict[Decimal, Terms] = {}
    looks = (
        (second, terms.get(price) or terms.setdefault(price, Terms(OfferState.IN_STOCK.value, price)))
        for second, price in prices.items()
    )
    return group(merge(map(spell_of, rows), looks), max_gap=product.shop.max_gap)


def _copy(fresh: list[tuple[Product, Spell]]) -> None:
    columns = "product_id, state, price, list_price, seller_kind, coupon, litres, first_seen, last_seen, pauses"
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY scraping_pricespell ({columns}) FROM STDIN") as copy,
    ):
        for row in _rows(fresh):
            copy.write_row(row)


def _rows(fresh: Iterable[tuple[Product, Spell]]) -> Iterator[tuple[object, ...]]:
    for product, spell in fresh:
        terms = spell.terms
        yield (
            *(product.pk, terms.state, terms.price, terms.list_price, terms.seller_kind, terms.coupon),
            *(product.litres, spell.first_seen, spell.last_seen, spell.pauses),
        )


def _point_to_latest(product_ids: set[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE scraping_product AS product
            SET latest_spell_id = latest.id, last_look_at = latest.last_seen
            FROM (
                SELECT DISTINCT ON (product_id) product_id, id, last_seen
                FROM scraping_pricespell WHERE product_id = ANY(%s) ORDER BY product_id, last_seen DESC
            ) AS latest
            WHERE product.id = latest.product_id
            """,
            [list(product_ids)],
        )
