"""The Amazon marketplaces that are known, and how each writes money."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Marketplace:
    """One Amazon site: `code` is the part after `amazon.`; `seller_id` is what pages call `ue_mid`."""

    code: str
    currency: str
    decimal: str
    language: str
    seller_id: str

    @property
    def host(self) -> str:
        """Return the host of its desktop pages."""
        return f"www.amazon.{self.code}"


# `ue_mid = 'A1RKKUPIHCS9HS'` stands in every page of amazon.es, home and search pages included.
MARKETPLACES: dict[str, Marketplace] = {
    market.code: market
    for market in (
        Marketplace("es", "EUR", ",", "es", "A1RKKUPIHCS9HS"),
        Marketplace("it", "EUR", ",", "it", "APJ6JRA9NG5V4"),
        Marketplace("fr", "EUR", ",", "fr", "A13V1IB3VIYZZH"),
        Marketplace("de", "EUR", ",", "de", "A1PA6795UKMFR9"),
        Marketplace("co.uk", "GBP", ".", "en", "A1F83G8C2ARO7P"),
        Marketplace("com", "USD", ".", "en", "ATVPDKIKX0DER"),
        Marketplace("nl", "EUR", ",", "nl", "A1805IZSGTT6HS"),
        Marketplace("com.be", "EUR", ",", "fr", "AMEN7PMS3EDWL"),
        Marketplace("ie", "EUR", ".", "en", "A28R8C7NBKEWEA"),
        Marketplace("se", "SEK", ",", "sv", "A2NODRKZP88ZB9"),
        Marketplace("pl", "PLN", ",", "pl", "A1C3SOZRARQ6R3"),
        Marketplace("ca", "CAD", ".", "en", "A2EUQ1WTGCTBG2"),
        Marketplace("com.mx", "MXN", ".", "es", "A1AM78C64UM0Y8"),
        Marketplace("com.br", "BRL", ",", "pt", "A2Q3Y263D00KWC"),
        Marketplace("com.au", "AUD", ".", "en", "A39IBJ37TRP1C6"),
        Marketplace("co.jp", "JPY", ".", "ja", "A1VC38T7YXB528"),
        Marketplace("in", "INR", ".", "en", "A21TJRUUN4KGV"),
        Marketplace("com.tr", "TRY", ",", "tr", "A33AVAJ2PDY3EV"),
        Marketplace("sg", "SGD", ".", "en", "A19VAU5U5O7RUS"),
        Marketplace("ae", "AED", ".", "en", "A2VIGQ35RCS4UG"),
        Marketplace("sa", "SAR", ".", "ar", "A17E79C6D8DWNP"),
        Marketplace("eg", "EGP", ".", "ar", "ARBP9OOSHTCHU"),
        Marketplace("co.za", "ZAR", ".", "en", "AE08WJ6YKNBMC"),
        Marketplace("cn", "CNY", ".", "zh", "AAHKV2X7AFYLW"),
    )
}

# amazon.be and amazon.jp only forward; people type them all the same.
_READ_ALOUD = {
    "be": "com.be",
    "uk": "co.uk",
    "jp": "co.jp",
    "mx": "com.mx",
    "br": "com.br",
    "au": "com.au",
    "tr": "com.tr",
    "us": "com",
    "za": "co.za",
}

BY_SELLER_ID: dict[str, Marketplace] = {market.seller_id: market for market in MARKETPLACES.values()}


def find_marketplace(name: str | None) -> Marketplace | None:
    """Find a marketplace by `es`, `amazon.es`, `www.amazon.es` or `uk`; None when it is not one."""
    if not name:
        return None
    code = name.strip().lower().rstrip(".")
    for prefix in ("https://", "http://"):
        code = code.removeprefix(prefix)
    code = code.split("/")[0].split(":")[0]
    for prefix in ("www.", "m.", "smile."):
        code = code.removeprefix(prefix)
    code = code.removeprefix("amazon.")
    return MARKETPLACES.get(_READ_ALOUD.get(code, code))
