"""Previews of many products: written as rows first, made by workers at the shops' pace, watched after a yes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from scraping.amazon.address_faults import AddressRefused
from scraping.client.errors import FetchFailed, NotNow
from scraping.errors import UnknownAddress
from scraping.grade import Grade, read_grade
from scraping.jobs.dispatch import enqueue_on_commit
from scraping.jobs.job import MAX_ATTEMPTS, dispatch_again_after
from scraping.models import (
    Adapter,
    PreviewKind,
    PreviewList,
    PreviewRow,
    PreviewStatus,
    Product,
    SavedSearch,
    Shop,
    Source,
    VisitStatus,
)
from scraping.models.preview_list import LISTED, NOT_READ, REFUSED
from scraping.offer import PageKind, SearchTile
from scraping.pasted_text import pasted_addresses
from scraping.services.discover import read_results
from scraping.services.order_visits import order_scrape
from scraping.services.page_source import page_url
from scraping.services.preview_product import LATER, Preview, preview_product
from scraping.services.watch_product import located, watch_address
from scraping.volume import read_volume

PREVIEW_TASK = "scraping.tasks.preview"
MOST_ADDRESSES = 50
MOST_RESULTS = 60
LONGEST_DEFERRAL = 600.0  # seconds; a shop that wants to be left alone longer ends the preview
KEPT = timedelta(days=7)
NO_USE = frozenset({VisitStatus.GONE, VisitStatus.WRONG_PRODUCT, REFUSED, NOT_READ})  # watching these would only fail


class NothingPasted(Exception):
    """The text holds no address."""


class TooManyAddresses(Exception):
    """The text holds more addresses than one list takes; `count` of them."""

    def __init__(self, count: int) -> None:
        """Args: how many were pasted."""
        self.count = count
        super().__init__(f"{count} addresses")


@transaction.atomic
def paste_previews(*, text: str, user: Any) -> PreviewList:
    """Write a row for each address and call workers; what is watched already or refused is not asked for."""
    addresses = pasted_addresses(text)
    if not addresses:
        raise NothingPasted
    if len(addresses) > MOST_ADDRESSES:
        raise TooManyAddresses(len(addresses))
    listed = PreviewList.objects.create(user=user)
    now = timezone.now()
    rows, seen = [], set()
    for position, address in enumerate(addresses):
        row = _pasted_row(listed, position, address, now)
        if row.address and row.address in seen:
            continue  # the same product, written another way
        seen.add(row.address)
        rows.append(row)
    PreviewRow.objects.bulk_create(rows)
    enqueue_on_commit(PREVIEW_TASK, [row.pk for row in rows if row.is_open])
    return listed


def _pasted_row(listed: PreviewList, position: int, text: str, now: datetime) -> PreviewRow:
    row = PreviewRow(preview_list=listed, position=position, text=text[:2048], dispatch_at=now + dispatch_again_after())
    try:
        shop, sku = located(text, follow=False)
    except UnknownAddress as error:
        if not is_short(error):
            _refuse(row, error)
            _close(row, now)
        return row
    _name(row, shop, sku)
    product = _known(shop, sku)
    if product is not None and product.watched:
        row.product, row.outcome = product, VisitStatus.OK
        _describe(row, product)
        _close(row, now)
    return row


def is_short(error: UnknownAddress) -> bool:
    """Whether the address is a short link, which has to be asked where it leads."""
    return error.cause.fault == "short_link"


@transaction.atomic
def order_search(*, shop: Shop, words: str, user: Any, repeat: bool = False) -> PreviewList:
    """Write a search and call a worker; with `repeat` it is saved too, and runs every day from then on."""
    words = " ".join(words.split())[:128]
    listed = PreviewList.objects.create(user=user, shop=shop, words=words)
    row = PreviewRow.objects.create(
        preview_list=listed,
        position=0,
        kind=PreviewKind.SEARCH,
        text=words,
        shop_name=shop.name,
        dispatch_at=timezone.now() + dispatch_again_after(),
    )
    if repeat:
        SavedSearch.objects.get_or_create(
            shop=shop, words=words, defaults={"next_at": timezone.now() + timedelta(days=1)}
        )
    enqueue_on_commit(PREVIEW_TASK, [row.pk])
    return listed


def make_preview(*, row_id: int) -> str | None:
    """Make one preview if it is free; returns its outcome, None if another worker has it or it must wait."""
    lease = timedelta(seconds=settings.OILWATCH_VISIT_LEASE_SECONDS)
    token = PreviewRow.objects.claim(row_id, now=timezone.now(), lease=lease)
    if token is None:
        return None
    row = PreviewRow.objects.select_related("preview_list__shop").get(pk=row_id)
    try:
        results = _search(row) if row.kind == PreviewKind.SEARCH else _read(row)
    except NotNow as wait:
        if wait.seconds <= LONGEST_DEFERRAL:
            _put_back(row, token, wait)
            return None
        row.outcome, row.reason, results = LATER, wait.reason, []
    return _finish(row, token, results)


def _read(row: PreviewRow) -> list[PreviewRow]:
    try:
        preview = preview_product(text=row.text)
    except UnknownAddress as error:
        if error.cause.fault == "link_later":
            raise NotNow(dispatch_again_after().total_seconds(), str(error)) from error
        _refuse(row, error)
        return []
    if preview.outcome == LATER:
        raise NotNow(preview.seconds, preview.reason)
    _name(row, preview.shop, preview.sku)
    _fill(row, preview)
    return []


def _fill(row: PreviewRow, preview: Preview) -> None:
    row.outcome, row.reason = preview.outcome, preview.reason
    if preview.known is not None and preview.known.watched:
        row.product = preview.known
    if (offer := preview.offer) is None:
        return
    row.title, row.grade = offer.title[:512], offer.grade.value
    row.price, row.currency = offer.price, offer.currency or preview.shop.currency
    if offer.volume:
        row.litres, row.pack = offer.volume.litres, max(1, offer.volume.pack)


def _search(row: PreviewRow) -> list[PreviewRow]:
    """Read one page of results: each oil of it is a row."""
    shop = row.preview_list.shop
    assert shop is not None  # noqa: S101 - the table refuses a search without one
    try:
        reading = read_results(shop, row.text, 1)
    except (FetchFailed, AddressRefused) as error:
        row.outcome, row.reason = NOT_READ, str(error)
        return []
    if reading.kind != PageKind.SEARCH:
        row.outcome, row.reason = NOT_READ, f"{reading.kind.value}: {reading.reason}"
        return []
    row.outcome = VisitStatus.OK
    oils = {tile.asin: tile for tile in reading.tiles if read_grade(tile.title) is not Grade.OTHER}
    known = {product.sku: product for product in Product.objects.filter(shop=shop, sku__in=oils)}
    return [
        _result(row, shop, tile, known.get(tile.asin), position)
        for position, tile in enumerate(list(oils.values())[:MOST_RESULTS], start=1)
    ]


def _result(search: PreviewRow, shop: Shop, tile: SearchTile, known: Product | None, position: int) -> PreviewRow:
    volume = read_volume(tile.title, unit_price=tile.unit_price, price=tile.price)
    now = timezone.now()
    row = PreviewRow(
        preview_list=search.preview_list,
        position=position,
        kind=PreviewKind.RESULT,
        title=tile.title[:512],
        grade=read_grade(tile.title).value,
        litres=volume.litres if volume else None,
        pack=max(1, volume.pack) if volume else 1,
        price=tile.price,
        currency=tile.currency or shop.currency,
        outcome=LISTED,
        product=known if known and known.watched else None,
        dispatch_at=now,
    )
    _name(row, shop, tile.asin)
    row.text = row.address
    _close(row, now)
    return row


def _put_back(row: PreviewRow, token: int, wait: NotNow) -> None:
    """Queue it again without counting the attempt."""
    again = timezone.now() + timedelta(seconds=wait.seconds)
    with transaction.atomic():
        PreviewRow.objects.held(row.pk, token).update(
            status=PreviewStatus.QUEUED,
            attempts=token - 1,
            lease_until=None,
            dispatch_at=again + timedelta(seconds=10),
            reason=wait.reason,
        )
        enqueue_on_commit(PREVIEW_TASK, [row.pk], countdown=wait.seconds)


FILLED = (
    *("outcome", "reason", "detail", "address", "shop_name", "sku", "title", "grade", "litres", "pack"),
    *("price", "currency", "product"),
)


@transaction.atomic
def _finish(row: PreviewRow, token: int, results: Sequence[PreviewRow]) -> str | None:
    """Write what was read, if the row is still ours."""
    values = {name: getattr(row, name) for name in FILLED}
    updated = PreviewRow.objects.held(row.pk, token).update(
        status=PreviewStatus.DONE, finished_at=timezone.now(), lease_until=None, **values
    )
    if not updated:
        return None
    PreviewRow.objects.bulk_create(results)
    return row.outcome


def _close(row: PreviewRow, now: datetime) -> None:
    row.status, row.finished_at = PreviewStatus.DONE, now


def _refuse(row: PreviewRow, error: UnknownAddress) -> None:
    row.outcome, row.reason, row.detail = REFUSED, error.cause.fault.value, error.cause.values


def _name(row: PreviewRow, shop: Shop, sku: str) -> None:
    row.shop_name, row.sku, row.address = shop.name, sku, page_url(Product(shop=shop, sku=sku))


def _known(shop: Shop, sku: str) -> Product | None:
    known = Product.objects.select_related("latest_spell", "shop").filter(shop=shop, sku=sku) if shop.pk else None
    return known.first() if known is not None else None


def _describe(row: PreviewRow, product: Product) -> None:
    """What is known already of a product that is watched."""
    spell = product.latest_spell
    row.title, row.grade, row.litres, row.pack = product.title, product.grade, product.litres, product.pack
    row.price, row.currency = spell.price if spell else None, product.shop.currency


@dataclass(frozen=True, slots=True)
class Watched:
    """How many rows of a list are watched from now on, and how many could not be."""

    new: int
    failed: int


def watch_rows(*, preview_list: PreviewList, row_ids: Iterable[int], requested_by: str) -> Watched:
    """Watch what these rows show and order one run of visits; each row by itself, so that one that fails stops none."""
    rows = preview_list.rows.filter(pk__in=list(row_ids), product=None).exclude(address="").exclude(outcome__in=NO_USE)
    watched, failed = [], 0
    for row in rows.order_by("position"):
        try:
            with transaction.atomic():
                product = watch_address(text=row.address)
                _give_name(product, row)
                row.product = product
                row.save(update_fields=["product"])
                watched.append(product)
        except UnknownAddress as error:
            _refuse(row, error)
            row.save(update_fields=["outcome", "reason", "detail"])
            failed += 1
    if watched:
        order_scrape(products=watched, source=Source.ADMIN, requested_by=requested_by)
    return Watched(len(watched), failed)


def _give_name(product: Product, row: PreviewRow) -> None:
    """Call a new product what its preview called it, until its first visit."""
    if product.title or not row.title:
        return
    product.title, product.litres, product.pack = row.title, row.litres, row.pack
    product.grade = row.grade or product.grade
    product.save(update_fields=["title", "litres", "pack", "grade"])


@transaction.atomic
def reconcile_previews(*, now: datetime) -> int:
    """Enqueue open previews nobody works on again, give up those tried too often; returns how many were enqueued."""
    overdue = PreviewRow.objects.overdue(now=now).select_for_update(skip_locked=True)
    PreviewRow.objects.filter(pk__in=overdue.filter(attempts__gte=MAX_ATTEMPTS).values("pk")).update(
        status=PreviewStatus.DEAD, finished_at=now, outcome=VisitStatus.DEAD
    )
    waiting = list(overdue.filter(attempts__lt=MAX_ATTEMPTS))
    for row in waiting:
        row.dispatch_at = now + dispatch_again_after()
    PreviewRow.objects.bulk_update(waiting, ["dispatch_at"])
    enqueue_on_commit(PREVIEW_TASK, [row.pk for row in waiting])
    return len(waiting)


def forget_preview_lists(*, now: datetime) -> int:
    """Remove lists older than a week; returns how many."""
    return PreviewList.objects.filter(created_at__lt=now - KEPT).delete()[1].get("scraping.PreviewList", 0)


def searchable_shops() -> list[Shop]:
    """The shops whose search this server may read."""
    return [shop for shop in Shop.objects.filter(enabled=True).exclude(adapter=Adapter.IMPORT) if shop.is_read_here]
