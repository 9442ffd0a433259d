"""Held prices in the reader's words: kinds of price, places on a page, rules, and what stands in the way."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard.texts.price_kinds import PRICE_KINDS
from dashboard.texts.states import Text
from scraping.offer import PriceKind
from scraping.services.decision_error import CannotSettle, Obstacle

KINDS: dict[str, Text] = {
    **PRICE_KINDS,
    PriceKind.REGULAR.value: _("regular price"),
    PriceKind.DEAL.value: _("deal price"),
    PriceKind.RENEWED.value: _("price of a renewed one"),
    PriceKind.UNIT.value: _("price per unit"),
    PriceKind.INSTANT_PAYMENT.value: _("price for instant payment"),
}

_TOP, _BOX, _DATA, _TABLE = (
    _("at the top of the page"),
    _("in the buy box"),
    _("in the page’s data"),
    _("in the price table"),
)
_PLACES: dict[str, Text] = {
    "#corePriceDisplay": _TOP,
    "#apex": _TOP,
    "#centerCol": _TOP,
    "#corePrice": _BOX,
    "#buybox": _BOX,
    "#desktop_buybox": _BOX,
    "#newAccordion": _BOX,
    "#usedAccordion": _BOX,
    "#sns": _BOX,
    "#price_inside_buybox": _BOX,
    "#newBuyBoxPrice": _BOX,
    "buy_box_text": _BOX,
    "#price": _TABLE,
    "buying_options": _DATA,
    "customer_visible_price": _DATA,
    "metrics": _DATA,
    "twister": _DATA,
    "bought_together": _DATA,
    "recommended_beside": _DATA,
    "guild_value": _DATA,
    "spoken": _("in the text for screen readers"),
    "list": _("struck out beside the price"),
    "struck": _("struck out beside the price"),
    "used": _("in the line of other offers"),
    "card": _("in the offer to pay in instalments"),
    "coupon": _("the price less the coupon"),
    "price_per_unit": _("beside the price"),
}

DOUBTS: dict[str, Text] = {
    "disagreement": _("two prices disagree"),
    "other_product": _("the page shows another product"),
    "unknown_place": _("the page does not say which place its prices are for"),
    "implausible": _("the price looks wrong"),
}

_OBSTACLES: dict[Obstacle, Text] = {
    Obstacle.DECIDED: _("This price was decided already. Undo that decision first."),
    Obstacle.UNDECIDED: _("There is no decision to undo."),
    Obstacle.NEW_SERIES: _(
        "This decision began a new price series. Correct the product in the administration instead."
    ),
    Obstacle.NO_SUCH_PRICE: _("Choose one of the prices of the page."),
    Obstacle.PAGE_CHANGED: _("The page was read again in the meantime. Choose from the prices below."),
    Obstacle.UNIT_PRICE: _("This is a price per unit, not the price of the product. Choose another one."),
    Obstacle.NO_PAGE: _("The page of this check is no longer stored. Check the product again."),
    Obstacle.NO_PRODUCT: _("The stored page is not a product page. Refuse the price."),
    Obstacle.CURRENCY: _("This price is not in the shop’s currency. Choose another one, or refuse the price."),
    Obstacle.NOT_FOR_SALE: _("The page shows nothing for sale, so none of its amounts is a price. Refuse the price."),
    Obstacle.RULE_UNDONE: _("This rule was undone already."),
}


def kind_label(kind: str) -> Text:
    """What an amount is."""
    return KINDS.get(kind, kind)


def place_label(where: str) -> Text:
    """Where on the page it stands, if that is easy to say."""
    return next((label for start, label in _PLACES.items() if where.startswith(start)), "")


def doubt_label(doubt: str) -> Text:
    """Why an offer is held."""
    return DOUBTS.get(doubt, doubt)


def rule_words(kind: str) -> str:
    """What a rule does."""
    return gettext("Prefer the %(kind)s") % {"kind": kind_label(kind)}


def obstacle_words(error: CannotSettle) -> str:
    """Why a decision cannot be made so."""
    return str(_OBSTACLES[error.obstacle])
