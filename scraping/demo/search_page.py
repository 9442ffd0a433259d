# ruff: noqa: E501 - markup keeps the lines it is sent in
"""Search pages: tiles in Amazon's structure, some of them paid for, and the way to the next page."""

import unicodedata
from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import quote, quote_plus

from scraping.demo.catalogue import DemoProduct
from scraping.demo.layout import MADRID, money
from scraping.demo.product_page import SELLER_ID, slug
from scraping.demo.simulation import DemoOffer

TILES_A_PAGE = 24
_SPONSORED_EVERY = 6


def matches(products: Sequence[DemoProduct], text: str) -> list[DemoProduct]:
    """Return the products whose titles hold every word, whatever its accents; all of them for no word."""
    wanted = _plain(text).split()
    return [product for product in products if all(word in _plain(product.title) for word in wanted)]


def search_page(products: Sequence[DemoProduct], offer_of: Callable[[str], DemoOffer], *, words: str, page: int) -> str:
    """Return one page of results, the first tile of every six as an advertisement shown twice."""
    shown = products[(page - 1) * TILES_A_PAGE : page * TILES_A_PAGE]
    tiles: list[str] = []
    for number, product in enumerate(shown):
        if number % _SPONSORED_EVERY == 0:
            paid = products[(number * 7 + page) % len(products)]
            tiles.append(_tile(paid, offer_of(paid.asin), position=len(tiles) + 1, sponsored=True))
        tiles.append(_tile(product, offer_of(product.asin), position=len(tiles) + 1, sponsored=False))
    more = len(products) > page * TILES_A_PAGE
    following = (
        f'<a href="/s?k={quote_plus(words)}&amp;page={page + 1}&amp;ref=sr_pg_{page}" class="s-pagination-item '
        f's-pagination-next s-pagination-button">Siguiente</a>'
        if more
        else '<span class="s-pagination-item s-pagination-next s-pagination-disabled">Siguiente</span>'
    )
    return f"""<!doctype html><html class="a-no-js" lang="es-es"><head><meta charset="utf-8">
<title>Amazon.es : {escape(words)}</title><script>var ue_mid = '{SELLER_ID}', ue_sn = 'www.amazon.es';</script></head>
<body><div id="glow-ingress-block"><span id="glow-ingress-line1"> {MADRID} </span></div>
<div id="search"><div class="s-main-slot s-result-list s-search-results" role="list">{"".join(tiles)}</div>
<div class="s-pagination-container"><span class="s-pagination-strip">{following}</span></div></div></body></html>"""


def _tile(product: DemoProduct, offer: DemoOffer, *, position: int, sponsored: bool) -> str:
    target = f"/{slug(product)}/dp/{product.asin}/ref=sr_1_{position}"
    link = f"/sspa/click?ie=UTF8&amp;url={quote(target, safe='')}" if sponsored else target
    label = (
        '<a class="puis-label-popover puis-sponsored-label-text"><span aria-label="Ver información patrocinada">'
        "Patrocinado</span></a>"
        if sponsored
        else ""
    )
    return f"""<div role="listitem" data-asin="{product.asin}" data-index="{position}" \
data-component-type="s-search-result" class="s-result-item s-asin{" AdHolder" if sponsored else ""}">{label}
<span data-component-type="s-product-image"><a class="a-link-normal s-no-outline" href="{link}"><img class="s-image" \
src="/image/{product.asin}.svg" alt="{escape(product.title)}"></a></span>
<div data-cy="title-recipe"><a class="a-link-normal s-line-clamp-4 s-link-style a-text-normal" href="{link}"><h2 \
aria-label="{escape(product.title)}"><span>{escape(product.title)}</span></h2></a></div>
{_price(product, offer) if offer.in_stock else '<div data-cy="price-recipe">No disponible por el momento.</div>'}</div>"""


def _price(product: DemoProduct, offer: DemoOffer) -> str:
    price = money(offer.price)
    unit = money(offer.price / product.litres)
    was = (
        f'<span class="a-price a-text-price" data-a-strike="true"><span class="a-offscreen">'
        f"{money(offer.list_price)}</span></span>"
        if offer.list_price
        else ""
    )
    return f"""<div data-cy="price-recipe"><span class="a-price" data-a-size="xl"><span class="a-offscreen">{price}\
</span><span aria-hidden="true">{price}</span></span> <span class="a-size-base a-color-secondary">(<span class="a-price \
a-text-price"><span class="a-offscreen">{unit}</span></span>/l)</span> {was}</div>"""


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore").decode()
