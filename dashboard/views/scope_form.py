"""The form of a rule over many products: which oil, how large a pack, which shop, and what it may cost."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.utils.translation import gettext_lazy as _

from dashboard.models import Alert, AlertKind
from dashboard.query_params.market_query import SIZES, read_query
from dashboard.selectors.product_rows import UNLISTED
from dashboard.selectors.scopes import Place, Scope, places
from dashboard.services.alerts import needed
from dashboard.texts.alerts import all_shops
from dashboard.texts.states import GRADES
from dashboard.views.alert_form import DECIMAL, PRICES, AmountField, RecipientForm, price_field
from scraping.models import Shop

KINDS = (
    (AlertKind.PER_LITRE_BELOW, _("a litre costs at most")),
    (AlertKind.PRICE_BELOW, _("the pack costs at most")),
)
OILS = (("", _("All oils")), *((grade, name) for grade, name in GRADES.items() if grade != "other"))


class ScopeForm(RecipientForm):
    """A rule over many products."""

    grade = forms.ChoiceField(required=False, choices=OILS, label=_("Oil"))
    most_litres = AmountField(
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(1000),
        decimal_places=2,
        localize=True,
        label=_("Pack up to"),
        widget=forms.TextInput(attrs={**DECIMAL, "size": 4}),
    )
    place = forms.ChoiceField(label=_("Shop"))
    kind = forms.ChoiceField(choices=KINDS, label=_("Alert me when"))
    threshold = price_field()
    price_kind = forms.ChoiceField(required=False, choices=PRICES, label=_("Which price"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.places = {place.value: place for place in listed_places()}
        named = [(value, place_name(place)) for value, place in self.places.items()]
        self.fields["place"].choices = named  # type: ignore[attr-defined]

    @property
    def currency(self) -> str:
        """The one currency there is; empty where the shops have several."""
        currencies = {place.currency for place in self.places.values()}
        return currencies.pop() if len(currencies) == 1 else ""

    def clean(self) -> dict[str, Any]:
        """Refuse a rule without a price."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            cleaned |= needed(cleaned.get("kind", ""), cleaned)
        except ValidationError as error:
            for name, problems in error.message_dict.items():
                if name not in self.errors:
                    self.add_error(name, problems)
        return cleaned

    @property
    def scope(self) -> Scope:
        """The scope of a form that is valid, or of one whose wrong fields narrow nothing."""
        place = self.places[self.cleaned_data["place"]]
        grade, litres = self.cleaned_data.get("grade") or None, self.cleaned_data.get("most_litres")
        return Scope(place.currency, place.simulated, place.shop, grade, litres)

    @property
    def rule(self) -> dict[str, Any]:
        """What the services take beside the scope."""
        names = ("kind", "threshold", "price_kind", "email", "channels", "once")
        return {name: self.cleaned_data[name] for name in names}


def listed_places() -> list[Place]:
    """Where a rule may watch, with how many products each place has: one query."""
    held = Count("products", filter=~Q(products__proposal__in=UNLISTED))
    shops = Shop.objects.annotate(held=held).filter(held__gt=0).order_by("name")
    return places([(shop, shop.held) for shop in shops])


def place_name(place: Place) -> str:
    """Name a place for the form."""
    if place.shop is None:
        return all_shops(place.currency, simulated=place.simulated)
    return f"{place.shop.name} ({place.currency})"


def initial_of(alert: Alert) -> dict[str, Any]:
    """A rule as its form shows it."""
    place = str(alert.shop_id) if alert.shop_id else f"{alert.currency}{'-demo' if alert.simulated else ''}"
    values = {name: getattr(alert, name) for name in ("grade", "kind", "price_kind", "once", "email", "most_litres")}
    threshold = None if alert.threshold is None else round(alert.threshold, 2)
    return values | {"place": place, "threshold": threshold, "channels": alert.channels.all()}


def initial_from(parameters: Mapping[str, str]) -> dict[str, Any]:
    """The market's filters, as its address names them, as a rule; a size range counts up to its end."""
    query = read_query(parameters)
    size = SIZES.get(query.size)
    shop = Shop.objects.filter(name=query.shop).first() if query.shop else None
    litres = parameters.get("most_litres", "")
    most = (
        size.most if size else Decimal(litres) if litres.isascii() and litres.isdecimal() and len(litres) < 4 else None
    )
    initial = {"grade": query.grade, "most_litres": most or None, "kind": AlertKind.PER_LITRE_BELOW.value}
    return initial | ({"place": str(shop.pk)} if shop else {})
