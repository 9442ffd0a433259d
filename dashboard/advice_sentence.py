"""The advice of a forecast as a sentence, with what it rests on; where it rests on nothing it says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext

from dashboard.formats import day_of_year, percent

Word = Literal["buy", "wait", "none"]


@dataclass(frozen=True, slots=True)
class AdviceSentence:
    """A word of state for tables and a sentence for people; `basis` is the forecaster's reason, in English."""

    word: Word
    state: str
    sentence: str
    basis: str = ""


def advice_sentence(advice: Mapping[str, Any] | None, *, today: date, why_none: str = "") -> AdviceSentence:
    """Turn `Forecast.advice` into words; advice past its date is none, and a malformed one neither."""
    told = advice or {}
    word, basis = told.get("word"), str(told.get("reason") or "")
    until = _day(told.get("until"))
    if until is not None and until < today:
        return _none(gettext("the last one ran out on %(day)s.") % {"day": day_of_year(until)}, basis)
    if word == "wait":
        return AdviceSentence("wait", gettext("Wait"), _wait(told, until), basis)
    if word == "buy":
        return AdviceSentence("buy", gettext("Buy now"), _buy(told), basis)
    reason = why_none or gettext("waiting has not reliably paid for prices like this one.")
    return _none(reason, basis)


def _none(reason: str, basis: str) -> AdviceSentence:
    return AdviceSentence("none", gettext("No advice"), gettext("No advice: %(reason)s") % {"reason": reason}, basis)


def _wait(told: Mapping[str, Any], until: date | None) -> str:
    begin = gettext("Wait until about %(day)s") % {"day": day_of_year(until)} if until else gettext("Wait some days")
    return _with_record(begin, told)


def _buy(told: Mapping[str, Any]) -> str:
    return _with_record(gettext("Buy now"), told)


def _with_record(begin: str, told: Mapping[str, Any]) -> str:
    """Add what following this advice has been worth, as far as it is known."""
    saving, regret = _number(told.get("expected_saving_pct")), _number(told.get("chance_of_regret"))
    parts = []
    if saving is not None and told.get("word") == "wait":
        amount = percent(abs(saving) / 100, places=1)
        parts.append(
            gettext("waiting is expected to save %(amount)s") % {"amount": amount}
            if saving > 0
            else gettext("waiting is expected to cost %(amount)s") % {"amount": amount}
        )
    elif told.get("word") == "buy":
        parts.append(gettext("waiting is not expected to pay"))
    if regret is not None and told.get("word") == "wait":
        parts.append(gettext("%(share)s of such waits ended dearer") % {"share": percent(regret)})
    return f"{begin}: {'; '.join(parts)}." if parts else f"{begin}."


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
