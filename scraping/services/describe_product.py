"""Learn from its page what a product is, once; afterwards only fill in what was missing and renew its rating."""

from decimal import Decimal

from scraping.models import Product
from scraping.offer import Offer
from scraping.services.spell_rows import change_volume
from scraping.volume import read_volume


def describe_product(*, product: Product, offer: Offer) -> None:
    """Fill the product's empty fields from its page; what is known stays, a change is for the guards to decide on.

    Rating and number of reviews are no part of what the product is: the newest count.
    """
    learned = {
        "title": offer.title[:512],
        "brand": (offer.brand or "")[:128],
        "image_url": offer.image_url if (offer.image_url or "").startswith("https://") else "",
        "litres": offer.volume.litres if offer.volume else None,
        "category": [part[:128] for part in offer.breadcrumb],
        "gtin": offer.gtin or "",
    }
    changed = [name for name, value in learned.items() if value and not getattr(product, name)]
    for name in changed:
        setattr(product, name, learned[name])
    if "title" in changed:
        product.grade = offer.grade.value
        changed.append("grade")
    if "litres" in changed and offer.volume:
        product.pack = max(1, offer.volume.pack)
        changed.append("pack")
        change_volume(product=product, litres=product.litres)
        changed.remove("litres")
    if not product.identity and product.title:
        product.identity = {
            "title": product.title,
            "brand": product.brand,
            "litres": str(product.litres) if product.litres else None,
        }
        changed.append("identity")
    changed += _ratings(product, offer)
    _correct_volume(product, offer)
    if changed:
        product.save(update_fields=changed)


def _ratings(product: Product, offer: Offer) -> list[str]:
    """Take over the newest rating and number of reviews; returns which of the two changed."""
    newest = {"rating": offer.rating, "reviews": offer.reviews}
    changed = [name for name, value in newest.items() if value is not None and value != getattr(product, name)]
    for name in changed:
        setattr(product, name, newest[name])
    return changed


def _correct_volume(product: Product, offer: Offer) -> None:
    """Correct a volume that an earlier version misread: its title, read today, and the page agree on another one.

    One that a person corrected differs from the identity's and stays.
    """
    now, known = read_volume(product.title), product.identity.get("litres")
    if not now or not offer.volume or now.litres != offer.volume.litres or product.litres in {None, now.litres}:
        return
    if known and Decimal(known) == product.litres:
        product.identity, product.pack = {**product.identity, "litres": str(now.litres)}, max(1, now.pack)
        product.save(update_fields=["identity", "pack"])
        change_volume(product=product, litres=now.litres)
