"""The form that sets an alert: one screen, and only the fields that the chosen kind needs count."""

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

KINDS = (
    (AlertKind.PER_LITRE_BELOW, _("a litre costs at most")),
    (AlertKind.PRICE_BELOW, _("the pack costs at most")),
    (AlertKind.PRICE_CHANGE, _("the price changes by")),
    (AlertKind.LOWEST_IN_DAYS, _("the price is the lowest in")),
    (AlertKind.BACK_IN_STOCK, _("it is back in stock")),
    (AlertKind.ADVICE_BUY, _("the advice changes to “buy now”")),
)
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


class AlertForm(forms.Form):
    """What to watch for, whom to tell, and whether once or each time."""

    kind = forms.ChoiceField(choices=KINDS, label=_("Alert me when"))
    threshold = AmountField(
        required=False,
        min_value=Decimal("0.01"),
        max_value=Decimal(1_000_000),
        decimal_places=2,
        localize=True,  # 7,50 in Spanish
        label=_("Price"),
        widget=forms.TextInput(attrs=DECIMAL),
    )
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
    email = forms.EmailField(
        required=False, label=_("E-mail to"), widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
    channels = forms.ModelMultipleChoiceField(
        Channel.objects.none(), required=False, label=_("Channels"), widget=forms.CheckboxSelectMultiple
    )
    once = forms.BooleanField(required=False, label=_("only once"))

    def __init__(self, *args: Any, by_litre: bool = True, user: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "alert_%s"
        if not mail_is_set_up():
            self.fields["email"].help_text = mail_not_set_up()
        chosen = self.fields["channels"]
        chosen.queryset = Channel.objects.filter(user=user.pk if user else None, enabled=True)  # type: ignore[attr-defined]
        if not by_litre:
            self.fields["kind"].choices = KINDS[1:]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Keep the parameters of the kind; the others may hold anything."""
        cleaned: dict[str, Any] = super().clean() or {}
        try:
            cleaned |= needed(cleaned.get("kind", ""), cleaned)
        except ValidationError as error:
            for name, problems in error.message_dict.items():
                if name not in self.errors:
                    self.add_error(name, problems)
        return cleaned
