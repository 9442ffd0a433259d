"""Whether a shop's pages that do not say which place they are for may give prices: a person's decision, both ways."""

from typing import Any

import structlog

from scraping.models import Shop, VisitStatus
from scraping.services.price_rules import reread_pages
from scraping.services.reread import rereadable

log = structlog.get_logger(__name__)


def accept_unknown_place(*, shop: Shop, by: Any = None) -> int:
    """Believe such pages from now on and read the stored ones that wait; returns how many."""
    _switch(shop, accepted=True, by=by)
    waiting = rereadable(statuses=[VisitStatus.UNKNOWN_LOCATION]).filter(product__shop=shop)
    return reread_pages(list(waiting.values_list("pk", flat=True)))


def hold_unknown_place(*, shop: Shop, by: Any = None) -> None:
    """Hold such pages for a person again; prices already recorded stay."""
    _switch(shop, accepted=False, by=by)


def _switch(shop: Shop, *, accepted: bool, by: Any) -> None:
    shop.accepts_unknown_place = accepted
    shop.save(update_fields=["accepts_unknown_place"])
    log.info("unknown_place_switched", shop=shop.name, accepted=accepted, by=str(by) if by else "")
