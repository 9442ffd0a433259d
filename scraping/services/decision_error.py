"""Why a decision on a held offer cannot be made so: a code, and words for logs and the admin."""

from enum import StrEnum

from scraping.errors import ScrapingError


class Obstacle(StrEnum):
    """What stands in the way; pages say it in the reader's language."""

    DECIDED = "decided"
    UNDECIDED = "undecided"
    NEW_SERIES = "new_series"
    NO_SUCH_PRICE = "no_such_price"
    PAGE_CHANGED = "page_changed"
    UNIT_PRICE = "unit_price"
    NO_PAGE = "no_page"
    NO_PRODUCT = "no_product"
    CURRENCY = "currency"
    NOT_FOR_SALE = "not_for_sale"
    RULE_UNDONE = "rule_undone"


_WORDS = {
    Obstacle.DECIDED: "This offer was decided already: undo that decision first.",
    Obstacle.UNDECIDED: "There is no decision to undo.",
    Obstacle.NEW_SERIES: "This decision began a new series: correct the product instead.",
    Obstacle.NO_SUCH_PRICE: "Choose one of the prices of the page.",
    Obstacle.PAGE_CHANGED: "The page was read again in the meantime: choose from its prices of today.",
    Obstacle.UNIT_PRICE: "This is a price per unit, not the price of the product: choose another one.",
    Obstacle.NO_PAGE: "The page of this check is no longer stored: check the product again.",
    Obstacle.NO_PRODUCT: "The stored page is no product page: refuse the offer.",
    Obstacle.CURRENCY: "This price is not in the shop's currency: choose another one or refuse the offer.",
    Obstacle.NOT_FOR_SALE: "The page shows nothing for sale, so none of its amounts is a price: refuse the offer.",
    Obstacle.RULE_UNDONE: "This rule was undone already.",
}


class CannotSettle(ScrapingError):
    """The decision cannot be made so; nothing was changed."""

    def __init__(self, obstacle: Obstacle) -> None:
        """Args: what stands in the way."""
        self.obstacle = obstacle
        super().__init__(_WORDS[obstacle])
