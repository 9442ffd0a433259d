"""The forms that set an alert: one screen, and only the fields that the chosen kind needs count."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from dashboard.models import AlertKind, Channel, Direction, WatchedPrice
from dashboard.notifications.channels.mail import mail_is_set_up
from dashboard.services.alerts import needed
from dashboard.texts.delivery_results import mail_not_set_up
from dashboard.texts.price_kinds import PRICE_KINDS

UNDER_TODAY = "under_today"  # a price of the pack, named in percent under today's
KINDS = (
    (AlertKind.PER_LITRE_BELOW, _("a litre costs at most")),
    (AlertKind.PRICE_BELOW, _("the pack costs at most")),
    (UNDER_TODAY, _("the pack costs less than today by")),
    (AlertKind.PRICE_CHANGE, _("the price changes by")),
    (AlertKind.LOWEST_IN_DAYS, _("the price is the lowest in")),
    (AlertKind.BACK_IN_STOCK, _("it is back in stock")),
    (AlertKind.ADVICE_BUY, _("the advice changes to “buy now”")),
)
PARTS = frozenset({"threshold", "percent", "direction", "days"})
PARTS_OF: dict[str, frozenset[str]] = {
    AlertKind.PER_LITRE_BELOW: frozenset({"threshold"}),
    AlertKind.PRICE_BELOW: frozenset({"threshold"}),
    UNDER_TODAY: frozenset({"percent"}),
    AlertKind.PRICE_CHANGE: frozenset({"percent", "direction"}),
    AlertKind.LOWEST_IN_DAYS: frozenset({"days"}),
    AlertKind.BACK_IN_STOCK: frozenset(),
    AlertKind.ADVICE_BUY: frozenset(),
}
DIRECTIONS = (
    (Direction.DOWN, _("down")),
    (Direction.UP, _("up")),
    (Direction.EITHER, _("up or down")),
)
PRICES = ((WatchedPrice.REGULAR, _("usual price")), *((kind, PRICE_KINDS[kind]) for kind in WatchedPrice.values[1:]))
DECIMAL = {"inputmode": "decimal", "autocomplete": "off", "size": 8}


class AmountField(forms.DecimalField):
    """A number with the decimal mark of either language: 6.20 or 6,20."""

    def to_python(self, value: Any) -> Any:
        """Take a lone comma for a decimal point."""
        if isinstance(value, str) and value.count(",") == 1 and "." not in value:
            value = value.replace(",", ".")
        return super().to_python(value)


class RecipientForm(forms.Form):
    """Whom to tell, and whether once or each time."""

    email = forms.EmailField(
        required=False, label=_("E-mail to"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.none(), required=False, label=_("Channels"), widget=forms.CheckboxSelectMultiple
    )
    once = forms.BooleanField(required=False, label=_("only once"))

    def __init__(self, *args: Any, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "alert_%s"
        if not mail_is_set_up():
            self.fields["email"].help_text = mail_not_set_up()
        chosen = self.fields["channels"]
        chosen.queryset = Channel.objects.filter(user=user.pk if user else None, enabled=True)  # type: ignore[attr-defined]


def price_field() -> AmountField:
    """An amount of money."""
    return AmountField(
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(1_000_000),
        decimal_places=2,
        localize=True,  # 7,50 in Spanish
        label=_("Price"),
        widget=forms.TextInput(attrs=DECIMAL),
    )


class AlertForm(RecipientForm):
    """What to watch for on one product."""

    kind = forms.ChoiceField(choices=KINDS, label=_("Alert me when"))
    threshold = price_field()
    percent = AmountField(
        required=False,
        min_value=Decimal("0.1"),
        max_value=Decimal(1000),
        decimal_places=2,
        localize=True,
        label=_("per cent"),
        widget=forms.TextInput(attrs=DECIMAL),
    )
    direction = forms.ChoiceField(required=False, choices=DIRECTIONS, label=_("Direction"))
    price_kind = forms.ChoiceField(required=False, choices=PRICES, label=_("Which price"))
    days = forms.IntegerField(
        required=False, min_value=2, max_value=1000, label=_("days"), widget=forms.TextInput(attrs=DECIMAL)
    )

    def __init__(self, *args: Any, by_litre: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not by_litre:
            self.fields["kind"].choices = KINDS[1:]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Keep the parameters of the kind; the others may hold anything."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in PARTS - PARTS_OF.get(cleaned.get("kind", ""), PARTS):
            self.errors.pop(name, None)  # what the kind does not need may hold anything
        if cleaned.get("kind") == UNDER_TODAY:
            return self._under_today(cleaned)
        try:
            cleaned |= needed(cleaned.get("kind", ""), cleaned)
        except ValidationError as error:
            for name, problems in error.message_dict.items():
                if name not in self.errors:
                    self.add_error(name, problems)
        return cleaned

    def _under_today(self, cleaned: dict[str, Any]) -> dict[str, Any]:
        """Keep the percentage; the service works the threshold out from today's price."""
        share = cleaned.get("percent")
        if "percent" not in self.errors and (share is None or share >= 100):
            self.add_error("percent", _("Enter a number from 0.1 to 99."))
        rest = dict.fromkeys(("threshold", "percent", "direction", "days"))
        price_kind = cleaned.get("price_kind") or WatchedPrice.REGULAR
        return cleaned | rest | {"kind": AlertKind.PRICE_BELOW, "percent_under": share, "price_kind": price_kind}
