"""Begin or stop to watch a listing, and settle what a saved search proposes."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet

from scraping.amazon.address import AddressRefused, ProductAddress, parse_address
from scraping.errors import UnknownAddress
from scraping.models import Product, Proposal
from scraping.services.order_visits import cancel_open
from scraping.services.shops import marketplace_shop
from scraping.services.short_links import follow_short_link

DEFAULT_MARKETPLACE = "es"


def watch_address(*, text: str) -> Product:
    """Watch what an Amazon address (a link of its app, or a bare ASIN, then at amazon.es) names.

    UnknownAddress says what is wrong.
    """
    try:
        address = parse_address(follow_short_link(text), default_marketplace=DEFAULT_MARKETPLACE)
    except AddressRefused as error:
        raise UnknownAddress(str(error)) from error
    return _watch(address)


@transaction.atomic
def _watch(address: ProductAddress) -> Product:
    product, _ = Product.objects.get_or_create(
        shop=marketplace_shop(address.marketplace), sku=address.asin, defaults={"watched": True}
    )
    if not product.watched:
        product.watched, product.proposal = True, Proposal.ACCEPTED if product.proposal else ""
        product.save(update_fields=["watched", "proposal"])
    return product


@transaction.atomic
def stop_watching(*, products: Sequence[Product]) -> None:
    """Stop watching these products; recorded prices stay."""
    Product.objects.filter(pk__in=[product.pk for product in products]).update(watched=False)
    cancel_open(products=products)


def why_not_scraped(product: Product) -> str | None:
    """Why a product's page will not be fetched, in words; None if it will."""
    if not product.shop.has_pages:
        return "Its prices come from a file: import a newer one."
    if product.shop.is_amazon_switched_off:
        return (
            "Reading Amazon is switched off on this server. To allow it, start with OILWATCH_SCRAPE_AMAZON=true "
            "(read Amazon's terms first)."
        )
    if not product.shop.enabled:
        return f"The shop {product.shop.name} is switched off in the admin."
    return None if product.watched else "It is not watched."


def accept_proposals(*, products: "QuerySet[Product]") -> int:
    """Watch these finds from now on; returns how many."""
    waiting = products.filter(proposal__in=[Proposal.WAITING, Proposal.DECLINED])
    return waiting.update(proposal=Proposal.ACCEPTED, watched=True)


def decline_proposals(*, products: "QuerySet[Product]") -> int:
    """Do not propose these again; returns how many."""
    return products.filter(proposal=Proposal.WAITING).update(proposal=Proposal.DECLINED)
