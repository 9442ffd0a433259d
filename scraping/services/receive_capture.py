"""Take a page that a person saw in their own browser: check it, strip it, and queue a visit that reads it."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from scraping.amazon.address import parse_address
from scraping.amazon.address_faults import AddressRefused
from scraping.amazon.block import classify
from scraping.amazon.document import open_document
from scraping.amazon.page import read_page
from scraping.capture_page import strip_document
from scraping.errors import CaptureRefused, CaptureRepeated, NotWatched, UnknownAddress
from scraping.jobs.dispatch import enqueue_on_commit
from scraping.jobs.job import dispatch_again_after
from scraping.models import Adapter, Capture, CaptureToken, Product, Shop, Visit, VisitSource
from scraping.offer import PageKind
from scraping.services.order_visits import VISIT_TASK
from scraping.services.page_source import marketplace_of
from scraping.services.snapshots import keep_snapshot
from scraping.services.watch_product import located, watch_address

OLDEST = timedelta(days=1)
FAST_CLOCK = timedelta(minutes=5)  # a browser's clock may be ahead of ours by this much
LONGEST_PAGE = 1024 * 1024  # stripped; real ones have 0.1 MB
SAME_PAGE_WITHIN = timedelta(minutes=10)


def receive_capture(*, user: Any, token: CaptureToken | None, url: str, html: str, seen_at: datetime) -> Visit:
    """Queue a visit with this page; CaptureRefused says why not, and then nothing is stored."""
    _check_time(seen_at)
    shop, sku = _located(url)
    page = _checked_page(html, shop=shop, sku=sku)
    digest = hashlib.sha256(page).hexdigest()
    try:
        with transaction.atomic():
            product = _watched_product(shop=shop, sku=sku, user=user)
            _check_new(product=product, digest=digest, seen_at=seen_at)
            visit = Visit.objects.create(
                product=product,
                source=VisitSource.CAPTURE,
                due_at=seen_at,
                dispatch_at=timezone.now() + dispatch_again_after(),
                snapshot=keep_snapshot(page=page),
            )
            Capture.objects.create(visit=visit, user=user, token=token, content_hash=digest)
            enqueue_on_commit(VISIT_TASK, [visit.pk])
    except IntegrityError as error:  # the same request twice at once
        raise CaptureRepeated(_SENT_BEFORE) from error
    return visit


_SENT_BEFORE = "This page was already sent."


def may_start_watching(user: Any) -> bool:
    """Whether a page of a new product begins to watch it: staff, and people who were given the permission."""
    return bool(user.is_active and (user.is_staff or user.has_perm("scraping.add_product")))


def _check_time(seen_at: datetime) -> None:
    now = timezone.now()
    if seen_at > now + FAST_CLOCK:
        raise CaptureRefused("seen_at is in the future: set the clock of the computer with the browser.")
    if seen_at < now - OLDEST:
        raise CaptureRefused("seen_at is more than a day ago: open the page again and send it then.")


def _located(url: str) -> tuple[Shop, str]:
    """The shop and the product an address names; a bare ASIN and a short link are no address of a page."""
    if not url.lower().startswith(("http://", "https://")):
        raise CaptureRefused("url: send the address of the page as the browser shows it, with https://.")
    try:
        return located(url, follow=False)
    except UnknownAddress as error:
        raise CaptureRefused(f"url: {error}") from error


def _checked_page(html: str, *, shop: Shop, sku: str) -> bytes:
    """The stripped page, if it is a product's page and that of this very product."""
    document = open_document(html, marketplace=None)
    assessment = classify(document)
    if assessment.kind is not PageKind.PRODUCT:
        raise CaptureRefused(
            f"This is not a product page ({assessment.kind}: {assessment.reason}). Open the product's page."
        )
    page = strip_document(document)
    if len(page) > LONGEST_PAGE:
        raise CaptureRefused(f"The parts of the page about the product are larger than {LONGEST_PAGE:,} bytes.")
    reading = read_page(page, marketplace=marketplace_of(shop))
    asin = reading.offer.asin if reading.offer else None
    if asin != sku:
        shown = f"the page is of {asin}" if asin else "the page does not say which product it is of"
        raise CaptureRefused(f"The address names {sku}, but {shown}.")
    _check_marketplace(document.canonical, shop=shop)
    return page


def _check_marketplace(canonical: str | None, *, shop: Shop) -> None:
    """Refuse a page that says it belongs to another shop; the demo shop's pages say amazon.es."""
    if canonical is None or shop.adapter == Adapter.DEMO:
        return
    try:
        market = parse_address(canonical).marketplace.code
    except AddressRefused as error:
        raise CaptureRefused("The page names an address that is not an Amazon product's as its own.") from error
    if shop.name != f"amazon.{market}":
        raise CaptureRefused(f"The address is of {shop.name}, but the page is of amazon.{market}.")


def _watched_product(*, shop: Shop, sku: str, user: Any) -> Product:
    """The product, watched from now on where the person may say so."""
    product = Product.objects.select_related("shop").filter(shop=shop, sku=sku).first() if shop.pk else None
    if product is not None and product.watched:
        return product
    if not may_start_watching(user):
        raise NotWatched(f"{sku} of {shop.name} is not watched. Ask an operator to add it.")
    if shop.adapter == Adapter.DEMO:
        return Product.objects.update_or_create(shop=shop, sku=sku, defaults={"watched": True, "proposal": ""})[0]
    return watch_address(text=f"https://www.{shop.name}/dp/{sku}")


def _check_new(*, product: Product, digest: str, seen_at: datetime) -> None:
    """Refuse the same moment again, and the same page again within minutes: it would only look newer."""
    at_that_moment = Visit.objects.filter(product=product, due_at=seen_at).values_list("source", flat=True).first()
    if at_that_moment == VisitSource.CAPTURE:
        raise CaptureRepeated(_SENT_BEFORE)
    if at_that_moment is not None:
        raise CaptureRepeated("A check of this product at that very moment exists already: send the page again.")
    recent = Capture.objects.filter(content_hash=digest, created_at__gt=timezone.now() - SAME_PAGE_WITHIN)
    if recent.filter(visit__product=product).exists():
        raise CaptureRepeated(f"{_SENT_BEFORE} It has not changed since.")
