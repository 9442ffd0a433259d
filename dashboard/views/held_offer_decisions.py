"""The buttons of held prices: settle, accept, refuse, read again, undo. Each is a POST and goes through a service."""

from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal, InvalidOperation

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_POST

from dashboard.permissions import may_decide, only
from dashboard.texts.formats import money
from dashboard.texts.held_offers import obstacle_words, rule_words
from dashboard.texts.states import FAILED_VISITS
from scraping.errors import ScrapingError
from scraping.models import PriceRule, QuarantinedOffer, Shop, VisitStatus
from scraping.services.decision_error import CannotSettle, Obstacle
from scraping.services.price_rules import revoke_rule
from scraping.services.quarantine import accept, refuse
from scraping.services.settle import RuleFor, read_again, settle, undo
from scraping.services.unknown_place import accept_unknown_place, hold_unknown_place


@require_POST
@only(may_decide)
def settle_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """The person picked one of the prices, perhaps as a rule."""

    def decide(held: QuarantinedOffer) -> str:
        choice, amount = _picked(request.POST.get("choice", ""))
        reach = request.POST.get("rule", "")
        rule_for = reach if reach in set(RuleFor) else RuleFor.NOTHING
        rule = settle(held=held, choice=choice, amount=amount, by=request.user, rule_for=rule_for)
        price = money(amount, held.visit.product.shop.currency)
        if rule is None:
            return gettext("%(price)s was recorded.") % {"price": price}
        return gettext("%(price)s was recorded. Rule from now on: %(rule)s.") % {
            "price": price,
            "rule": rule_words(rule.kind),
        }

    return _decide(request, pk, decide)


@require_POST
@only(may_decide)
def accept_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read is right."""

    def decide(held: QuarantinedOffer) -> str:
        accept(held=held, by=request.user)
        return gettext("The price was recorded.")

    return _decide(request, pk, decide)


@require_POST
@only(may_decide)
def refuse_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read is wrong."""

    def decide(held: QuarantinedOffer) -> str:
        refuse(held=held, by=request.user)
        return gettext("The price was refused. Nothing was recorded.")

    return _decide(request, pk, decide)


@require_POST
@only(may_decide)
def reread_offer(request: HttpRequest, pk: int) -> HttpResponse:
    """Read the stored page with today's reader."""

    def decide(held: QuarantinedOffer) -> str:
        status = read_again(held=held)
        if status == VisitStatus.OK:
            return gettext("The page was read again and its price was recorded.")
        return gettext("The page was read again: %(result)s.") % {"result": FAILED_VISITS.get(status, status.label)}

    return _decide(request, pk, decide)


@require_POST
@only(may_decide)
def undo_decision(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a decision back."""

    def decide(held: QuarantinedOffer) -> str:
        undo(held=held, by=request.user)
        return gettext("The decision was undone. The price waits again.")

    return _decide(request, pk, decide)


@require_POST
@only(may_decide)
def undo_rule(request: HttpRequest, pk: int) -> HttpResponse:
    """End a rule and take its prices back."""
    rule = get_object_or_404(PriceRule, pk=pk)
    try:
        count = revoke_rule(rule=rule, by=request.user)
    except CannotSettle as error:
        messages.error(request, obstacle_words(error))
    else:
        undone = ngettext(
            "The rule was undone. %(count)s page is read again without it.",
            "The rule was undone. %(count)s pages are read again without it.",
            count,
        )
        messages.success(request, undone % {"count": count})
    return redirect("price_rules")


@require_POST
@only(may_decide)
def unknown_place(request: HttpRequest, pk: int) -> HttpResponse:
    """Believe a shop's pages that do not name their place, or hold them again."""
    shop = get_object_or_404(Shop, pk=pk)
    if request.POST.get("accept") == "yes":
        count = accept_unknown_place(shop=shop, by=request.user)
        accepted = ngettext(
            "Pages of %(shop)s may leave out the place. %(count)s stored page is read again.",
            "Pages of %(shop)s may leave out the place. %(count)s stored pages are read again.",
            count,
        )
        messages.success(request, accepted % {"shop": shop.name, "count": count})
        return redirect("held_offers")
    hold_unknown_place(shop=shop, by=request.user)
    held = gettext("Pages of %(shop)s that leave out the place are held again from now on.")
    messages.success(request, held % {"shop": shop.name})
    return redirect("price_rules")


def _decide(request: HttpRequest, pk: int, decide: Callable[[QuarantinedOffer], str]) -> HttpResponse:
    """Make the decision, say how it went, and show the offer if it is still there."""
    held = get_object_or_404(QuarantinedOffer.objects.select_related("visit__product__shop"), pk=pk)
    try:
        messages.success(request, decide(held))
    except CannotSettle as error:
        messages.error(request, obstacle_words(error))
    except ScrapingError:
        messages.error(request, gettext("The page shows several prices or none. Choose one, or refuse the price."))
    if not QuarantinedOffer.objects.filter(pk=pk).exists():
        return redirect("held_offers")
    return redirect("held_offer", pk=pk)


def _picked(value: str) -> tuple[int, Decimal]:
    """The candidate's place and the amount that the person saw there: "3:39.95"."""
    number, _, amount = value.partition(":")
    with suppress(ValueError, InvalidOperation):
        if (seen := Decimal(amount)).is_finite():
            return int(number), seen
    raise CannotSettle(Obstacle.NO_SUCH_PRICE)
