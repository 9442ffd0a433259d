"""Fetch the pictures of products once, at a low shared pace, within robots.txt, from the shop's own hosts."""

import hashlib
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import structlog
from django.conf import settings
from django.db.models import F, Q, QuerySet

from scraping.client.errors import FetchFailed, NotNow
from scraping.client.fetch import Answer, fetch
from scraping.client.policy import Policy
from scraping.client.robots import check_robots
from scraping.client.waiting import wait_for_slot
from scraping.models import Product, ProductPicture
from scraping.small_picture import NoPicture, small_picture

log = structlog.get_logger(__name__)

# Where Amazon keeps the pictures of its pages.
HOSTS = frozenset(
    {
        "m.media-amazon.com",
        "images-na.ssl-images-amazon.com",
        "images-eu.ssl-images-amazon.com",
        "images-fe.ssl-images-amazon.com",
    }
)
SECONDS_BETWEEN, LONGEST_WAIT = 5.0, 6.0
MOST_AT_ONCE = 20
MOST_BYTES = 3 * 1024 * 1024
TRY_AGAIN = timedelta(days=7)


def fetch_pictures(*, now: datetime, most: int = MOST_AT_ONCE) -> int:
    """Fetch the pictures that are missing or have another address now; returns how many were stored.

    One that could not be fetched is tried again after a week. A shop that this server may not read is left alone.
    """
    stored = 0
    for product in missing_pictures(now=now)[:most]:
        try:
            stored += _store(product, now=now)
        except NotNow:
            break  # the host asked to be left alone, or somebody else has its slot
    return stored


def missing_pictures(*, now: datetime) -> QuerySet[Product]:
    """Watched products with a picture's address that is not kept, and was not tried within the week."""
    kept = Q(picture__source_url=F("image_url"))
    waits = Q(picture__tried_at__gt=now - TRY_AGAIN) | ~Q(picture__content_hash="")
    return Product.objects.scrapable().filter(image_url__startswith="https://").exclude(kept & waits).order_by("pk")


def _store(product: Product, *, now: datetime) -> int:
    try:
        content = small_picture(_answer(product.image_url).body)
        values = {"content": content, "content_hash": hashlib.sha256(content).hexdigest(), "reason": ""}
    except (FetchFailed, NoPicture) as error:
        log.info("picture_not_fetched", product=product.pk, reason=str(error))
        values = {"content": b"", "content_hash": "", "reason": str(error)[:255]}
    ProductPicture.objects.update_or_create(
        product=product, defaults={**values, "source_url": product.image_url, "tried_at": now}
    )
    return int(bool(values["content"]))


def _answer(url: str) -> Answer:
    policy = Policy(
        user_agent=settings.OILWATCH_USER_AGENT,
        hosts=HOSTS,
        page_bytes=MOST_BYTES,
        page_seconds=settings.OILWATCH_PAGE_SECONDS,
    )
    wait_for_slot(urlsplit(url).netloc, SECONDS_BETWEEN, longest_wait=LONGEST_WAIT)
    if settings.OILWATCH_OBEY_ROBOTS:
        check_robots(url, policy)
    answer = fetch(url, policy)
    if answer.status != 200:
        raise FetchFailed(f"the answer was {answer.status}")
    return answer
