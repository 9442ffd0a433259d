"""Forecasting methods that a chart can show beside the published forecast, in the reader's words."""

from django.utils.translation import gettext_lazy as _

from dashboard.texts.states import Text

METHOD_NAMES: dict[str, Text] = {"prophet": _("Prophet’s forecast"), "lstm": _("Forecast of the LSTM")}
