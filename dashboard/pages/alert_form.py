"""The form that sets an alert."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from dashboard.models import AlertKind

KINDS = ((AlertKind.PER_LITRE_BELOW, _("a litre costs")), (AlertKind.PRICE_BELOW, _("the pack costs")))


class AlertForm(forms.Form):
    """Below which price, of a litre or of the pack, and where to write."""

    kind = forms.ChoiceField(choices=KINDS, label=_("Tell me when"))
    threshold = forms.DecimalField(
        min_value=Decimal("0.01"),
        max_value=Decimal(1_000_000),
        decimal_places=2,
        localize=True,  # 7,50 in Spanish
        label=_("or less"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off", "size": 8}),
    )
    email = forms.EmailField(label=_("Write to"), widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def __init__(self, *args: Any, by_litre: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "alert_%s"
        if not by_litre:
            self.fields["kind"].choices = KINDS[1:]  # type: ignore[attr-defined]
