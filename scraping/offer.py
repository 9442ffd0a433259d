"""What a page says about one product: the values that leave the Amazon reader."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from scraping.grade import Grade
from scraping.volume import UnitPrice, Volume


class OfferState(StrEnum):
    """Whether the product can be bought, and how."""

    IN_STOCK = "in_stock"
    UNAVAILABLE = "unavailable"
    USED_ONLY = "used_only"
    SELECT_VARIATION = "select_variation"
    NO_FEATURED_OFFER = "no_featured_offer"
    PREORDER = "preorder"
    BACKORDER = "backorder"
    DIGITAL = "digital"

    @property
    def has_price(self) -> bool:
        """Tell whether an offer in this state may carry a price."""
        return self in PRICED_STATES


PRICED_STATES = frozenset({OfferState.IN_STOCK, OfferState.PREORDER, OfferState.BACKORDER, OfferState.DIGITAL})


class PageKind(StrEnum):
    """What sort of page Amazon answered with."""

    PRODUCT = "product"
    SEARCH = "search"
    BLOCKED = "blocked"
    ERROR = "error"
    OTHER = "other"


class SellerKind(StrEnum):
    """Who sells: Amazon itself, somebody on its marketplace, or the page does not say."""

    AMAZON = "amazon"
    THIRD_PARTY = "third_party"
    UNKNOWN = "unknown"


class Condition(StrEnum):
    """In what condition the offer's goods are."""

    NEW = "new"
    RENEWED = "renewed"
    USED = "used"


class PriceKind(StrEnum):
    """What an amount on a page is."""

    REGULAR = "regular"
    DEAL = "deal"
    PRIME = "prime"
    SUBSCRIPTION = "subscription"
    USED = "used"
    RENEWED = "renewed"
    LIST = "list"
    UNIT = "unit"
    INSTANT_PAYMENT = "instant_payment"
    COUPON = "coupon"


class Agreement(StrEnum):
    """How the two independent readers relate: none means neither saw a price."""

    AGREE = "agree"
    SINGLE = "single"
    DISAGREE = "disagree"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Candidate:
    """One amount seen on a page: how much, what it is, and where it stands (the rule or container that shows it)."""

    amount: Decimal
    currency: str | None
    kind: PriceKind
    where: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Coupon:
    """A coupon's words, and what it takes off: an amount, a percentage, or neither where the words do not say."""

    text: str
    amount: Decimal | None = None
    percent: Decimal | None = None

    @property
    def says_what(self) -> bool:
        """Tell whether the words say what the coupon takes off."""
        return self.amount is not None or self.percent is not None

    def applied_to(self, price: Decimal) -> Decimal | None:
        """The price after the coupon, to the cent; None where the words do not say it."""
        if self.percent is not None:
            return round(price * (100 - self.percent) / 100, 2)
        return price - self.amount if self.amount is not None and self.amount < price else None


@dataclass(frozen=True, slots=True)
class Offer:
    """One product as its page shows it; a price only where the state has one.

    `price` is what anyone pays for one unit without a coupon. `doubts` names the fields that are None because what the
    page shows cannot be believed, with the reason.
    """

    asin: str | None
    title: str
    state: OfferState | None = None
    price: Decimal | None = None
    currency: str | None = None
    brand: str | None = None
    list_price: Decimal | None = None
    unit_price: UnitPrice | None = None
    coupon: Coupon | None = None
    prime_price: Decimal | None = None
    instant_price: Decimal | None = None
    subscribe_price: Decimal | None = None
    used_price: Decimal | None = None
    shipping: Decimal | None = None
    condition: Condition = Condition.NEW
    seller: str | None = None
    sender: str | None = None
    seller_kind: SellerKind = SellerKind.UNKNOWN
    rating: Decimal | None = None
    reviews: int | None = None
    image_url: str | None = None
    volume: Volume | None = None
    grade: Grade = Grade.OTHER
    location: str | None = None
    deliverable: bool = True
    breadcrumb: tuple[str, ...] = ()
    gtin: str | None = None
    doubts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PageReading:
    """What one page is and says; `rivals` keeps both prices where the two readers disagree, `candidates` all seen."""

    kind: PageKind
    reason: str
    offer: Offer | None = None
    marketplace: str | None = None
    rules: dict[str, str] = field(default_factory=dict)
    agreement: Agreement = Agreement.NONE
    rivals: tuple[Decimal, ...] = ()
    candidates: tuple[Candidate, ...] = ()


@dataclass(frozen=True, slots=True)
class SearchTile:
    """One product on a search page."""

    asin: str
    title: str
    position: int
    sponsored: bool
    price: Decimal | None = None
    currency: str | None = None
    list_price: Decimal | None = None
    unit_price: UnitPrice | None = None


@dataclass(frozen=True, slots=True)
class SearchReading:
    """The tiles of a search page in page order, and where the next page is."""

    kind: PageKind
    reason: str
    tiles: tuple[SearchTile, ...] = ()
    next_url: str | None = None
    location: str | None = None
    marketplace: str | None = None

    @property
    def first_organic(self) -> SearchTile | None:
        """Return the first tile nobody paid for."""
        return next((tile for tile in self.tiles if not tile.sponsored), None)
