"""The shelf in the admin: watch, look now, see what failed and why."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import ngettext

from scraping.models import PriceSpell, Product, ScrapeRun, Shop, Source, Visit
from scraping.services.order_visits import order_scrape
from scraping.services.seed_demo import remove_demo
from scraping.services.watch_product import stop_watching, why_not_looked_at


class ReadOnly(admin.ModelAdmin[Any]):
    """Rows that only the platform writes."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Services add these."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Services change these."""
        return False


@admin.register(Shop)
class ShopAdmin(admin.ModelAdmin[Shop]):
    """Shops, their pace and their schedule."""

    list_display = ("name", "adapter", "currency", "delivery_place", "look_every", "enabled")
    list_filter = ("adapter", "enabled")
    actions = ("remove_simulated",)

    @admin.action(description="Remove all simulated data (the demo shop)", permissions=["delete"])
    def remove_simulated(self, request: HttpRequest, queryset: QuerySet[Shop]) -> None:
        """Whatever is selected: only the demo shop is removed."""
        messages.success(request, f"{remove_demo()} simulated products were removed.")


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin[Product]):
    """Products, with "scrape now"."""

    list_display = ("title_or_sku", "shop", "grade", "litres", "price", "watched", "last_look_at")
    list_filter = ("shop", "grade", "watched")
    search_fields = ("title", "sku", "brand")
    list_select_related = ("shop", "latest_spell")
    readonly_fields = ("last_look_at", "latest_spell", "created_at")
    actions = ("scrape_now", "stop")

    @admin.display(description="product", ordering="title")
    def title_or_sku(self, product: Product) -> str:
        """What it is called."""
        return str(product)

    @admin.display(description="price")
    def price(self, product: Product) -> str:
        """The price last seen, or the state."""
        spell = product.latest_spell
        if spell is None:
            return "never seen"
        return f"{spell.price:.2f} {product.shop.currency}" if spell.price is not None else spell.get_state_display()

    @admin.action(description="Scrape now", permissions=["change"])
    def scrape_now(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """Order a look at each selected product."""
        products = list(queryset.select_related("shop"))
        run = order_scrape(products=products, source=Source.ADMIN, requested_by=request.user.get_username())
        count = run.visits.count()
        messages.success(request, ngettext("%d look is ordered.", "%d looks are ordered.", count) % count)
        for note in sorted({note for product in products if (note := why_not_looked_at(product))}):
            messages.warning(request, note)

    @admin.action(description="Stop watching", permissions=["change"])
    def stop(self, request: HttpRequest, queryset: QuerySet[Product]) -> None:
        """Look no more; what was seen stays."""
        stop_watching(products=list(queryset))


@admin.register(PriceSpell)
class PriceSpellAdmin(ReadOnly):
    """Stretches of constant price."""

    list_display = ("product", "state", "price", "price_per_litre", "first_seen", "last_seen", "looks")
    list_filter = ("state", "product__shop")
    list_select_related = ("product",)
    search_fields = ("product__title", "product__sku")
    show_full_result_count = False


@admin.register(ScrapeRun)
class ScrapeRunAdmin(ReadOnly):
    """Orders to scrape."""

    list_display = ("id", "source", "requested_by", "created_at")
    list_filter = ("source",)


@admin.register(Visit)
class VisitAdmin(ReadOnly):
    """Looks and how they ended."""

    list_display = ("product", "status", "reason", "due_at", "duration_ms", "attempts")
    list_filter = ("status", "product__shop")
    list_select_related = ("product",)
    search_fields = ("product__title", "product__sku")
    date_hierarchy = "due_at"
    show_full_result_count = False
