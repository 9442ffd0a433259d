"""Which taxes are in a price: the place a page is for, compared with the place a shop's prices shall be for.

Parts of a country with taxes of their own are those outside its VAT area or with rates of their own on food: article 6
of the EU's VAT directive (2006/112/EC) and, for France, article 296 of the Code général des impôts. Where taxes are not
in the price (amazon.com, amazon.ca), every place of the country is alike.
"""

import re
from enum import StrEnum

# By marketplace: how a postcode begins, and the tax area it is in; every other one is in the main area.
_AREAS: dict[str, tuple[tuple[str, str], ...]] = {
    "es": (("35", "Canary Islands"), ("38", "Canary Islands"), ("51", "Ceuta"), ("52", "Melilla")),
    "fr": (
        ("20", "Corsica"),
        ("971", "Guadeloupe"),
        ("972", "Martinique"),
        ("973", "French Guiana"),
        ("974", "Réunion"),
        ("976", "Mayotte"),
        ("987", "French Polynesia"),
        ("988", "New Caledonia"),
    ),
    "it": (("23041", "Livigno"), ("22061", "Campione d'Italia")),
    "de": (("78266", "Büsingen"), ("27498", "Heligoland")),
    "co.uk": (("GY", "Guernsey"), ("JE", "Jersey")),
}
MAIN = ""
_FIVE_DIGITS = re.compile(r"(?<!\d)\d{5}(?!\d)")
_BRITISH = re.compile(r"\b([A-Z]{1,2}\d[A-Z\d]?)(?: ?\d[A-Z]{2})?\b")
_POSTCODES = {**dict.fromkeys(("es", "it", "fr", "de"), _FIVE_DIGITS), "co.uk": _BRITISH}
_WITH_DIGIT = re.compile(r"\S*\d\S*")


class PlaceMatch(StrEnum):
    """How the place of a page relates to a shop's."""

    SAME_TAXES = "same_taxes"
    OTHER_TAXES = "other_taxes"
    ABROAD = "abroad"
    UNKNOWN = "unknown"


def postcode_in(place: str, marketplace: str) -> str | None:
    """Return the postcode in "Madrid 28008"; None for a country ("Estados Unidos") or another country's postcode."""
    match = _POSTCODES.get(marketplace, _WITH_DIGIT).search(place.upper())
    return match.group(0) if match else None


def tax_area(postcode: str, marketplace: str) -> str:
    """Return the part of the country with taxes of its own that a postcode is in; "" for the main area."""
    return next((area for begin, area in _AREAS.get(marketplace, ()) if postcode.upper().startswith(begin)), MAIN)


def compare_places(*, seen: str | None, expected: str, marketplace: str) -> PlaceMatch:
    """Compare the place a page names with the shop's place (a postcode, or the name as the page writes it)."""
    if not seen:
        return PlaceMatch.UNKNOWN
    if expected and expected.casefold() in seen.casefold():
        return PlaceMatch.SAME_TAXES
    postcode = postcode_in(seen, marketplace)
    if postcode is None:
        return PlaceMatch.ABROAD
    same = tax_area(postcode, marketplace) == tax_area(expected, marketplace)
    return PlaceMatch.SAME_TAXES if same else PlaceMatch.OTHER_TAXES
