"""Who sells and who sends: Amazon or a third party."""

import re

from scraping.amazon.document import Document, text_of
from scraping.amazon.paths import finder
from scraping.amazon.price_parts import Owner, owner_of
from scraping.offer import SellerKind

_MESSAGE = finder(".//*[{offer-display-feature-text-message}]")
_SOLD_AND_SENT = re.compile(
    r"(?:ships from and sold by|dispatched from and sold by|vendido y enviado por|"
    r"venduto e spedito da|expédié et vendu par|"
    r"verkauf und versand durch|verkoop en verzending door|vendu et expédié par|"
    r"enviado e vendido por|envía y vende|"
    r"vendido e enviado por|säljs och skickas av) (.{2,80}?)\.?(?: reviews)?$",
    re.IGNORECASE,
)
_SOLD = re.compile(
    r"(?:sold by|vendido por|venduto da|vendu par|verkauf durch|verkauft von|verkocht door|"
    r"säljs av) (.{2,80}?) "
    r"(?:and|y|e|et|und|en|och) (?:fulfilled by|gestionado por|spedito da|expédié par|versand durch|"
    r"dispatched from|"
    r"verzonden door|enviado por|entregue por|skickas av) (.{2,80}?)[ .]*(?:reviews|\.|für weitere|$)",
    re.IGNORECASE,
)
_AMAZON = re.compile(r"^amazon(?:\.[a-z.]{2,6}| eu| export| us)?(?:\b(?! (?:seg|war|res|rec|ret|sec)))", re.IGNORECASE)


def read_seller(document: Document) -> tuple[str | None, str | None, SellerKind]:
    """Return seller, sender and kind of seller of the new offer."""
    seller = _named(document, "sellerProfileTriggerId", "merchantInfoFeature_feature_div")
    sender = _named(document, "fulfillerInfoFeature_feature_div")
    if seller is None or sender is None:
        sold, sent = _sentence(_named(document, "merchant-info", "tabular-buybox") or "")
        seller, sender = seller or sold, sender or sent
    return seller, sender, _kind(seller)


def _named(document: Document, *names: str) -> str | None:
    """Return the words of the first of these elements that belongs to the new offer."""
    for name in names:
        for element in document.all(name):
            if owner_of(element) in {Owner.USED, Owner.NONE}:
                continue
            # <span class="a-size-small offer-display-feature-text-message">Amazon</span>
            value = _MESSAGE(element)
            shown = value[0] if value else element
            links = [text_of(link) for link in shown.iter("a")] if name.startswith("merchantInfo") else []
            text = (links[0] if links and links[0] else text_of(shown)).strip()
            if text:
                return text[:160]
    return None


def _sentence(text: str) -> tuple[str | None, str | None]:
    """Read "Vendido por X y gestionado por Amazon" and "Ships from and sold by Amazon.com."."""
    if both := _SOLD_AND_SENT.search(text):
        name = both.group(1).strip(" .")
        return name, name
    if match := _SOLD.search(text):
        return match.group(1).strip(" ."), match.group(2).strip(" .")
    return None, None


def _kind(seller: str | None) -> SellerKind:
    """Tell Amazon from third parties; "Amazon Segunda mano" is Amazon's used counter, not its shop."""
    if seller is None:
        return SellerKind.UNKNOWN
    return SellerKind.AMAZON if _AMAZON.match(seller) else SellerKind.THIRD_PARTY
