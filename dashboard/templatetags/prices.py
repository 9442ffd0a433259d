"""Template filters: money, per cent, ages, states, all in the reader's language."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal

from django import template
from django.utils.translation import gettext

from dashboard.models import Alert, AlertEvent
from dashboard.selectors.alerts import AlertLine
from dashboard.texts import formats, market, states
from dashboard.texts.alerts import alert_event_sentence, rule_sentence, scope_sentence
from dashboard.texts.delivery_results import reason_words
from dashboard.texts.forecast_notes import forecast_note
from dashboard.texts.product_chips import DEAR
from forecasting import training_texts
from forecasting.models import Training
from forecasting.published_body import method_label

register = template.Library()
AT_LOW = 0.0005  # closer to the low than this is on it: the same price, rounded


@register.filter
def money(amount: Decimal | float | None, currency: str) -> str:
    """Write an amount of money, or a dash."""
    return "–" if amount is None else formats.money(amount, currency)


@register.filter
def per_litre(amount: Decimal | float | None, currency: str) -> str:
    """Write a price per litre, or a dash."""
    return "–" if amount is None else formats.per_litre(amount, currency)


@register.filter
def percent(share: float | None) -> str:
    """Write a share without decimals, or a dash."""
    return "–" if share is None else formats.percent(share)


@register.filter
def percent_fine(share: float | None) -> str:
    """Write a share with one decimal, or a dash."""
    return "–" if share is None else formats.percent(share, places=1)


@register.filter
def change(share: float | None) -> str:
    """Write a change with its sign and one decimal, or a dash."""
    return "–" if share is None else formats.percent(share, places=1, signed=True)


@register.filter
def above_low(share: float | None) -> str:
    """Write how far a price lies above its low: a word where it lies on it, or a dash where that is not known."""
    if share is None:
        return "–"
    return gettext("lowest") if share < AT_LOW else formats.percent(share, signed=True)


@register.filter
def low_head(share: float | None) -> str:
    """Name the figure of `above_low` where its column has no head; its own word needs no name."""
    return "" if share is not None and share < AT_LOW else gettext("over low")


@register.filter
def low_words(share: float) -> str:
    """Say how far a price lies above its low of 12 months."""
    if share < AT_LOW:
        return gettext("its lowest price of 12 months")
    return gettext("%(share)s over its 12-month low") % {"share": formats.percent(share)}


@register.filter
def low_tone(share: float) -> str:
    """Return whether that is good news or bad."""
    return "good" if share < AT_LOW else "bad" if share > DEAR else "plain"


@register.filter
def percent_off(change: float) -> str:
    """Write a fall without its sign."""
    return formats.percent(abs(change))


@register.filter
def chance(share: float | None) -> str:
    """Write a chance."""
    return formats.chance(share)


@register.filter
def count(value: int) -> str:
    """Write how many."""
    return formats.count(value)


@register.filter
def p_value(value: float) -> str:
    """Write the p-value of a test."""
    return formats.p_value(value)


@register.filter
def skill(value: float | None) -> str:
    """Write a skill with two decimals, or a dash."""
    return "–" if value is None else formats.two_places(value)


@register.filter
def direction(share: float | None) -> str:
    """Return the style class of a change: dearer, cheaper or level."""
    if share is None or abs(share) < 0.0005:
        return "level"
    return "dearer" if share > 0 else "cheaper"


@register.filter
def divided(amount: float, litres: float) -> float:
    """Return the share of a pack's price that one litre has."""
    return amount / litres


@register.filter
def number_fine(value: float) -> str:
    """Write a number with one decimal."""
    return formats.plain_number(round(value, 1))


@register.filter
def age(seen: datetime, now: datetime) -> str:
    """Write how long ago something was seen."""
    return formats.age(seen, now)


@register.filter
def day(value: date) -> str:
    """Write a day."""
    return formats.day(value)


@register.filter
def grade(value: str) -> states.Text:
    """Write a grade of oil."""
    return states.GRADES.get(value, value)


@register.filter
def state(value: str) -> states.Text:
    """Write the state of an offer."""
    return states.STATES.get(value, value)


@register.filter
def failed_visit(value: str) -> states.Text:
    """Write why a visit found no price."""
    return states.FAILED_VISITS.get(value, value)


@register.filter
def alert_state(value: str) -> states.Text:
    """Write how an alert stands."""
    return states.ALERT_STATES.get(value, value)


@register.filter
def delivery_state(value: str) -> states.Text:
    """Write how a telling stands."""
    return states.DELIVERY_STATES.get(value, value)


@register.filter
def reason(value: str) -> str:
    """Write why somebody got no message."""
    return reason_words(value)


@register.filter
def alert_rule(alert: Alert) -> str:
    """Write what an alert waits for."""
    return rule_sentence(alert, alert.money_currency)


@register.filter
def alert_scope(alert: Alert) -> str:
    """Write which products a rule over many watches."""
    return scope_sentence(alert)


@register.simple_tag
def alert_name(line: AlertLine) -> str:
    """Name a rule by what it watches."""
    return line.title or scope_sentence(line.rule)


@register.filter
def happened(alert_event: AlertEvent) -> str:
    """Write what happened, in a few words."""
    return alert_event_sentence(alert_event, alert_event.alert, alert_event.product.shop.currency).short


@register.filter
def method(value: str) -> str:
    """Write how a forecast was made."""
    return gettext(method_label(value))


@register.filter
def forecast_notes(stored: Iterable[str]) -> str:
    """Write the notes of a forecast, one sentence after the other."""
    return " ".join(map(forecast_note, stored))


@register.filter
def pack_size(value: str) -> str:
    """Write a range of pack sizes."""
    return market.size_name(value)


@register.filter
def volume(value: Decimal | None, pack: int) -> str:
    """Write a volume, of several bottles with how many and how large they are: 6 l (3 × 2 l)."""
    if value is None or pack < 2:
        return litres(value)
    return f"{formats.litres(value)} ({pack} × {formats.litres(value / pack)})"


@register.filter
def litres(value: Decimal | None) -> str:
    """Write a volume without idle zeros."""
    return "" if value is None else formats.litres(value)


@register.filter
def training_result(training: Training) -> training_texts.TrainingSentence:
    """Say how a training ended."""
    return training_texts.training_result(training)


@register.filter
def training_sentence(stored: str) -> training_texts.TrainingSentence:
    """Put what a training keeps into the reader's language."""
    return training_texts.training_sentence(stored)
