"""Prices, changes and ages as the reader's language writes them: 8,99 €/l in Spanish, €8.99/l in English.

Babel knows how (Unicode's CLDR); English is that of Europe, with the day before the month.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal

from babel import Locale
from babel.dates import format_date, format_skeleton
from babel.numbers import format_currency, format_decimal, format_percent
from django.utils.translation import get_language, gettext, ngettext

LOCALES = {"en": Locale("en", "GB"), "es": Locale("es", "ES")}
MINUS = "\u2212"
NO_BREAK_SPACE = "\u00a0"


def money(amount: Decimal | float, currency: str) -> str:
    """Write an amount of money."""
    return str(format_currency(_rounded(amount, 2), currency, locale=_locale()))


def per_litre(amount: Decimal | float, currency: str) -> str:
    """Write a price per litre."""
    return f"{money(amount, currency)}/l"


def litres(value: Decimal | float) -> str:
    """Write a volume without idle zeros: 0.75 l, 0,75 l."""
    return f"{plain_number(value)}{NO_BREAK_SPACE}l"


def percent(share: float, *, places: int = 0, signed: bool = False) -> str:
    """Write a share of one as per cent, with a true minus sign: 5.1% in English, 5,1 % in Spanish."""
    value = _rounded(share * 100, places) / 100
    pattern = _locale().percent_formats[None].pattern.replace("0", f"0.{'0' * places}" if places else "0")
    sign = MINUS if value < 0 else "+" if signed and value > 0 else ""
    return sign + str(format_percent(abs(value), pattern, locale=_locale(), decimal_quantization=False))


def percent_sign() -> str:
    """Write the sign as it follows a number: "%" in English, a space before it in Spanish."""
    return percent(0).removeprefix("0")


def chance(share: float | None) -> str:
    """Write a chance: a small one as "<1%", an unknown one as a dash."""
    if share is None:
        return "–"
    return f"<{percent(0.01)}" if 0 < share < 0.005 else percent(share)


def count(value: int) -> str:
    """Write how many: 54,000 in English, 54.000 in Spanish."""
    return str(format_decimal(value, locale=_locale()))


def p_value(value: float) -> str:
    """Write the p-value of a test: 0.42 or <0.01."""
    return f"<{format_decimal(0.01, locale=_locale())}" if value < 0.01 else two_places(value)


def two_places(value: float) -> str:
    """Write a number with two decimals and a true minus sign."""
    return format_decimal(_rounded(value, 2) + 0, "0.00", locale=_locale()).replace("-", MINUS)


def day(value: date) -> str:
    """Write a day: 26 Oct 2024, 26 oct 2024."""
    return str(format_date(value, "medium", locale=_locale()))


def short_month(value: date) -> str:
    """Write a month in three or four letters: Oct, oct."""
    return str(format_date(value, "MMM", locale=_locale()))


def day_of_year(value: date) -> str:
    """Write a day of the near future or past: 7 December, 7 de diciembre."""
    return str(format_skeleton("MMMMd", value, locale=_locale()))


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
    return str(format_decimal(Decimal(str(value)).normalize(), locale=_locale(), decimal_quantization=False))


def _locale() -> Locale:
    return LOCALES.get((get_language() or "en")[:2], LOCALES["en"])


def _rounded(value: Decimal | float, places: int) -> Decimal:
    """Round half up, as people expect of prices; Babel rounds half to even."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
