"""Held offers and the rules on prices in the admin: what waits for a person, and what people decided."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from scraping.admin_base import ReadOnlyAdmin
from scraping.errors import ScrapingError
from scraping.models import PriceRule, QuarantinedOffer, when_seen
from scraping.services.price_rules import revoke_rule
from scraping.services.quarantine import accept, refuse
from scraping.services.reread import reread


@admin.register(QuarantinedOffer)
class QuarantinedOfferAdmin(ReadOnlyAdmin):
    """The quarantine: what was read but not believed, with one click for yes, no, or read again."""

    change_list_template = "admin/scraping/quarantinedoffer/change_list.html"
    list_display = ("product", "price", "state", "why", "seen_at", "decision", "decided_by", "page")
    list_filter = ("decision", "visit__product__shop")
    list_select_related = ("visit__product", "decided_by")
    actions = ("accept_selected", "refuse_selected", "reread_selected")

    @admin.display(description=_("product"), ordering="visit__product__title")
    def product(self, held: QuarantinedOffer) -> str:
        """What it is called."""
        return str(held.visit.product)

    @admin.display(description="")
    def page(self, held: QuarantinedOffer) -> str:
        """The page that shows every price of the stored page."""
        return format_html('<a href="{}">{}</a>', reverse("held_offer", args=[held.pk]), gettext("all its prices"))

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Whoever may change prices may decide on them."""
        return bool(request.user.has_perm("scraping.change_quarantinedoffer"))

    @admin.display(description=_("checked"), ordering=when_seen("visit__"))
    def seen_at(self, held: QuarantinedOffer) -> Any:
        """When the page was seen."""
        return held.visit.seen_at

    @admin.action(description=_("Accept: the price is right"), permissions=["decide"])
    def accept_selected(self, request: HttpRequest, queryset: QuerySet[QuarantinedOffer]) -> None:
        """Record what was held."""
        for held in queryset.filter(decision="waiting").select_related("visit__product"):
            try:
                accept(held=held, by=request.user)
            except ScrapingError as error:
                messages.warning(request, f"{held}: {error}")
        messages.success(request, gettext("Done."))

    @admin.action(description=_("Refuse: the price is wrong"), permissions=["decide"])
    def refuse_selected(self, request: HttpRequest, queryset: QuerySet[QuarantinedOffer]) -> None:
        """Record nothing."""
        for held in queryset.filter(decision="waiting"):
            try:
                refuse(held=held, by=request.user)
            except ScrapingError as error:
                messages.warning(request, f"{held}: {error}")
        messages.success(request, gettext("Done."))

    @admin.action(description=_("Read the saved page again"), permissions=["decide"])
    def reread_selected(self, request: HttpRequest, queryset: QuerySet[QuarantinedOffer]) -> None:
        """With today's reader."""
        for held in queryset.filter(decision="waiting"):
            messages.info(request, f"{held}: {reread(visit_id=held.visit_id).label}")


@admin.register(PriceRule)
class PriceRuleAdmin(ReadOnlyAdmin):
    """Which of the prices on a page is right: what people decided once and for later."""

    list_display = ("rule", "where", "created_by", "created_at", "revoked_by", "revoked_at")
    list_filter = (("revoked_at", admin.EmptyFieldListFilter), "kind")
    list_select_related = ("product", "shop", "created_by", "revoked_by")
    actions = ("undo_selected",)

    @admin.display(description=_("rule"))
    def rule(self, rule: PriceRule) -> str:
        """What it prefers, and for what."""
        return str(rule)

    def has_decide_permission(self, request: HttpRequest) -> bool:
        """Whoever may decide on held prices."""
        return bool(request.user.has_perm("scraping.change_quarantinedoffer"))

    @admin.action(description=_("Undo these rules"), permissions=["decide"])
    def undo_selected(self, request: HttpRequest, queryset: QuerySet[PriceRule]) -> None:
        """Take back what they recorded."""
        for rule in queryset.select_related("product", "shop"):
            try:
                count = revoke_rule(rule=rule, by=request.user)
            except ScrapingError as error:
                messages.warning(request, f"{rule}: {error}")
            else:
                text = ngettext(
                    "%(rule)s: undone; %(count)s of its pages is read again.",
                    "%(rule)s: undone; %(count)s of its pages are read again.",
                    count,
                )
                messages.success(request, text % {"rule": rule, "count": count})
