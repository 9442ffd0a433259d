"""A person's rules on prices: make one, read waiting pages with it, undo it together with what it recorded."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from scraping.jobs.dispatch import enqueue_on_commit
from scraping.models import Decision, PriceRule, Product, QuarantinedOffer, Shop, Visit, VisitStatus, when_seen
from scraping.price_choice import LONGEST_PLACE
from scraping.services.decision_error import CannotSettle, Obstacle
from scraping.services.record_offer import forget_observation
from scraping.services.reread import reread

AT_ONCE = 20  # pages read while the person waits, a second at most for a large one; workers read the rest
REREAD_TASK = "scraping.tasks.reread_by_rules"


@transaction.atomic
def make_rule(*, target: Product | Shop, kind: str, where: str, by: Any = None) -> tuple[PriceRule, bool]:
    """The rule of this product or shop, and whether it is new; another active one is replaced and keeps its prices."""
    of_target: dict[str, Any] = {"product" if isinstance(target, Product) else "shop": target}
    active = PriceRule.objects.select_for_update().active().filter(**of_target)
    wanted = {"kind": kind, "where": where[:LONGEST_PLACE]}
    if (same := active.filter(**wanted).first()) is not None:
        return same, False
    active.update(revoked_at=timezone.now(), revoked_by=by)
    return PriceRule.objects.create(**of_target, **wanted, created_by=by), True


def apply_rule(*, rule: PriceRule) -> int:
    """Read with it the stored pages of the disagreements that wait; returns how many."""
    waiting = QuarantinedOffer.objects.filter(
        decision=Decision.WAITING, new_identity=False, visit__snapshot__isnull=False, state=""
    )
    of_rule = {"visit__product": rule.product_id} if rule.product_id else {"visit__product__shop": rule.shop_id}
    pages = waiting.filter(**of_rule).order_by(when_seen("visit__"))
    return reread_pages(list(pages.values_list("visit_id", flat=True)))


def revoke_rule(*, rule: PriceRule, by: Any = None) -> int:
    """End a rule: prices recorded by it are taken back and their pages wait for a person; returns how many."""
    with transaction.atomic():
        rule = PriceRule.objects.select_for_update(of=("self",)).get(pk=rule.pk)
        followed = list(rule.followed().order_by(when_seen()).values_list("pk", flat=True))
        if rule.revoked_at is not None and not followed:
            raise CannotSettle(Obstacle.RULE_UNDONE)
        rule.revoked_at, rule.revoked_by = timezone.now(), by
        rule.save(update_fields=["revoked_at", "revoked_by"])
    return reread_pages(followed)


def reread_pages(visit_ids: list[int]) -> int:
    """Read these visits' pages by the rules that hold now: a few at once, the rest by workers; returns how many."""
    for pk in visit_ids[:AT_ONCE]:
        reread_by_rules(visit_id=pk)
    enqueue_on_commit(REREAD_TASK, visit_ids[AT_ONCE:])
    return len(visit_ids)


@transaction.atomic
def reread_by_rules(*, visit_id: int) -> None:
    """Take back what an undone rule recorded for this visit, and read its page again if its offer waits."""
    visit: Visit = (
        Visit.objects.select_for_update(of=("self",)).select_related("price_rule", "product").get(pk=visit_id)
    )
    if visit.price_rule is not None and visit.price_rule.revoked_at is not None:
        _take_back(visit)
    waits = Q(quarantined_offer__decision=Decision.WAITING) | Q(status=VisitStatus.IMPLAUSIBLE)
    undecided = ~Q(quarantined_offer__decision__in=[Decision.ACCEPTED, Decision.REFUSED, Decision.CONFIRMED])
    if Visit.objects.filter(waits, undecided, pk=visit.pk, snapshot__isnull=False).exists():
        reread(visit_id=visit.pk)


def _take_back(visit: Visit) -> None:
    if visit.status == VisitStatus.OK:
        forget_observation(product_id=visit.product_id, at=visit.seen_at)
        visit.status, visit.reason = VisitStatus.IMPLAUSIBLE, "its price was chosen by a rule that was undone"
    visit.price_rule = None
    visit.save(update_fields=["status", "reason", "price_rule"])
    QuarantinedOffer.objects.filter(visit=visit, decision=Decision.CONFIRMED).update(
        decision=Decision.WAITING, decided_by=None, decided_at=None
    )
