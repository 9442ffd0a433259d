"""Everything on a product page beside the price: title, brand, tables, ratings, picture, place."""

import json
import re
from decimal import Decimal

from scraping.amazon import phrases
from scraping.amazon.address import is_asin
from scraping.amazon.document import Document, text_of
from scraping.amazon.money import clean
from scraping.amazon.paths import finder

_ASIN_IN_LINK = re.compile(r"/(?:dp|gp/product|product|aw/d)/([A-Z0-9]{10})(?=[/?#]|$)")
_BYLINE = re.compile(
    r"^(?:visit the|visita (?:la tienda|lo store) d[ei]|visitez la boutique|besuchen? sie den|"
    r"besuche den|bezoek de|brand:?|"
    r"marca:?|marque ?:|marke:?|merk:?|märke:?|marka:?|by|di|de|da|von|van|par|ブランド:?) ?",
    re.IGNORECASE,
)
_BYLINE_END = re.compile(r"[ -](?:store|shop|-?store|winkel|butik)$|のストアを表示$", re.IGNORECASE)
_BRAND_LABELS = frozenset({"marca", "brand", "marke", "marque", "merk", "märke", "marka", "ブランド", "ブランド名"})
_FIRST_NUMBER = re.compile(r"\d+(?:[.,]\d+)?")
_TITLE_LIMIT = 512
_LONGEST_PLACE = 80
_ASIN_BEARERS = ("averageCustomerReviews", "cerberus-data-metrics", "all-offers-display")
_ROWS, _CELLS = finder(".//tr[count(th|td)=2]"), finder("./th|./td")


def read_title(document: Document) -> str:
    """Return the product's title, control characters removed."""
    title = document.text("productTitle", "ebooksProductTitle", "btAsinTitle", "title")
    return "".join(mark for mark in title if mark.isprintable())[:_TITLE_LIMIT]


def read_asin(document: Document) -> str | None:
    """Return the page's ASIN: the canonical link, else #ASIN; the first input named ASIN can be another's."""
    match = _ASIN_IN_LINK.search(document.canonical or "")
    if match and is_asin(match.group(1)):
        return match.group(1)
    named = (
        *(element.get("value") for element in document.all("ASIN")),
        *(element.get("data-asin") for name in _ASIN_BEARERS for element in document.all(name)),
    )
    return next((asin for value in named if value and is_asin(asin := value.strip().upper())), None)


def read_tables(document: Document) -> dict[str, str]:
    """Return the label/value rows of the overview, technical and detail tables, the first of a label."""
    rows: dict[str, str] = {}
    for name in (
        "productOverview_feature_div",
        "poExpander",
        "prodDetails",
        "productDetails_feature_div",
        "productDetails_techSpec_section_1",
        "productDetails_detailBullets_sections1",
        "technicalSpecifications_feature_div",
        "detailBullets_feature_div",
        "detail-bullets",
    ):
        for element in document.all(name):
            for row in _ROWS(element):
                label, value = (text_of(cell) for cell in _CELLS(row))
                _add(rows, label, value)
            for item in element.iter("li"):
                label, mark, value = text_of(item).partition(":")
                if mark:
                    _add(rows, label, value)
    return rows


def _add(rows: dict[str, str], label: str, value: str) -> None:
    """Keep the first short value of a label."""
    key = clean(label).strip(" :")
    if key and value and len(key) <= 60 and len(value) <= 200:
        rows.setdefault(key, value.strip())


def read_brand(document: Document, rows: dict[str, str]) -> str | None:
    """Return the brand from the tables, else from under the title ("Visita la tienda de Cecotec")."""
    for label, value in rows.items():
        if label.casefold() in _BRAND_LABELS:
            return value[:120]
    line = document.text("bylineInfo", "brand", "bylineInfo_feature_div")
    brand = _BYLINE_END.sub("", _BYLINE.sub("", line)).strip(" :-")
    return brand[:120] or None


def read_rating(document: Document) -> Decimal | None:
    """Return the stars: "4,1 de 5 estrellas", "4.4 out of 5 stars", "5つ星のうち4.3"."""
    for element in document.all("acrPopover"):
        numbers = [Decimal(n.replace(",", ".")) for n in _FIRST_NUMBER.findall(clean(element.get("title") or ""))]
        stars = [n for n in numbers if n <= 5]
        if "つ星のうち" in (element.get("title") or ""):
            stars.reverse()
        if stars:
            return stars[0]
    return None


def read_reviews(document: Document) -> int | None:
    """Return how many rated it: "5.182 valoraciones", "99,265 ratings", "(22)"."""
    match = re.search(r"\d[\d.,\s]*", document.text("acrCustomerReviewText"))
    digits = re.sub(r"\D", "", match.group(0)) if match else ""
    return int(digits) if digits and len(digits) <= 9 else None


def read_image(document: Document) -> str | None:
    """Return the address of the large picture, never an inlined one."""
    element = document.first("landingImage", "imgBlkFront", "ebooksImgBlkFront", "main-image")
    if element is None:
        return None
    choices = [
        element.get("data-old-hires"),
        *_dynamic(element.get("data-a-dynamic-image")),
        element.get("src"),
    ]
    return next((url.strip() for url in choices if url and url.strip().startswith("https://")), None)


def _dynamic(text: str | None) -> list[str]:
    """Return the addresses of a data-a-dynamic-image JSON, the largest first."""
    try:
        sizes = json.loads(text or "{}")
        return sorted(sizes, key=lambda url: -max(sizes[url]))
    except (ValueError, TypeError, AttributeError, RecursionError):
        return []


def read_breadcrumb(document: Document) -> tuple[str, ...]:
    """Return the categories of the product, from the widest to the narrowest."""
    element = document.first("wayfinding-breadcrumbs_feature_div")
    if element is None:
        return ()
    return tuple(text for link in element.iter("a") if (text := text_of(link)))[:12]


def read_location(document: Document) -> str | None:
    """Return the place prices are for: it decides which VAT they hold ("Madrid 28008", "Estados Unidos").

    The head of the page says it in two lines; the buy box repeats it ("Deliver to Pakistan - Update location").
    """
    place = document.text("glow-ingress-line2")
    if place and not phrases.UPDATE_PLACE.search(place):
        return place[:_LONGEST_PLACE]
    for name in ("glow-ingress-line1", "contextualIngressPtLabel_deliveryShortLine"):
        if (text := document.text(name)) and (named := _place_in(text)):
            return named[:_LONGEST_PLACE]
    return None


def _place_in(text: str) -> str | None:
    """Return the place in "Entrega en Madrid 28008"; of an unknown wording only what ends in a postcode."""
    plain = re.split(r" [-–] ", text)[0].strip()
    place = phrases.PLACE_PREFIX.sub("", plain).strip()
    if place and place != plain:
        return None if phrases.UPDATE_PLACE.search(place) else place
    match = phrases.ENDS_IN_POSTCODE.search(plain)
    return match.group(0).strip() if match else None
