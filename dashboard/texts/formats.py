"""Prices, changes and ages as the reader's language writes them: 8,99 €/l in Spanish, €8.99/l in English."""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format, number_format
from django.utils.translation import get_language, gettext, ngettext

_SYMBOLS = {"EUR": "€", "GBP": "£", "USD": "$"}
NARROW_SPACE = "\u202f"
NO_BREAK = "\u00a0"
MINUS = "\u2212"


def money(amount: Decimal | float, currency: str, *, places: int = 2) -> str:
    """Write an amount of money."""
    number = number_format(_rounded(amount, places), decimal_pos=places, use_l10n=True, force_grouping=True)
    symbol = _SYMBOLS.get(currency)
    if symbol is None:
        return f"{number}{NO_BREAK}{currency}"
    return f"{symbol}{number}" if _symbol_first() else f"{number}{NO_BREAK}{symbol}"


def per_litre(amount: Decimal | float, currency: str) -> str:
    """Write a price per litre."""
    return f"{money(amount, currency)}/l"


def _symbol_first() -> bool:
    return (get_language() or "en").startswith("en")


def percent(share: float, *, places: int = 0, signed: bool = False) -> str:
    """Write a share of one as per cent, with a true minus sign."""
    value = _rounded(share * 100, places)
    number = number_format(abs(value), decimal_pos=places, use_l10n=True)
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return f"{sign}{number}{percent_sign()}"


def percent_sign() -> str:
    """Return the sign as the language sets it: 5% in English, 5 % in Spanish."""
    return "%" if _symbol_first() else f"{NARROW_SPACE}%"


def _rounded(value: Decimal | float, places: int) -> Decimal:
    """Round half up: Django's number_format cuts digits off."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def day(value: date) -> str:
    """Write a day: 26 Oct 2024, 26 oct 2024."""
    return f"{value.day} {short_month(value)} {value.year}"


def short_month(value: date) -> str:
    """Write a month in three or four letters: Oct, oct."""
    return str(date_format(value, "M" if _symbol_first() else "b"))


def day_of_year(value: date) -> str:
    """Write a day of the near future or past: 7 December, 7 de diciembre."""
    return date_format(value, "j F" if _symbol_first() else r"j \d\e F")


def age(seen: datetime, now: datetime) -> str:
    """Write how long ago something was seen; a day older than a month is written as a date."""
    seconds = max((now - seen).total_seconds(), 0)
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
    if minutes < 1:
        return gettext("just now")
    if hours < 1:
        return ngettext("%(count)s min ago", "%(count)s min ago", minutes) % {"count": minutes}
    if days < 1:
        return ngettext("%(count)s h ago", "%(count)s h ago", hours) % {"count": hours}
    if days <= 31:
        return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}
    return day(seen.date())


def plain_number(value: Decimal | float) -> str:
    """Write a number without idle zeros."""
    exact = Decimal(str(value)).normalize()
    places = max(0, -int(exact.as_tuple().exponent))
    return str(number_format(exact, decimal_pos=places, use_l10n=True))
