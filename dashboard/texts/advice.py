"""The advice of a forecast as a sentence, with what it rests on; where it rests on nothing it says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from django.utils.translation import gettext, gettext_lazy

from dashboard.texts.formats import day_of_year, money, percent

Word = Literal["buy", "wait", "none"]
WHY_NONE = {
    "no_record": gettext_lazy("there is no track record yet to base it on."),
    "no_gain": gettext_lazy("in similar weeks, waiting did not save money."),
    "ledger_shows_no_gain": gettext_lazy("following our recent advice did not save money."),
}


@dataclass(frozen=True, slots=True)
class AdviceSentence:
    """A word of state for tables and a sentence for people; `basis` is the forecaster's reason, in English."""

    word: Word
    state: str
    sentence: str
    basis: str = ""


def advice_sentence(
    advice: Mapping[str, Any] | None, *, today: date, currency: str, why_none: str = ""
) -> AdviceSentence:
    """Turn `Forecast.advice` into words; advice past its date is none, and so is a malformed one."""
    told = advice or {}
    word, basis = told.get("word"), str(told.get("reason") or "")
    until = _day(told.get("until"))
    if word in {"wait", "buy"} and until is not None and until < today:
        return _none(gettext("the last advice expired on %(day)s.") % {"day": day_of_year(until)})
    if word == "wait":
        return AdviceSentence("wait", gettext("Wait"), _wait(told, until, currency), basis)
    if word == "buy":
        sentence = gettext("Buy now: waiting is unlikely to save money.")
        return AdviceSentence("buy", gettext("Buy now"), sentence, basis)
    return _none(why_none or str(WHY_NONE.get(str(told.get("code")), WHY_NONE["no_record"])))


def why_leapt() -> str:
    """Why nothing is said of a price that jumped since its forecast."""
    return gettext(
        "its price has just changed by a large factor and may be wrong, until it goes back or stays for two weeks."
    )


def _none(reason: str) -> AdviceSentence:
    return AdviceSentence("none", gettext("No advice"), gettext("No advice: %(reason)s") % {"reason": reason})


def _wait(told: Mapping[str, Any], until: date | None, currency: str) -> str:
    """Say until when and for which price to wait, what that is expected to save, and how often it went wrong."""
    limit, saving = _number(told.get("limit_price")), _number(told.get("expected_saving_pct"))
    regret = _number(told.get("chance_of_regret"))
    begin = gettext("Wait a few days")
    if until and limit:
        values = {"day": day_of_year(until), "price": money(limit, currency)}
        begin = gettext("Wait for %(price)s or less, until about %(day)s") % values
    elif until:
        begin = gettext("Wait until about %(day)s") % {"day": day_of_year(until)}
    parts = []
    if saving is not None and saving > 0:
        amount = percent(saving / 100, places=1)
        parts.append(gettext("waiting is expected to save %(amount)s") % {"amount": amount})
    if regret is not None:
        parts.append(gettext("%(share)s of similar waits ended up costing more") % {"share": percent(regret)})
    return f"{begin}: {'; '.join(parts)}." if parts else f"{begin}."


def _day(value: object) -> date | None:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None
