"""Add a product: paste an address, see what was read, and only then say yes."""

from collections.abc import Sequence
from decimal import Decimal

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from dashboard.permissions import may_add, only
from dashboard.texts.address_faults import address_fault
from dashboard.texts.not_read import amazon_switched_off
from dashboard.texts.previews import PreviewWords, preview_words
from scraping.demo.catalogue import PRODUCTS
from scraping.errors import UnknownAddress
from scraping.models import Product, Shop
from scraping.services.page_source import page_url
from scraping.services.preview_lists import MOST_ADDRESSES, searchable_shops
from scraping.services.preview_product import Preview, add_product, preview_product

LONGEST_ADDRESS = 2048
TEXTS = ("address", "problem", "addresses", "paste_problem", "search_words", "search_problem")


@require_http_methods(["GET", "HEAD", "POST"])
@only(may_add)
def add(request: HttpRequest) -> HttpResponse:
    """Show the form; on POST read the page, and with `yes` watch it."""
    if request.method != "POST":
        return add_page(request)
    text = request.POST.get("address", "").replace("\0", "").strip()[:LONGEST_ADDRESS]
    try:
        if request.POST.get("yes"):
            product = add_product(text=text, requested_by=request.user.get_username())
            _say_added(request, product)
            return redirect("product", pk=product.pk)
        preview = preview_product(text=text)
    except UnknownAddress as error:
        return add_page(request, address=text, problem=address_fault(error), status=422)
    return add_page(request, address=text, preview=preview, words=preview_words(preview))


def _say_added(request: HttpRequest, product: Product) -> None:
    """Promise a check only where one is made."""
    if product.shop.is_amazon_switched_off:
        messages.warning(request, f"{gettext('Product added. It is not checked.')} {amazon_switched_off()}")
        return
    messages.success(request, gettext("Product added. The first check has started."))


def add_page(
    request: HttpRequest,
    *,
    preview: Preview | None = None,
    words: PreviewWords | None = None,
    status: int = 200,
    **texts: str,
) -> HttpResponse:
    """The page with its three ways to add; `texts` are what was sent and what is wrong with it."""
    shops = searchable_shops()
    context = {
        "preview": preview,
        "words": words,
        "per_litre": _per_litre(preview) if preview else None,
        "shops": shops,
        "example": _example(shops),
        "most_addresses": MOST_ADDRESSES,
        "not_read": "" if settings.OILWATCH_SCRAPE_AMAZON else amazon_switched_off(),
        "guide": reverse("first_product"),
        **dict.fromkeys(TEXTS, ""),
        **texts,
    }
    return render(request, "add.html", context, status=status)


def _example(shops: Sequence[Shop]) -> str:
    """The address of one of the demo's products, where the demo runs."""
    demo = next((shop for shop in shops if shop.simulated), None)
    return page_url(Product(shop=demo, sku=PRODUCTS[0].asin)) if demo else ""


def _per_litre(preview: Preview) -> Decimal | None:
    offer = preview.offer
    litres = offer.volume.litres if offer and offer.volume else None
    return offer.price / litres if offer and offer.price and litres else None
