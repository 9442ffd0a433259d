"""What the operator wants to know: shops and their circuit breakers, visits of the last day, running work."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Count, Max, Min, Q, QuerySet
from redis.exceptions import RedisError

from forecasting.models import Training, TrainingStatus
from scraping.client import circuit_breaker
from scraping.lateness import LONGEST_WAIT, is_late
from scraping.models import (
    OPEN,
    Adapter,
    Decision,
    Product,
    Proposal,
    QuarantinedOffer,
    ScrapeRun,
    Shop,
    Visit,
    VisitStatus,
)
from scraping.services.page_source import page_url

ANY_SKU = "B000000000"
WORKING = (TrainingStatus.QUEUED, TrainingStatus.RUNNING)
MOST_SHOWN = 10
TRAININGS_SHOWN = 5


@dataclass(frozen=True, slots=True)
class ShopState:
    """One shop that is visited; `closed_until` is when its circuit breaker lets a request through again."""

    name: str
    simulated: bool
    enabled: bool
    switched_off: bool  # by the setting that keeps this server from reading Amazon
    watched: int
    visit_interval: timedelta
    newest: datetime | None
    late: bool
    blocks: int
    failures: int
    closed_until: datetime | None
    known: bool


@dataclass(frozen=True, slots=True)
class RunningOrder:
    """An order to scrape that is not done."""

    id: int
    requested_by: str
    created_at: datetime
    done: int
    total: int


def shop_states(now: datetime) -> list[ShopState]:
    """The shops with pages: one query, and one question to Redis each."""
    return [_shop_state(shop, now) for shop in _shops_with_pages()]


@dataclass(frozen=True, slots=True)
class LateShop:
    """A shop without a price in time; `outcome` is how most of its visits ended since, None where none was made."""

    newest: datetime | None
    outcome: str | None


def late_shops(now: datetime) -> dict[str, LateShop]:
    """The shops that should have been read again, by name: one query, and one for each of them."""
    late = [shop for shop in _shops_with_pages() if _is_late(shop, now)]
    return {shop.name: LateShop(shop.newest, _usual_outcome(shop, now)) for shop in late}


def _usual_outcome(shop: Any, now: datetime) -> str | None:
    """How most visits to a shop ended in the time in which it should have been read."""
    made = Visit.objects.made().filter(product__shop=shop, finished_at__gte=now - LONGEST_WAIT * shop.visit_interval)
    counted = made.order_by().values_list("status").annotate(count=Count("pk")).order_by("-count", "status")
    return next((status for status, _count in counted[:1]), None)


def _shops_with_pages() -> QuerySet[Any]:
    watched = Q(products__watched=True)
    return (
        Shop.objects.exclude(adapter=Adapter.IMPORT)
        .annotate(
            watched=Count("products", filter=watched),
            watched_since=Min("products__created_at", filter=watched),
            newest=Max("products__last_visit_at"),
        )
        .order_by("name")
    )


def _is_late(shop: Any, now: datetime) -> bool:
    """A shop that was just added is not late before its first intervals are over; one that is not read is never."""
    if not (shop.is_read_here and shop.watched):
        return False
    return is_late(shop.newest or shop.watched_since, now=now, visit_interval=shop.visit_interval)


def _shop_state(shop: Any, now: datetime) -> ShopState:
    state = None
    with suppress(RedisError):
        state = circuit_breaker.state(urlsplit(page_url(Product(shop=shop, sku=ANY_SKU))).netloc)
    until = datetime.fromtimestamp(state.open_until, tz=now.tzinfo) if state and state.open_until else None
    return ShopState(
        name=shop.name,
        simulated=shop.adapter == Adapter.DEMO,
        enabled=shop.enabled,
        switched_off=shop.is_amazon_switched_off,
        watched=shop.watched,
        visit_interval=shop.visit_interval,
        newest=shop.newest,
        late=_is_late(shop, now),
        blocks=state.blocks if state else 0,
        failures=state.failures if state else 0,
        closed_until=until if until and until > now else None,
        known=state is not None,
    )


def outcomes_since(moment: datetime) -> list[tuple[str, int]]:
    """How visits ended since a moment, the most frequent first: one query."""
    rows: Any = (
        Visit.objects.made()
        .filter(finished_at__gte=moment)
        .order_by()
        .values_list("status")
        .annotate(count=Count("id"))
        .order_by("-count")
    )
    return list(rows)


def running_orders() -> list[RunningOrder]:
    """The newest orders with open visits: one query."""
    rows: Any = (
        ScrapeRun.objects.filter(pk__in=Visit.objects.filter(status__in=OPEN, run__isnull=False).values("run"))
        .annotate(total=Count("visits"), open=Count("visits", filter=Q(visits__status__in=OPEN)))
        .order_by("-id")
        .values_list("id", "requested_by", "created_at", "total", "open")[:MOST_SHOWN]
    )
    return [RunningOrder(pk, who, at, total - still_open, total) for pk, who, at, total, still_open in rows]


def running_trainings() -> list[Training]:
    """Trainings that wait or run, with how many of their parts are over: one query."""
    counted = Training.objects.filter(status__in=WORKING).annotate(
        parts_total=Count("parts"), parts_done=Count("parts", filter=~Q(parts__status__in=WORKING))
    )
    return list(counted.order_by("-id")[:MOST_SHOWN])


def last_trainings() -> list[Training]:
    """The trainings that ended last, however they ended: one query."""
    over = Training.objects.exclude(status__in=WORKING).defer("scores", "refused", "parameters")
    return list(over.order_by("-finished_at")[:TRAININGS_SHOWN])


def waiting_for_a_person() -> tuple[int, int]:
    """How many offers are held back, and how many finds wait: two queries."""
    held = QuarantinedOffer.objects.filter(decision=Decision.WAITING).count()
    return held, Product.objects.filter(proposal=Proposal.WAITING).count()


def open_visits() -> dict[str, int]:
    """Visits that wait and visits being made: one query."""
    rows: Any = Visit.objects.filter(status__in=OPEN).order_by().values_list("status").annotate(count=Count("id"))
    counts = dict(rows)
    return {"queued": counts.get(VisitStatus.QUEUED, 0), "running": counts.get(VisitStatus.RUNNING, 0)}
