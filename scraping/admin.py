"""Shops, products and visits in the admin: watch, visit now, see what failed and why."""

from typing import Any, ClassVar

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.formats import number_format
from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from scraping.admin_base import ReadOnlyAdmin
from scraping.models import PriceSpell, Product, SavedSearch, ScrapeRun, Shop, Source, Visit
from scraping.quarantine_admin import PriceRuleAdmin, QuarantinedOfferAdmin
from scraping.selector_health_page import WithSelectorHealth
from scraping.services.order_visits import order_scrape
from scraping.services.seed_demo import remove_demo
from scraping.services.spell_rows import change_volume
from scraping.services.watch_product import accept_proposals, decline_proposals, stop_watching, why_not_scraped

SHOWN = 10  # of the forecasts that keep a row
__all__ = ("PriceRuleAdmin", "QuarantinedOfferAdmin")  # registered by their module


class KeptByTheRecord(admin.ModelAdmin[Any]):
    """Rows that published forecasts rest on: they cannot be deleted, and the page says what to do instead."""

    instead: Any = ""
    settled: tuple[str, ...] = ()  # fields that are chosen once

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> tuple[list[Any], dict[Any, int], set[Any], Any]:
        """What a deletion would take along; where that are published forecasts, the first of them and what to do."""
        deleted, counts, forbidden, protected = super().get_deleted_objects(objs, request)
        if protected:
            messages.warning(request, f"{gettext('Published forecasts are never deleted.')} {self.instead}")
            forbidden = set()  # nobody may: it is not a matter of permissions
        return deleted, counts, forbidden, protected[:SHOWN]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """What the record of a row is counted under stays as it was."""
        return (*super().get_readonly_fields(request, obj), *(self.settled if obj else ()))


@admin.register(Shop)
class ShopAdmin(KeptByTheRecord):
    """Shops, their pace and their schedule."""

    instead = _("Switch the shop off instead (enabled).")
    settled = ("adapter",)
    list_display = ("name", "adapter", "currency", "delivery_place", "visit_interval", "enabled")
    list_filter = ("adapter", "enabled")
    actions = ("remove_simulated",)

    @admin.action(description=_("Remove all simulated data (the demo shop)"), permissions=["delete"])
    def remove_simulated(self, request: HttpRequest, queryset: QuerySet[Shop]) -> None:
        """Whatever is selected: only the demo shop is removed."""
        count = remove_demo()
        text = ngettext("%(count)s simulated product was removed.", "%(count)s simulated products were removed.", count)
        messages.success(request, text % {"count": count})


@admin.register(Product)
class ProductAdmin(KeptByTheRecord):
    """Products, with "scrape now"."""

    instead = _("Stop watching the product instead.")
    settled = ("shop",)
    list_display = ("title_or_sku", "shop", "grade", "size", "price", "watched", "last_visit_at", "page")
    list_filter: ClassVar[tuple[Any, ...]] = (
        *("proposal", "shop", "grade", "brand", "watched"),
        ("litres", admin.EmptyFieldListFilter),
    )
    search_fields = ("title", "sku", "brand", "gtin")
    list_select_related = ("shop", "latest_spell")
    readonly_fields = ("rating", "reviews", "category", "gtin", "last_visit_at", "latest_spell", "created_at")
    actions = ("scrape_now", "stop", "accept_selected", "decline_selected")

    def save_model(self, request: HttpRequest, obj: Product, form: Any, change: bool) -> None:
        """A corrected volume corrects the prices per litre at once."""
        super().save_model(request, obj, form, change)
        if change and "litres" in form.changed_data:
            change_volume(product=obj, litres=obj.litres)

    @admin.display(description=_("product"), ordering="title")
    def title_or_sku(self, product: Product) -> str:
        """What it is called."""
        return str(product)

    @admin.display(description=_("litres"), ordering="litres")
    def size(self, product: Product) -> str:
        """The volume without idle zeros."""
        return f"{product.litres.normalize():f}" if product.litres is not None else "-"

    @admin.display(description=_("page"))
    def page(self, product: Product) -> str:
        """Where people see it."""
        return format_html('<a href="{}">{}</a>', reverse("product", args=[product.pk]), gettext("open"))

    @admin.display(description=_("price"))
    def price(self, product: Product) -> str:
        """The price last seen, or the state."""
        spell = product.latest_spell
        if spell is None:
            return gettext("no price yet")
        if spell.price is None:
            return spell.get_state_display()
        return f"{number_format(spell.price, 2)} {product.shop.currency}"

    @admin.action(description=_("Scrape now"), permissions=["change"])
    def scrape_now(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """Order a visit to each selected product."""
        products = list(queryset.select_related("shop"))
        run = order_scrape(products=products, source=Source.ADMIN, requested_by=request.user.get_username())
        count = run.visits.count()
        messages.success(request, ngettext("%d check started.", "%d checks started.", count) % count)
        for note in sorted({note for product in products if (note := why_not_scraped(product))}):
            messages.warning(request, note)

    @admin.action(description=_("Stop watching"), permissions=["change"])
    def stop(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """Stop watching; the history stays."""
        stop_watching(products=list(queryset))

    @admin.action(description=_("Watch these products"), permissions=["change"])
    def accept_selected(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """Yes to what a saved search found."""
        count = accept_proposals(products=queryset)
        text = ngettext("%(count)s product is now watched.", "%(count)s products are now watched.", count)
        messages.success(request, text % {"count": count})

    @admin.action(description=_("Decline these products"), permissions=["change"])
    def decline_selected(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """No to what a saved search found; it is not proposed again."""
        count = decline_proposals(products=queryset)
        text = ngettext("%(count)s product was declined.", "%(count)s products were declined.", count)
        messages.success(request, text % {"count": count})


@admin.register(PriceSpell)
class PriceSpellAdmin(ReadOnlyAdmin):
    """Stretches of constant price."""

    list_display = ("product", "state", "price", "price_per_litre", "first_seen", "last_seen", "observations")
    list_filter = ("state", "product__shop")
    list_select_related = ("product",)
    search_fields = ("product__title", "product__sku")
    ordering = ("-last_seen", "-id")
    show_full_result_count = False


@admin.register(ScrapeRun)
class ScrapeRunAdmin(ReadOnlyAdmin):
    """Orders to scrape."""

    list_display = ("id", "source", "requested_by", "created_at")
    list_filter = ("source",)


@admin.register(Visit)
class VisitAdmin(WithSelectorHealth, ReadOnlyAdmin):
    """Visits and how they ended."""

    list_display = ("product", "status", "reason", "due_at", "duration_ms", "attempts")
    list_filter = ("status", "product__shop")
    list_select_related = ("product",)
    search_fields = ("product__title", "product__sku")
    date_hierarchy = "due_at"
    show_full_result_count = False


@admin.register(SavedSearch)
class SavedSearchAdmin(admin.ModelAdmin[SavedSearch]):
    """Searches that find new products."""

    list_display = ("words", "shop", "every", "active", "last_run_at", "last_outcome")
    list_filter = ("shop", "active")
    readonly_fields = ("last_run_at", "last_outcome")
