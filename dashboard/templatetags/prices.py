"""Template filters: money, per cent, ages, states, all in the reader's language."""

from datetime import date, datetime
from decimal import Decimal

from django import template

from dashboard import formats, state_words

register = template.Library()


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
def direction(share: float | None) -> str:
    """Return the style class of a change: dearer, cheaper or level."""
    if share is None or abs(share) < 0.0005:
        return "level"
    return "dearer" if share > 0 else "cheaper"


@register.filter
def age(seen: datetime, now: datetime) -> str:
    """Write how long ago something was seen."""
    return formats.age(seen, now)


@register.filter
def day(value: date) -> str:
    """Write a day."""
    return formats.day(value)


@register.filter
def grade(value: str) -> state_words.Text:
    """Write a grade of oil."""
    return state_words.GRADES.get(value, value)


@register.filter
def state(value: str) -> state_words.Text:
    """Write the state of an offer."""
    return state_words.STATES.get(value, value)


@register.filter
def failed_look(value: str) -> state_words.Text:
    """Write why a look found no price."""
    return state_words.FAILED_LOOKS.get(value, value)


@register.filter
def method(value: str) -> state_words.Text:
    """Write how a forecast was made."""
    return state_words.METHODS.get(value, value)


@register.filter
def litres(value: Decimal | None) -> str:
    """Write a volume without idle zeros."""
    return "" if value is None else f"{formats.plain_number(value)}{formats.NO_BREAK}l"
