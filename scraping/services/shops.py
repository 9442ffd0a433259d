"""The shops the platform knows by itself, made when they are first needed."""

from datetime import timedelta
from typing import Any

from scraping.amazon.marketplaces import Marketplace
from scraping.models import Adapter, Shop

DEMO_SHOP = "demo"
PLACES = {  # (country, timezone, a postcode of the capital, whose prices and taxes count)
    "es": ("ES", "Europe/Madrid", "28008"),
    "it": ("IT", "Europe/Rome", "00184"),
    "fr": ("FR", "Europe/Paris", "75001"),
    "de": ("DE", "Europe/Berlin", "10115"),
    "co.uk": ("GB", "Europe/London", "SW1A 1AA"),
    "com": ("US", "America/New_York", "10001"),
}


def marketplace_shop(market: Marketplace) -> Shop:
    """The shop row of an Amazon marketplace."""
    shop, _ = Shop.objects.get_or_create(name=f"amazon.{market.code}", defaults=_defaults(market))
    return shop


def unsaved_marketplace_shop(market: Marketplace) -> Shop:
    """The shop of an Amazon marketplace, as it is or as it would be: nothing is stored."""
    name = f"amazon.{market.code}"
    return Shop.objects.filter(name=name).first() or Shop(name=name, **_defaults(market))


def _defaults(market: Marketplace) -> dict[str, Any]:
    country, timezone, place = PLACES.get(market.code, ("", "UTC", ""))
    return {
        "adapter": Adapter.AMAZON,
        "currency": market.currency,
        "language": market.language,
        "country": country,
        "timezone": timezone,
        "delivery_place": place,
    }


def demo_shop() -> Shop:
    """The shop row of the simulated shop."""
    shop, _ = Shop.objects.get_or_create(
        name=DEMO_SHOP,
        defaults={
            "adapter": Adapter.DEMO,
            "currency": "EUR",
            "language": "es",
            "country": "ES",
            "timezone": "Europe/Madrid",
            "delivery_place": "28008",
            "seconds_between_requests": 0.02,
            "visit_interval": timedelta(minutes=30),
            "max_gap": timedelta(days=2),
            "accepts_discoveries": True,
        },
    )
    return shop


def import_shop(*, name: str, currency: str, max_gap: timedelta) -> Shop:
    """The shop row of an import's origin; an existing one is left as it is."""
    shop, _ = Shop.objects.get_or_create(
        name=name,
        defaults={
            "adapter": Adapter.IMPORT,
            "currency": currency,
            "max_gap": max_gap,
            "visit_interval": timedelta(days=1),
        },
    )
    return shop
