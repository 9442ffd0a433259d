"""Where a product's page is, and under which rules it may be fetched."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings

from scraping.amazon.address import product_url
from scraping.client.policy import Policy
from scraping.models import Adapter, Product, Shop

# What a shopper's browser at that marketplace says of language and currency, so that prices are the local ones.
CURRENCY_COOKIE = "i18n-prefs"


@dataclass(frozen=True, slots=True)
class PageSource:
    """A page and the rules of its shop."""

    url: str
    policy: Policy
    seconds_between: float
    place_note: str = ""  # why the shop's place could not be set, if it could not

    @property
    def base(self) -> str:
        """Scheme and host of the page's address."""
        parts = urlsplit(self.url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def host(self) -> str:
        """The host, whose pace and circuit breaker count."""
        return urlsplit(self.url).netloc


def page_source(product: Product) -> PageSource:
    """The page of a product."""
    return PageSource(page_url(product), policy_of(product.shop), product.shop.seconds_between_requests)


def marketplace_of(shop: Shop) -> str:
    """The marketplace whose habits a shop's pages follow: es for amazon.es and for the demo shop."""
    return "es" if shop.adapter == Adapter.DEMO else shop.name.removeprefix("amazon.")


def page_url(product: Product) -> str:
    """The address of a product's page."""
    if product.shop.adapter == Adapter.DEMO:
        return f"{settings.OILWATCH_DEMO_SHOP_URL}/dp/{product.sku}"
    return product_url(product.sku, marketplace_of(product.shop))


def _cookies(shop: Shop) -> dict[str, str]:
    """Language, currency and country, as the shop's own pages set them.

    Seen on amazon.es: `lc-acbes=es_ES; i18n-prefs=EUR; sp-cdn="L5Z9:ES"`. Prices carry the taxes of the country.
    """
    cookies = {CURRENCY_COOKIE: shop.currency}
    if shop.country:
        cookies["lc-acb" + shop.country.lower()] = f"{shop.language}_{shop.country}"
        cookies["sp-cdn"] = f'"L5Z9:{shop.country}"'
    return cookies


def policy_of(shop: Shop) -> Policy:
    """The policy under which a shop's pages are fetched."""
    place = urlsplit(settings.OILWATCH_DEMO_SHOP_URL).netloc
    demo = shop.adapter == Adapter.DEMO
    return Policy(
        user_agent=settings.OILWATCH_USER_AGENT,
        hosts=frozenset({place} if demo else {f"www.{shop.name}", shop.name}),
        page_bytes=settings.OILWATCH_PAGE_BYTES,
        page_seconds=settings.OILWATCH_PAGE_SECONDS,
        headers={
            "Accept": "text/html,application/xhtml+xml;q=0.9,*/*;q=0.8",
            "Accept-Language": f"{shop.language}-{shop.country},{shop.language};q=0.9,en;q=0.5"
            if shop.country
            else shop.language,
        },
        cookies=_cookies(shop),
        private_ok=frozenset({place} if demo else ()),
    )
