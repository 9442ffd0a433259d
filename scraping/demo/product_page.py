"""Product pages in the structure Amazon had in 2025-26; every text that varies is escaped.

What real pages do and readers trip over: the hidden JSON `.twister-plus-buying-options-price-data`, a
`.priceToPay` whose `.a-offscreen` is blank while the sibling `.aok-offscreen` holds the spoken price, and a
`.pricePerUnit` such as "(8,99 € / l)" whose spoken twin is escaped twice.
"""

import json
from decimal import Decimal
from html import escape
from urllib.parse import quote

from scraping.demo.buy_box import buy_box
from scraping.demo.catalogue import GRADE_NAMES, DemoProduct
from scraping.demo.layout import Layout
from scraping.demo.price_block import changed_layout, core_price, coupon, price_range
from scraping.demo.simulation import DemoOffer

SELLER_ID = "A1RKKUPIHCS9HS"  # `ue_mid` of amazon.es


def slug(product: DemoProduct) -> str:
    """Return the readable part of the product's canonical address."""
    return quote("-".join(product.title.replace(",", "").split()[:6]))


def product_page(product: DemoProduct, offer: DemoOffer, layout: Layout) -> str:
    """Return the whole page of one product."""
    state = layout.state if offer.in_stock or layout.state != "in_stock" else "unavailable"
    sold = state == "in_stock"
    price = changed_layout(offer, layout) if not layout.known_layout else core_price(product, offer, layout)
    centre = price if sold else price_range(offer) if state == "select_variation" else ""
    return f"""<!doctype html><html class="a-no-js" lang="es-es"><head><meta charset="utf-8">
<title>{escape(product.title)} : Amazon.es: Alimentación y bebidas</title>
<link rel="canonical" href="https://www.amazon.es/{slug(product)}/dp/{layout.asin}">
<script>var ue_t0=0, ue_mid = '{SELLER_ID}', ue_sn = 'www.amazon.es';</script></head><body>
<div id="glow-ingress-block"><span class="nav-line-1" id="glow-ingress-line1"> {escape(layout.place[0])} </span>
<span class="nav-line-2" id="glow-ingress-line2"> {escape(layout.place[1])} </span></div>
<div id="wayfinding-breadcrumbs_feature_div"><ul class="a-unordered-list a-horizontal a-size-small">
{_crumbs(product)}</ul></div>
<div id="dp" class="grocery es_ES"><div id="leftCol"><div id="imgTagWrapperId" class="imgTagWrapper">
<img id="landingImage" alt="{escape(product.title)}" src="/image/{product.asin}.svg"
 data-old-hires="/image/{product.asin}.svg" data-a-dynamic-image="{_images(product)}"></div></div>
<div id="centerCol"><div id="titleSection"><h1 id="title"><span id="{_title_id(layout)}" class="a-size-large">
        {escape(product.title)} </span></h1></div>
<div id="bylineInfo_feature_div"><a id="bylineInfo" href="/stores/{quote(product.brand)}">Marca: \
{escape(product.brand)}</a></div>
<div id="averageCustomerReviews"><span id="acrPopover" title="{_stars(product)} de 5 estrellas"></span>
<span id="acrCustomerReviewText" aria-label="{_reviews(product)} Reseñas">{_reviews(product)} valoraciones</span></div>
{centre}{coupon(offer) if sold else ""}
<div id="productOverview_feature_div"><table class="a-normal a-spacing-micro">{_overview(product)}</table></div></div>
<div id="rightCol">{buy_box(product, offer, layout, state)}</div>
<div id="prodDetails"><table id="productDetails_techSpec_section_1" class="a-keyvalue prodDetTable">\
{_details(product)}</table></div></div></body></html>"""


def _title_id(layout: Layout) -> str:
    return "productTitle" if layout.known_layout else "dp-heading-2027"


def _crumbs(product: DemoProduct) -> str:
    leaf = "Aceite de girasol" if product.grade == "sunflower" else "Aceite de oliva"
    names = ("Alimentación y bebidas", "Aceites, vinagres y aliños", "Aceites", leaf)
    return "".join(
        f'<li><span class="a-list-item"><a href="/b?node={n}">{name}</a></span></li>' for n, name in enumerate(names)
    )


def _images(product: DemoProduct) -> str:
    return escape(json.dumps({f"/image/{product.asin}.svg": [522, 522]}))


def _stars(product: DemoProduct) -> str:
    return f"{Decimal(37 + int(product.asin[5:]) * 7 % 13) / 10}".replace(".", ",")


def _bar_code(product: DemoProduct) -> str:
    """A number of Spain's range (84) with its check digit; no shop gives this one."""
    digits = f"84999999{int(product.asin[5:]):04d}"
    odd, even = sum(map(int, digits[::2])), sum(map(int, digits[1::2]))
    return digits + str(-(odd + 3 * even) % 10)


def _reviews(product: DemoProduct) -> str:
    return f"{int(product.asin[5:]) * 137 % 4900 + 12:,}".replace(",", ".")


def _size(litres: Decimal) -> str:
    return f"{litres.normalize():f}".replace(".", ",") + (" Litros" if litres >= 1 else " litros")


def _overview(product: DemoProduct) -> str:
    rows = {
        "brand": ("Marca", product.brand),
        "item_volume": ("Volumen del artículo", _size(product.container_litres)),
        "unit_count": ("Número de unidades", f"{product.containers}"),
        "item_form": ("Tipo de aceite", GRADE_NAMES[product.grade].removeprefix("Aceite de ")),
    }
    return "".join(
        f'<tr class="po-{key}"><td><span class="a-text-bold">{name}</span></td><td><span class="po-break-word">'
        f"{escape(value)}</span></td></tr>"
        for key, (name, value) in rows.items()
    )


def _details(product: DemoProduct) -> str:
    weight = (product.litres * Decimal("0.95")).quantize(Decimal("0.01"))
    rows = {
        "Marca": product.brand,
        "Volumen del artículo": _size(product.container_litres),
        "Número de unidades": f"{product.containers}.00 unidad",
        "Peso del producto": f"{weight} kg".replace(".", ","),
        "País de origen": "España",
        "Número de identificación (EAN)": _bar_code(product),
    }
    return "".join(
        f'<tr><th class="prodDetSectionEntry">{name}</th><td class="prodDetAttrValue">{escape(value)}</td></tr>'
        for name, value in rows.items()
    )
