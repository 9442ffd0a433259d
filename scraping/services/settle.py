"""Settle a doubt: a person picks one of the prices of a page, perhaps as a rule, and can take it back."""

from dataclasses import replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from django.db import transaction
from django.utils import timezone

from scraping.amazon.page import read_page
from scraping.errors import ScrapingError
from scraping.models import Decision, PriceRule, Product, QuarantinedOffer, Shop, Visit, VisitStatus
from scraping.services.offer_terms import terms_of
from scraping.services.page_source import marketplace_of
from scraping.services.quarantine import decide, start_new_series
from scraping.services.record_offer import forget_observation, record_offer
from scraping.services.reread import reread
from scraping.services.snapshots import page_of
from scraping.spells import Terms


class RuleFor(StrEnum):
    """How far a decision reaches: this page alone, the product from now on, or every product of the shop."""

    NOTHING = ""
    PRODUCT = "product"
    SHOP = "shop"


class CannotSettle(ScrapingError):
    """The doubt cannot be settled so; the text says why and what to do."""


@transaction.atomic
def settle(*, held: QuarantinedOffer, choice: int, by: Any = None, rule_for: str = RuleFor.NOTHING) -> PriceRule | None:
    """Record the chosen candidate (its place in `held.candidates`) as the price; with a rule, read held pages again."""
    held = (
        QuarantinedOffer.objects.select_for_update(of=("self",)).select_related("visit__product__shop").get(pk=held.pk)
    )
    if held.decision != Decision.WAITING:
        raise CannotSettle("This offer was decided already: undo that decision first.")
    if not 0 <= choice < len(held.candidates):
        raise CannotSettle(f"Choose one of the {len(held.candidates)} prices of the page.")
    candidate, visit = held.candidates[choice], held.visit
    terms = _terms_with(held, candidate)
    if held.new_identity:
        start_new_series(visit.product, visit)
    record_offer(product_id=visit.product_id, at=visit.seen_at, terms=terms)
    rule = _make_rule(visit.product, candidate, RuleFor(rule_for), by)
    held.chosen = {**candidate, **({"rule": rule.pk} if rule else {})}
    held.save(update_fields=["chosen"])
    decide(held, Decision.ACCEPTED, by)
    Visit.objects.filter(pk=visit.pk).update(status=VisitStatus.OK, price_rule=None)
    if rule is not None:
        _read_held_pages_again(rule)
    return rule


@transaction.atomic
def undo(*, held: QuarantinedOffer, by: Any = None) -> None:
    """Take a decision back: what it recorded goes, its rule is undone, and the offer waits again."""
    held = (
        QuarantinedOffer.objects.select_for_update(of=("self",)).select_related("visit__product__shop").get(pk=held.pk)
    )
    if held.decision not in {Decision.ACCEPTED, Decision.REFUSED}:
        raise CannotSettle("There is no decision to undo.")
    if held.new_identity and held.decision == Decision.ACCEPTED:
        raise CannotSettle("This decision began a new series: correct the product instead.")
    made = (held.chosen or {}).get("rule")
    rule = PriceRule.objects.active().filter(pk=made).first() if made else None
    if held.decision == Decision.ACCEPTED:
        forget_observation(product_id=held.visit.product_id, at=held.visit.seen_at)
        Visit.objects.filter(pk=held.visit_id).update(status=VisitStatus.IMPLAUSIBLE)
    held.decision, held.decided_by, held.decided_at, held.chosen = Decision.WAITING, None, None, None
    held.save(update_fields=["decision", "decided_by", "decided_at", "chosen"])
    if rule is not None:
        revoke_rule(rule=rule, by=by)


@transaction.atomic
def revoke_rule(*, rule: PriceRule, by: Any = None) -> int:
    """End a rule: prices recorded by it are taken back and their pages wait for a person; returns how many."""
    rule.revoked_at, rule.revoked_by = timezone.now(), by
    rule.save(update_fields=["revoked_at", "revoked_by"])
    visits = list(Visit.objects.filter(price_rule=rule, status=VisitStatus.OK))
    for visit in visits:
        forget_observation(product_id=visit.product_id, at=visit.seen_at)
        reread(visit_id=visit.pk)
    return len(visits)


def _locked(held: QuarantinedOffer) -> QuarantinedOffer:
    rows = QuarantinedOffer.objects.select_for_update(of=("self",)).select_related("visit__product__shop")
    return rows.get(pk=held.pk)


def _terms_with(held: QuarantinedOffer, candidate: dict[str, str]) -> Terms:
    """What the kept page says, with the chosen amount as what anyone pays."""
    visit = held.visit
    if visit.snapshot is None:
        raise CannotSettle("The page of this visit is no longer stored: check the product again.")
    shop = visit.product.shop
    offer = read_page(page_of(visit.snapshot), marketplace=marketplace_of(shop)).offer
    if offer is None:
        raise CannotSettle("The stored page is no product page any more: refuse the offer.")
    currency = candidate.get("currency") or shop.currency
    if currency != shop.currency:
        raise CannotSettle(f"This price is in {currency}, the shop's currency is {shop.currency}.")
    terms = terms_of(replace(offer, price=Decimal(candidate["amount"])), basis=shop.price_basis)
    if terms is None or terms.price is None:
        raise CannotSettle("The page shows nothing for sale, so none of its amounts is a price: refuse the offer.")
    return terms


def _make_rule(product: Product, candidate: dict[str, str], reach: RuleFor, by: Any) -> PriceRule | None:
    if reach is RuleFor.NOTHING:
        return None
    target: dict[str, Product | Shop] = {"product": product} if reach is RuleFor.PRODUCT else {"shop": product.shop}
    PriceRule.objects.active().filter(**target).update(revoked_at=timezone.now(), revoked_by=by)
    return PriceRule.objects.create(**target, kind=candidate["kind"], where=candidate["where"][:128], created_by=by)


def _read_held_pages_again(rule: PriceRule) -> None:
    """The rule may settle other doubts that wait: their stored pages are read with it."""
    waiting = QuarantinedOffer.objects.filter(
        decision=Decision.WAITING, new_identity=False, visit__snapshot__isnull=False, state=""
    )
    of_rule = {"visit__product": rule.product} if rule.product else {"visit__product__shop": rule.shop}
    for pk in waiting.filter(**of_rule).order_by("visit__started_at").values_list("visit_id", flat=True):
        reread(visit_id=pk)
