"""The hidden JSON of buying options: the only place on a page that labels offers NEW and USED.

<div class="a-section aok-hidden twister-plus-buying-options-price-data">{"desktop_buybox_group_1":[
{"displayPrice":"63,42 €","priceAmount":63.42,"currencySymbol":"€","locale":"es-ES","buyingOptionType":"NEW"},
{"displayPrice":"52,01 €","priceAmount":52.01,"currencySymbol":"€","buyingOptionType":"USED"}]}</div>
"""

import html
import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from scraping.amazon.money import Habit, currency_of
from scraping.amazon.rawtags import tags_with, text_after

_MARK = b"twister-plus-buying-options-price-data"
_LONGEST = 60_000


@dataclass(frozen=True, slots=True)
class BuyingOption:
    """One offer of the hidden JSON."""

    kind: str
    amount: Decimal | None
    currency: str | None


def read_buying_options(data: bytes, habit: Habit) -> tuple[BuyingOption, ...]:
    """Read every option; text that is no JSON holds none."""
    options: list[BuyingOption] = []
    for _, end in tags_with(data, _MARK):
        options += [
            BuyingOption(
                str(option.get("buyingOptionType", "")).upper(),
                plain_amount(option.get("priceAmount")),
                currency_of(str(option.get("currencySymbol", "")), habit),
            )
            for option in _options(text_after(data, end, _LONGEST))
        ]
    return tuple(options)


def plain_amount(value: object) -> Decimal | None:
    """Read a plain positive number with a decimal point; None for anything else."""
    try:
        amount = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 < amount < 10_000_000 else None


def _options(text: str) -> list[dict[str, object]]:
    """Return the options of all groups; amazon.de writes one list without groups."""
    try:
        groups = json.loads(html.unescape(text) if "&quot;" in text else text, parse_float=Decimal)
    except (ValueError, RecursionError):
        return []
    lists = groups.values() if isinstance(groups, dict) else [groups]
    return [option for group in lists if isinstance(group, list) for option in group if isinstance(option, dict)]
