"""A stretch of time during which one offer held: the economists' price spell."""

from typing import ClassVar, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateTimeRangeField
from django.db import models
from django.db.models import F, Func, Q, Value

from scraping.models.product import Product
from scraping.offer import PRICED_STATES, OfferState

STATES = [(state.value, state.value.replace("_", " ")) for state in OfferState]
PRICED = sorted(state.value for state in PRICED_STATES)


class SellerKind(models.TextChoices):
    """Who sells: the shop itself or somebody on its market."""

    SHOP = "shop", "the shop itself"
    THIRD_PARTY = "third_party", "another seller"
    UNKNOWN = "unknown", "unknown"


# `PriceSpellQuerySet.own` for SQL that joins the tables as `spell` and `product`
OWN_SPELL = "(product.series_since IS NULL OR spell.first_seen >= product.series_since)"


class PriceSpellQuerySet(models.QuerySet["PriceSpell"]):
    """Which spells count."""

    def own(self) -> Self:
        """The spells of what the SKU means today: another product's, from before `series_since`, are left out."""
        return self.filter(Q(product__series_since__isnull=True) | Q(first_seen__gte=F("product__series_since")))


class PriceSpell(models.Model):
    """One offer from its first observation to its last; observations without change only add to it.

    `pauses` keeps the seconds between one observation and the next, so the spell is a lossless record of its
    observations: `first_seen`, `first_seen + pauses[0]`, ... and the same observations in any order make the same rows.
    """

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="spells")
    state = models.CharField(max_length=20, choices=STATES)
    price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    list_price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    seller_kind = models.CharField(max_length=16, choices=SellerKind.choices, default=SellerKind.UNKNOWN)
    coupon = models.CharField(max_length=128, blank=True)
    litres = models.DecimalField(max_digits=9, decimal_places=4, null=True, blank=True)
    price_per_litre = models.GeneratedField(
        expression=F("price") / F("litres"),
        output_field=models.DecimalField(max_digits=14, decimal_places=4),
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
        return f"{self.product_id}: {self.price or self.state} from {self.first_seen:%Y-%m-%d}"
