"""A stretch of time during which one offer held: the economists' price spell."""

from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import Case, F, Func, Q, Value, When
from django.db.models.functions import Coalesce, Round
from django.utils.translation import gettext

from scraping.models.offer_terms import OfferTerms
from scraping.models.product import Product
from scraping.offer import PRICED_STATES, OfferState

PRICED = sorted(state.value for state in PRICED_STATES)

# `PriceSpellQuerySet.own` for SQL that joins the tables as `spell` and `product`
OWN_SPELL = "(product.series_since IS NULL OR spell.first_seen >= product.series_since)"


# Where the price of the shop's setting is the one after the coupon, the coupon is taken off what anyone pays.
_WITHOUT_COUPON = Coalesce(F("regular_price"), F("price"))


class PriceSpellQuerySet(models.QuerySet["PriceSpell"]):
    """Which spells count."""

    def own(self) -> Self:
        """The spells of what the SKU means today: another product's, from before `series_since`, are left out."""
        return self.filter(Q(product__series_since__isnull=True) | Q(first_seen__gte=F("product__series_since")))


class PriceSpell(OfferTerms):
    """One offer from its first observation to its last; observations without change only add to it.

    `pauses` keeps the seconds between one observation and the next, so the spell is a lossless record of its
    observations: `first_seen`, `first_seen + pauses[0]`, ... and the same observations in any order make the same rows.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="spells")
    litres = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    price_per_litre = models.GeneratedField(
        expression=F("price") / F("litres"),
        output_field=models.DecimalField(max_digits=14, decimal_places=4),
        db_persist=True,
    )
    coupon_price = models.GeneratedField(
        expression=Case(
            When(
                coupon_percent__isnull=False,
                then=Round(_WITHOUT_COUPON * (Value(100) - F("coupon_percent")) / Value(100), precision=2),
            ),
            When(coupon_amount__isnull=False, then=_WITHOUT_COUPON - F("coupon_amount")),
        ),
        output_field=models.DecimalField(max_digits=14, decimal_places=4, null=True),
        db_persist=True,
    )
    first_seen = models.DateTimeField()
    last_seen = models.DateTimeField()
    pauses = ArrayField(models.IntegerField(), default=list, editable=False)
    observations = models.GeneratedField(
        expression=Func(F("pauses"), function="cardinality") + 1,
        output_field=models.IntegerField(),
        db_persist=True,
    )

    objects: ClassVar[PriceSpellQuerySet] = PriceSpellQuerySet.as_manager()  # type: ignore[assignment]

    class Meta:
        ordering: ClassVar = ["product_id", "first_seen"]
        constraints: ClassVar = [
            *OfferTerms.Meta.constraints,
            models.UniqueConstraint(fields=["product", "first_seen"], name="a_spell_begins_once"),
            models.CheckConstraint(condition=Q(last_seen__gte=F("first_seen")), name="a_spell_ends_after_it_begins"),
            models.CheckConstraint(condition=Q(state__in=[s.value for s in OfferState]), name="a_state_is_known"),
            models.CheckConstraint(
                condition=Q(state__in=PRICED, price__isnull=False) | (~Q(state__in=PRICED) & Q(price__isnull=True)),
                name="a_price_goes_with_a_state_that_has_one",
            ),
            models.CheckConstraint(condition=Q(price__isnull=True) | Q(price__gt=0), name="a_price_is_positive"),
            models.CheckConstraint(
                condition=Q(litres__isnull=True) | Q(litres__gt=0), name="a_spell_holds_more_than_nothing"
            ),
            # The product as a range of one: the bundled PostgreSQL has no btree_gist to compare it with "=".
            ExclusionConstraint(
                name="spells_of_a_product_do_not_overlap",
                expressions=[
                    (Func(F("product"), F("product"), Value("[]"), function="int8range"), "&&"),
                    (
                        Func(
                            F("first_seen"),
                            F("last_seen"),
                            Value("[]"),
                            function="tstzrange",
                            output_field=DateTimeRangeField(),
                        ),
                        "&&",
                    ),
                ],
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["product", "-last_seen"], name="spell_by_product_and_end"),
            models.Index(fields=["last_seen"], name="spell_by_end"),
        ]

    def __str__(self) -> str:
        values = {"product": self.product_id, "price": self.price or self.get_state_display()}
        return gettext("%(product)s: %(price)s from %(day)s") % {**values, "day": f"{self.first_seen:%Y-%m-%d}"}
