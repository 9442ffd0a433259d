"""Begin or stop to watch a listing, and settle what a saved search proposes."""

from collections.abc import Sequence

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext

from scraping.amazon.address import is_asin, parse_address
from scraping.amazon.address_faults import AddressRefused
from scraping.amazon.marketplaces import find_marketplace
from scraping.errors import UnknownAddress
from scraping.models import Adapter, Product, Proposal, Shop
from scraping.services.order_visits import cancel_open
from scraping.services.page_source import marketplace_of
from scraping.services.shops import marketplace_shop, unsaved_marketplace_shop
from scraping.services.short_links import follow_short_link

DEFAULT_MARKETPLACE = "es"


def watch_address(*, text: str) -> Product:
    """Watch what an address (of Amazon, a link of its app, a bare ASIN, or one of the demo shop) names.

    UnknownAddress says what is wrong.
    """
    shop, sku = located(text)  # outside the transaction: a short link is asked where it leads
    return _watch(shop, sku)


@transaction.atomic
def _watch(shop: Shop, sku: str) -> Product:
    if not shop.pk and (marketplace := find_marketplace(marketplace_of(shop))):
        shop = marketplace_shop(marketplace)
    product, _ = Product.objects.get_or_create(shop=shop, sku=sku, defaults={"watched": True})
    if not product.watched:
        product.watched, product.proposal = True, Proposal.ACCEPTED if product.proposal else ""
        product.save(update_fields=["watched", "proposal"])
    return product


def located(text: str, *, follow: bool = True) -> tuple[Shop, str]:
    """The shop (perhaps not stored yet) and the sku that an address names; only to follow a short link asks anybody."""
    if demo := _at_the_demo_shop(text.strip()):
        return demo
    try:
        address = parse_address(follow_short_link(text) if follow else text, default_marketplace=DEFAULT_MARKETPLACE)
    except AddressRefused as error:
        raise UnknownAddress(error) from error
    return unsaved_marketplace_shop(address.marketplace), address.asin


def _at_the_demo_shop(text: str) -> tuple[Shop, str] | None:
    """An address of the simulated shop, where there is one: so that all of this can be tried without Amazon."""
    place = f"{settings.OILWATCH_DEMO_SHOP_URL}/dp/"
    shop = Shop.objects.filter(adapter=Adapter.DEMO).first() if text.startswith(place) else None
    sku = text.removeprefix(place).split("?")[0].strip("/")
    return (shop, sku) if shop and is_asin(sku) else None


@transaction.atomic
def stop_watching(*, products: Sequence[Product]) -> None:
    """Stop watching these products; recorded prices stay."""
    Product.objects.filter(pk__in=[product.pk for product in products]).update(watched=False)
    cancel_open(products=products)


def why_not_scraped(product: Product) -> str | None:
    """Why a product's page will not be fetched, in words; None if it will."""
    if not product.shop.has_pages:
        return gettext("Its prices come from a file: import a newer one.")
    if product.shop.is_amazon_switched_off:
        return (
            "Reading Amazon is switched off on this server. To allow it, start with OILWATCH_SCRAPE_AMAZON=true "
            "(read Amazon's terms first)."
        )
    if not product.shop.enabled:
        return gettext("The shop %(shop)s is switched off in the admin.") % {"shop": product.shop.name}
    return None if product.watched else gettext("It is not watched.")


def accept_proposals(*, products: "QuerySet[Product]") -> int:
    """Watch these finds from now on; returns how many."""
    waiting = products.filter(proposal__in=[Proposal.WAITING, Proposal.DECLINED])
    return waiting.update(proposal=Proposal.ACCEPTED, watched=True)


def decline_proposals(*, products: "QuerySet[Product]") -> int:
    """Do not propose these again; returns how many."""
    return products.filter(proposal=Proposal.WAITING).update(proposal=Proposal.DECLINED)
