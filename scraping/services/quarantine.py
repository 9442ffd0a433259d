"""The quarantine: hold an offer back, then accept or refuse it."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from scraping.errors import ScrapingError
from scraping.models import Decision, Product, QuarantinedOffer, Visit, VisitStatus, when_seen
from scraping.services.decision_error import CannotSettle, Obstacle
from scraping.services.record_offer import record_offer
from scraping.services.spell_rows import change_volume
from scraping.spells import Terms

APART = timedelta(minutes=30)  # two observations so far apart that one glitch does not explain both


class NothingToAccept(ScrapingError):
    """A held offer without a readable price: read the page again, or refuse it."""


def hold_offer(
    *,
    visit: Visit,
    why: str,
    terms: Terms | None,
    new_identity: bool = False,
    confirmable: bool = False,
    candidates: Sequence[dict[str, str]] = (),
) -> QuarantinedOffer:
    """Put what a visit read aside until somebody decides."""
    held, _ = QuarantinedOffer.objects.update_or_create(
        visit=visit,
        defaults={
            "why": why,
            "new_identity": new_identity,
            "confirmable": confirmable,
            "candidates": list(candidates),
            **QuarantinedOffer.columns(terms or Terms(state="")),
        },
    )
    return held


def earlier_sightings(
    *, product: Product, terms: Terms, at: datetime, sent_by: int | None = None
) -> list[QuarantinedOffer]:
    """Waiting offers that saw the same at least half an hour before: together they confirm a jump.

    `sent_by` is the person whose browser saw this one: nobody confirms their own pages.
    """
    seen_before = QuarantinedOffer.objects.annotate(seen=when_seen("visit__")).filter(seen__lte=at - APART)
    if sent_by is not None:
        seen_before = seen_before.exclude(visit__capture__user=sent_by)
    waiting = seen_before.filter(
        visit__product=product,
        decision=Decision.WAITING,
        confirmable=True,
        state=terms.state,
        price=terms.price,
    )
    return list(waiting.select_related("visit__product"))


@transaction.atomic
def accept(*, held: QuarantinedOffer, by: Any = None, decision: Decision = Decision.ACCEPTED) -> None:
    """Record the offer at the moment it was seen; where it is another product now, a new series begins there."""
    _must_wait(held)
    if not held.state:
        raise NothingToAccept("The page shows several prices or none: choose one, reread the page or refuse it.")
    visit, product = held.visit, held.visit.product
    if held.new_identity:
        start_new_series(product, visit)
    record_offer(product_id=product.pk, at=visit.seen_at, terms=held.terms)
    decide(held, decision, by)
    # A person's yes no longer rests on the rule that chose the price.
    of_rule = {} if decision == Decision.CONFIRMED else {"price_rule": None}
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.OK, **of_rule)


@transaction.atomic
def refuse(*, held: QuarantinedOffer, by: Any = None) -> None:
    """The offer was wrong: nothing is recorded."""
    _must_wait(held)
    decide(held, Decision.REFUSED, by)


def lock_offer(pk: int) -> QuarantinedOffer:
    """The offer with its visit, product and shop; the visit is locked before the offer, as rereading does."""
    Visit.objects.select_for_update(of=("self",)).filter(quarantined_offer=pk).first()
    offers = QuarantinedOffer.objects.select_for_update(of=("self",))
    return offers.select_related("visit__product__shop", "visit__snapshot").get(pk=pk)


def _must_wait(held: QuarantinedOffer) -> None:
    if lock_offer(held.pk).decision != Decision.WAITING:
        raise CannotSettle(Obstacle.DECIDED)


def decide(held: QuarantinedOffer, decision: Decision, by: Any) -> None:
    """Write who decided what, and when."""
    held.decision, held.decided_by, held.decided_at = decision, by, timezone.now()
    held.save(update_fields=["decision", "decided_by", "decided_at"])


def start_new_series(product: Product, visit: Visit) -> None:
    """The sku sells another product from this visit on: describe it anew, keep the old spells as they were."""
    seen: dict[str, Any] = (visit.offer or {}).get("offer", {})
    volume = seen.get("volume") or {}
    product.title = seen.get("title", "")[:512]
    product.brand = (seen.get("brand") or "")[:128]
    product.grade = seen.get("grade", product.grade)
    product.litres = volume.get("litres")
    product.pack = volume.get("pack") or 1
    product.identity = {"title": product.title, "brand": product.brand, "litres": volume.get("litres")}
    product.series_since = visit.seen_at
    product.save()
    product.refresh_from_db()
    change_volume(product=product, litres=product.litres)
