"""The prices a price spell keeps beside the price: of which kind, in which column, and what each is called. Pure."""

from scraping.offer import PriceKind

LABELS = {
    PriceKind.LIST: "the list price",
    PriceKind.PRIME: "the price for Prime members",
    PriceKind.SUBSCRIPTION: "the price with Subscribe & Save",
    PriceKind.COUPON: "the price with the coupon",
    PriceKind.USED: "the lowest used price",
}
COLUMN_OF = {
    PriceKind.LIST: "list_price",
    PriceKind.PRIME: "prime_price",
    PriceKind.SUBSCRIPTION: "subscribe_price",
    PriceKind.COUPON: "coupon_price",
    PriceKind.USED: "used_price",
}
COLUMNS = tuple(COLUMN_OF.values())
