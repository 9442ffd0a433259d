"""The form that says when and how often somebody wants to be disturbed."""

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from dashboard.models import NotificationPreferences

CLOCK = {"type": "time"}


class PreferencesForm(forms.ModelForm[NotificationPreferences]):
    """Quiet hours, time zone, language, and the most messages of a day."""

    language = forms.ChoiceField(choices=settings.LANGUAGES, label=_("Language"))

    class Meta:
        model = NotificationPreferences
        fields: ClassVar = ["quiet_from", "quiet_until", "timezone", "most_a_day", "language"]
        labels: ClassVar = {
            "quiet_from": _("Quiet from"),
            "quiet_until": _("until"),
            "timezone": _("Time zone"),
            "most_a_day": _("Maximum messages per day"),
        }
        widgets: ClassVar = {
            "quiet_from": forms.TimeInput(attrs=CLOCK, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs=CLOCK, format="%H:%M"),
            "timezone": forms.TextInput(attrs={"placeholder": "Europe/Madrid"}),
            "most_a_day": forms.NumberInput(attrs={"min": 1, "max": 100}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.auto_id = "preferences_%s"

    def _get_validation_exclusions(self) -> set[str]:
        """A night of equal ends means no quiet hours: the service takes them out, so they are no mistake here."""
        return super()._get_validation_exclusions() | {"quiet_from", "quiet_until"}  # type: ignore[misc,no-any-return]
