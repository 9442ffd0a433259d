"""Money as Amazon writes it: "1.299,00 €", "EUR 10,99", "£ 34 99", "CDN$ 7.48", "￥3,980", "US$5.00"."""

import re
from dataclasses import dataclass
from decimal import Decimal

from scraping.amazon.currency_signs import DOLLARS, ISO_CODES, SHARED, SIGN_PATTERN, SIGNS, YUANS

_SPACES = "\u00a0\u202f\u2009\u2007"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u2066\u2067\u2069\ufeff"))
_BLANKS = dict.fromkeys(map(ord, _SPACES), " ")

# "R$ 1.234.567,89" and some air: longer figures are no prices.
_LONGEST = 16
# "63 , 42 €": whole, mark and fraction are three elements of one price.
_SPLIT_MARK = re.compile(r"(?<=\d) ([.,]) (?=\d{2}(?!\d))")
# Either grouped thousands with an optional decimal part, or plain digits with one; the last gap may be
# a space before two digits, because amazon.co.uk once set the pence in a raised <span>: "£ 34 99".
_MONEY = re.compile(
    rf"(?P<before>{SIGN_PATTERN})\s?(?P<n1>\d[\d.,']*(?: \d{{3}}(?!\d))*(?:[., ]\d{{2}}(?!\d))?)"
    rf"|(?<![\d.,])(?P<n2>\d[\d.,']*(?: \d{{3}}(?!\d))*(?:[., ]\d{{2}}(?!\d))?)\s?(?P<after>{SIGN_PATTERN})",
)


@dataclass(frozen=True, slots=True)
class Money:
    """An amount with its currency, where the text names one."""

    amount: Decimal
    currency: str | None


@dataclass(frozen=True, slots=True)
class MoneyText:
    """One amount found in a text, with where it stands."""

    money: Money
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Habit:
    """How a page writes money: its decimal mark, and what "$" and "￥" mean in its marketplace."""

    decimal: str | None = None
    currency: str | None = None


def clean(text: str) -> str:
    """Bring every kind of blank to one space and drop invisible marks."""
    return " ".join(text.translate(_INVISIBLE).translate(_BLANKS).split())


def find_money(text: str, habit: Habit = Habit()) -> list[MoneyText]:
    """Find every amount that carries a currency."""
    plain = _SPLIT_MARK.sub(r"\1", clean(text))
    amounts: list[MoneyText] = []
    for match in _MONEY.finditer(plain):
        sign = match["before"] or match["after"]
        digits = (match["n1"] or match["n2"]).rstrip(".,' ")
        code = currency_of(sign, habit)
        amount = parse_number(digits, decimal=_mark(code, habit.decimal))
        if amount is not None:
            amounts.append(MoneyText(Money(amount, code), match.start(), match.end()))
    return amounts


def currency_of(sign: str, habit: Habit = Habit()) -> str | None:
    """Return the ISO code of a sign; "$" and "￥" mean what the marketplace means by them."""
    plain = clean(sign)
    if plain.rstrip(".") in ISO_CODES:
        return plain.rstrip(".")
    if plain in SHARED:
        family = DOLLARS if plain == "$" else YUANS
        return habit.currency if habit.currency in family else SHARED[plain]
    return SIGNS.get(plain) or SIGNS.get(plain.rstrip("."))


def parse_number(digits: str, *, decimal: str | None = None) -> Decimal | None:
    """Read digits with separators; None where thousands and decimals cannot be distinguished."""
    plain = clean(digits).replace("'", " ")
    if len(plain) > _LONGEST or not re.fullmatch(r"\d[\d., ]*", plain) or plain[-1] in "., ":
        return None
    marks = [mark for mark in plain if mark in "., "]
    if not marks:
        return Decimal(plain)
    last = marks[-1]
    whole, _, tail = plain.rpartition(last)
    if _ends_in_decimals(whole, last, tail, marks, decimal):
        return _joined(whole, tail, last)
    return _joined(plain, "", None)


def _ends_in_decimals(whole: str, last: str, tail: str, marks: list[str], decimal: str | None) -> bool:
    """Tell whether the last mark opens decimals rather than another group of three."""
    if marks.count(last) > 1:
        return False
    if len(tail) in {1, 2}:
        return last != " " or len(tail) == 2
    if len(tail) != 3 or last == " ":
        return last != " "
    if whole in {"0", ""}:
        return True
    return last == decimal and len(marks) == 1


def _joined(whole: str, tail: str, last: str | None) -> Decimal | None:
    """Join the groups before the decimals; None where they are no groups of three (or two, in India)."""
    groups = re.split(r"[., ]", whole)
    if len(groups) > 1:
        marks = {mark for mark in whole if mark in "., "}
        if len(marks) > 1 or last in marks or len(groups[-1]) != 3 or any(len(g) not in {2, 3} for g in groups[1:]):
            return None
    return Decimal("".join(groups) + (f".{tail}" if tail else ""))


def _mark(code: str | None, decimal: str | None) -> str | None:
    """Return the decimal mark to assume: dollars, pounds, yen and rupees are never written with a comma."""
    if code in {"GBP", "JPY", "INR", "CNY"}:
        return "."
    return decimal
