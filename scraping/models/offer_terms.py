"""The columns that say what an offer is: shared by price spells and by the quarantine."""

from dataclasses import asdict, fields
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from scraping.offer import Condition, OfferState
from scraping.spells import Terms

STATES = [(state.value, state.value.replace("_", " ")) for state in OfferState]


class SellerKind(models.TextChoices):
    """Who sells: the shop itself or somebody on its market."""

    SHOP = "shop", "the shop itself"
    THIRD_PARTY = "third_party", "another seller"
    UNKNOWN = "unknown", "unknown"


CONDITIONS = [(condition.value, condition.value) for condition in Condition]
OTHER_PRICES = ("list_price", "regular_price", "prime_price", "subscribe_price", "used_price", "coupon_amount")


def _amount(help_text: str = "") -> "models.DecimalField[Any, Any]":
    return models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True, help_text=help_text)


class OfferTerms(models.Model):
    """An offer's terms, one column each; money in the shop's currency. `Terms` is the same outside the database."""

    state = models.CharField(max_length=20, choices=STATES)
    price = _amount(
        "the price by the shop's setting: new, one unit, for anyone, without coupon unless it says otherwise"
    )
    list_price = _amount("the struck-out or recommended price of this very offer")
    regular_price = _amount("what anyone pays, where the shop's setting makes another price the price")
    prime_price = _amount("for members only")
    subscribe_price = _amount("with Subscribe & Save")
    used_price = _amount("the lowest used or renewed one")
    coupon = models.CharField(max_length=128, blank=True, help_text="the coupon's words")
    coupon_amount = _amount("off at checkout")
    coupon_percent = models.DecimalField(max_digits=5, decimal_places=2, null=True, blank=True)
    shipping = _amount("where the page says it; 0 is free")
    seller = models.CharField(max_length=128, blank=True)
    seller_kind = models.CharField(max_length=16, choices=SellerKind.choices, default=SellerKind.UNKNOWN)
    condition = models.CharField(max_length=8, choices=CONDITIONS, default=Condition.NEW.value)

    class Meta:
        abstract = True
        constraints: ClassVar[list[models.BaseConstraint]] = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{name}__isnull": True}) | Q(**{f"{name}__gt": 0}),
                    name=f"%(class)s_{name}_is_positive",
                )
                for name in OTHER_PRICES
            ),
            models.CheckConstraint(
                condition=Q(shipping__isnull=True) | Q(shipping__gte=0), name="%(class)s_shipping_is_not_negative"
            ),
            models.CheckConstraint(
                condition=Q(coupon_percent__isnull=True) | Q(coupon_percent__gt=0, coupon_percent__lt=100),
                name="%(class)s_coupon_leaves_something_to_pay",
            ),
            models.CheckConstraint(
                condition=Q(condition__in=[condition.value for condition in Condition]),
                name="%(class)s_condition_is_known",
            ),
        ]

    @property
    def terms(self) -> Terms:
        """The terms as the pure rules know them."""
        return Terms(**{field.name: getattr(self, field.name) for field in fields(Terms)})

    @classmethod
    def columns(cls, terms: Terms) -> dict[str, Any]:
        """The columns of these terms."""
        return asdict(terms)

    def set_terms(self, terms: Terms) -> Self:
        """Take these terms over; the row is not saved."""
        for name, value in asdict(terms).items():
            setattr(self, name, value)
        return self
