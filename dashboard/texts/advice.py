"""The advice of a forecast as a sentence, with what it rests on; where it rests on nothing it says so."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, gettext_lazy

from dashboard.texts.formats import day_of_year, money, percent
from forecasting.policy.advice import Action, Advice, AdviceCode

WHY_NONE = {
    AdviceCode.NO_RECORD: gettext_lazy("there is no track record yet to base it on."),
    AdviceCode.NO_GAIN: gettext_lazy("in similar weeks, waiting did not save money."),
    AdviceCode.LEDGER_SHOWS_NO_GAIN: gettext_lazy("following our recent advice did not save money."),
}


@dataclass(frozen=True, slots=True)
class AdviceSentence:
    """A word of state for tables and a sentence for people; `basis` is what the advice rests on."""

    word: Action
    state: str
    sentence: str
    basis: str = ""


def advice_sentence(advice: Advice, *, today: date, currency: str, why_none: str = "") -> AdviceSentence:
    """Put the advice into words; advice past its deadline is none."""
    if advice.deadline and advice.expired(today):
        return _none(gettext("the last advice expired on %(day)s.") % {"day": day_of_year(advice.deadline)})
    if advice.action == "wait":
        return AdviceSentence("wait", gettext("Wait"), _wait(advice, currency), _basis(advice))
    if advice.action == "buy":
        return AdviceSentence("buy", gettext("Buy now"), _buy(advice), _basis(advice))
    return _none(why_none or str(WHY_NONE.get(advice.code, WHY_NONE[AdviceCode.NO_RECORD])))


def why_leapt() -> str:
    """Why there is no advice on a price that jumped since its forecast."""
    return gettext(
        "its price has just changed by a large factor and may be wrong, until it goes back or stays for two weeks."
    )


def _basis(advice: Advice) -> str:
    """Say how good past advice was; empty where it is not known."""
    if advice.capture is None:
        return ""
    return gettext("Past advice saved %(share)s of the maximum possible.") % {"share": percent(advice.capture)}


def _buy(advice: Advice) -> str:
    if advice.deadline is None:
        return gettext("Buy now: waiting is unlikely to save money.")
    values = {"day": day_of_year(advice.deadline)}
    return gettext("Buy now: waiting until %(day)s is unlikely to save money.") % values


def _none(reason: str) -> AdviceSentence:
    return AdviceSentence("none", gettext("No advice"), gettext("No advice: %(reason)s") % {"reason": reason})


def _wait(advice: Advice, currency: str) -> str:
    """Say until when and for which price to wait, what that is expected to save, and how often such waits cost more."""
    begin = gettext("Wait a few days")
    if advice.deadline and advice.limit_price:
        values = {"day": day_of_year(advice.deadline), "price": money(advice.limit_price, currency)}
        begin = gettext("Wait for %(price)s or less, until about %(day)s") % values
    elif advice.deadline:
        begin = gettext("Wait until about %(day)s") % {"day": day_of_year(advice.deadline)}
    parts = []
    if advice.expected_saving is not None and advice.expected_saving > 0:
        amount = percent(advice.expected_saving, places=1)
        parts.append(gettext("waiting is expected to save %(amount)s") % {"amount": amount})
    if advice.chance_of_regret is not None:
        count = round(100 * advice.chance_of_regret)
        parts.append(gettext("about %(count)s of 100 such waits end up costing more") % {"count": count})
    return f"{begin}: {'; '.join(parts)}." if parts else f"{begin}."
