"""The prices an offer may have beside the price: where each is kept, and which one a shop makes the price. Pure."""

from enum import StrEnum


class PriceKind(StrEnum):
    """Whose price it is, or when; `column` is where a price spell keeps it, `label` what it is called in English."""

    label: str

    def __new__(cls, value: str, label: str) -> "PriceKind":
        """Give the value its label."""
        kind = str.__new__(cls, value)
        kind._value_, kind.label = value, label
        return kind

    LIST = "list", "the list price"
    PRIME = "prime", "the price for Prime members"
    SUBSCRIBE = "subscribe", "the price with Subscribe & Save"
    COUPON = "coupon", "the price with the coupon"
    USED = "used", "the lowest used price"

    @property
    def column(self) -> str:
        """The column of a price spell and the field of the API."""
        return f"{self.value}_price"


COLUMNS = tuple(kind.column for kind in PriceKind)

_OF_BASIS = {"prime": PriceKind.PRIME, "subscription": PriceKind.SUBSCRIBE, "coupon": PriceKind.COUPON}


def kind_of_basis(basis: str) -> PriceKind | None:
    """The kind that a shop's `price_basis` makes the price; None for what anyone pays."""
    return _OF_BASIS.get(basis)
