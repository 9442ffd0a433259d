"""Settle a doubt: a person picks one of the prices of a page, perhaps as a rule, and can take it back."""

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import transaction

from scraping.amazon.page import read_page
from scraping.models import Decision, PriceRule, QuarantinedOffer, Visit, VisitStatus
from scraping.offer import Offer, PriceKind
from scraping.services.decision_error import CannotSettle, Obstacle
from scraping.services.describe_product import describe_product
from scraping.services.offer_terms import terms_of
from scraping.services.page_source import marketplace_of
from scraping.services.price_rules import apply_rule, make_rule, revoke_rule
from scraping.services.quarantine import decide, lock_offer, start_new_series
from scraping.services.record_offer import forget_observation, record_offer
from scraping.services.reread import judge_again, reread
from scraping.services.snapshots import page_of
from scraping.spells import Terms


class RuleFor(StrEnum):
    """How far a decision reaches: this page alone, the product from now on, or every product of the shop."""

    NOTHING = ""
    PRODUCT = "product"
    SHOP = "shop"


def settle(
    *,
    held: QuarantinedOffer,
    choice: int,
    amount: Decimal | None = None,
    by: Any = None,
    rule_for: str = RuleFor.NOTHING,
) -> PriceRule | None:
    """Record the chosen candidate (its place in `held.candidates`) as the price; with a rule, read held pages again.

    `amount` is what the person saw at that place: the page may have been read again since. The other pages are read
    after the decision is stored, each in its own transaction.
    """
    with transaction.atomic():
        rule = _record_choice(held.pk, choice, amount, by, RuleFor(rule_for))
    if rule is not None:
        apply_rule(rule=rule)
    return rule


def undo(*, held: QuarantinedOffer, by: Any = None) -> None:
    """Take a decision back: what it recorded goes, the rule it made is undone, and the offer waits again."""
    with transaction.atomic():
        rule = _take_back(lock_offer(held.pk))
    if rule is not None:
        revoke_rule(rule=rule, by=by)


@transaction.atomic
def read_again(*, held: QuarantinedOffer) -> VisitStatus:
    """Read the stored page of an offer that waits; with a better reader it may wait no longer."""
    held = lock_offer(held.pk)
    if held.decision != Decision.WAITING:
        raise CannotSettle(Obstacle.DECIDED)
    if held.visit.snapshot_id is None:
        raise CannotSettle(Obstacle.NO_PAGE)
    return reread(visit_id=held.visit_id)


def _record_choice(pk: int, choice: int, amount: Decimal | None, by: Any, rule_for: RuleFor) -> PriceRule | None:
    held = lock_offer(pk)
    if held.decision != Decision.WAITING:
        raise CannotSettle(Obstacle.DECIDED)
    candidate, visit, product = _candidate(held, choice, amount), held.visit, held.visit.product
    offer, terms = _chosen_offer(held, candidate)
    if held.new_identity:
        start_new_series(product, visit)
    else:
        describe_product(product=product, offer=offer)
    record_offer(product_id=product.pk, at=visit.seen_at, terms=terms)
    rule, is_new = None, False
    if rule_for is not RuleFor.NOTHING:
        target = product if rule_for is RuleFor.PRODUCT else product.shop
        rule, is_new = make_rule(target=target, kind=candidate["kind"], where=candidate["where"], by=by)
    held.chosen = {**candidate, **({"rule": rule.pk} if rule and is_new else {})}
    held.save(update_fields=["chosen"])
    decide(held, Decision.ACCEPTED, by)
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.OK, price_rule=None)
    return rule


def _candidate(held: QuarantinedOffer, choice: int, amount: Decimal | None) -> dict[str, str]:
    if not 0 <= choice < len(held.candidates):
        raise CannotSettle(Obstacle.NO_SUCH_PRICE)
    candidate: dict[str, str] = held.candidates[choice]
    if amount is not None and amount != Decimal(candidate["amount"]):
        raise CannotSettle(Obstacle.PAGE_CHANGED)
    if candidate["kind"] == PriceKind.UNIT:
        raise CannotSettle(Obstacle.UNIT_PRICE)
    return candidate


def _chosen_offer(held: QuarantinedOffer, candidate: dict[str, str]) -> tuple[Offer, Terms]:
    """What the stored page says, with the chosen amount as what anyone pays."""
    visit, shop = held.visit, held.visit.product.shop
    if visit.snapshot is None:
        raise CannotSettle(Obstacle.NO_PAGE)
    offer = read_page(page_of(visit.snapshot), marketplace=marketplace_of(shop)).offer
    if offer is None:
        raise CannotSettle(Obstacle.NO_PRODUCT)
    if (candidate.get("currency") or shop.currency) != shop.currency:
        raise CannotSettle(Obstacle.CURRENCY)
    chosen = replace(offer, price=Decimal(candidate["amount"]), currency=shop.currency)
    terms = terms_of(chosen, basis=shop.price_basis)
    if terms is None or terms.price is None:
        raise CannotSettle(Obstacle.NOT_FOR_SALE)
    return chosen, terms


def _take_back(held: QuarantinedOffer) -> PriceRule | None:
    """Undo the decision; returns the rule that it made, if that still holds."""
    if held.decision not in {Decision.ACCEPTED, Decision.REFUSED}:
        raise CannotSettle(Obstacle.UNDECIDED)
    accepted, visit = held.decision == Decision.ACCEPTED, held.visit
    if held.new_identity and accepted:
        raise CannotSettle(Obstacle.NEW_SERIES)
    made = (held.chosen or {}).get("rule")
    if accepted:
        forget_observation(product_id=visit.product_id, at=visit.seen_at)
        Visit.objects.filter(pk=visit.pk).update(status=_waiting_status(visit.pk))
    held.decision, held.decided_by, held.decided_at, held.chosen = Decision.WAITING, None, None, None
    held.save(update_fields=["decision", "decided_by", "decided_at", "chosen"])
    return PriceRule.objects.active().filter(pk=made).first() if made else None


def _waiting_status(visit_id: int) -> VisitStatus:
    """How the visit ends without the decision: as its stored page is judged beside the prices that are left."""
    related = ("product__shop", "product__latest_spell", "snapshot")
    visit: Visit = Visit.objects.select_related(*related).get(pk=visit_id)
    if visit.snapshot is None:
        return VisitStatus.IMPLAUSIBLE
    assessment = judge_again(visit=visit, page=page_of(visit.snapshot)).assessment
    return assessment.status if assessment.held else VisitStatus.IMPLAUSIBLE
