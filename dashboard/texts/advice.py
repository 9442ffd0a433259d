"""The advice of a forecast as a sentence, with what it rests on; where it rests on nothing it says so."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext, gettext_lazy

from dashboard.texts.formats import day_of_year, money, percent
from forecasting.policy.advice import Action, Advice, AdviceCode
from forecasting.selectors.advice_now import Withheld

WHY_NONE = {
    AdviceCode.NO_RECORD: gettext_lazy("there is no track record yet to base it on."),
    AdviceCode.NO_GAIN: gettext_lazy("in tests on the past, waiting did not save money."),
    AdviceCode.LEDGER_SHOWS_NO_GAIN: gettext_lazy("following our recent advice did not save money."),
}


@dataclass(frozen=True, slots=True)
class AdviceSentence:
    """A word of state for tables and a sentence for people; `basis` is what the advice rests on."""

    word: Action
    state: str
    sentence: str
    basis: str = ""


@dataclass(frozen=True, slots=True)
class _Costs:
    price: float | None
    currency: str

    def share(self, share: float) -> str:
        """A share of the price as money and per cent; without the price per cent alone."""
        amount = percent(share, places=1)
        return f"{money(share * self.price, self.currency)} ({amount})" if self.price else amount


def advice_sentence(
    advice: Advice, *, today: date, currency: str, price: float | None = None, why_none: str = ""
) -> AdviceSentence:
    """Put the advice into words; advice past its deadline is none.

    `price` is what the pack cost at the forecast's cutoff: savings are stated as shares of it, and as money.
    """
    costs = _Costs(price, currency)
    if advice.deadline and advice.expired(today):
        return _none(why_withheld_text(Withheld.EXPIRED, expired_on=advice.deadline))
    if advice.action == "wait":
        return AdviceSentence("wait", gettext("Wait"), _wait(advice, costs), _basis(advice))
    if advice.action == "no_hurry":
        return AdviceSentence("no_hurry", gettext("No hurry"), _no_hurry(advice, costs), _basis(advice))
    if advice.action == "buy":
        return AdviceSentence("buy", gettext("Buy now"), _buy(advice), _basis(advice))
    return _none(why_none or str(WHY_NONE.get(advice.code, WHY_NONE[AdviceCode.NO_RECORD])))


def why_withheld_text(reason: Withheld, *, expired_on: date) -> str:
    """Why the advice of a forecast is not given; `expired_on` is its last day."""
    match reason:
        case Withheld.LEAPT:
            return gettext(
                "its price has just changed by a large factor and may be wrong, "
                "until it goes back or stays for two weeks."
            )
        case Withheld.OUTLIVED:
            return gettext("there is no forecast based on its latest price.")
        case Withheld.NOT_IN_STOCK:
            return gettext("it is not in stock right now.")
        case Withheld.EXPIRED:
            return gettext("the last advice expired on %(day)s.") % {"day": day_of_year(expired_on)}


def _basis(advice: Advice) -> str:
    """Say how good such advice was at past cutoffs; empty where it is not known."""
    if advice.capture is None:
        return ""
    values = {"share": percent(advice.capture)}
    return gettext("In tests on the past, such advice saved %(share)s of the maximum possible.") % values


def _buy(advice: Advice) -> str:
    if advice.deadline is None:
        return gettext("Buy now: waiting is not expected to save money.")
    values = {"day": day_of_year(advice.deadline)}
    return gettext("Buy now: waiting until %(day)s is not expected to save money.") % values


def _none(reason: str) -> AdviceSentence:
    return AdviceSentence("none", gettext("No advice"), gettext("No advice: %(reason)s") % {"reason": reason})


def _no_hurry(advice: Advice, costs: _Costs) -> str:
    """Say how little waiting is expected to save, and how much would be worth it."""
    saving, smallest = advice.expected_saving, advice.smallest_saving
    if advice.deadline is None or saving is None or smallest is None:
        return gettext("No hurry: waiting is expected to save little.")
    values = {
        "day": day_of_year(advice.deadline),
        "amount": costs.share(saving),
        "smallest": costs.share(smallest),
    }
    return (
        gettext(
            "No hurry: waiting until %(day)s may save about %(amount)s; "
            "less than %(smallest)s is not worth waiting for."
        )
        % values
    )


def _wait(advice: Advice, costs: _Costs) -> str:
    """Say until when and for which price to wait, what that is expected to save, and how often it costs no more."""
    begin = gettext("Wait a few days")
    if advice.deadline and advice.limit_price:
        values = {"day": day_of_year(advice.deadline), "price": money(advice.limit_price, costs.currency)}
        begin = gettext("Wait until %(day)s or a price of %(price)s") % values
    elif advice.deadline:
        begin = gettext("Wait until %(day)s") % {"day": day_of_year(advice.deadline)}
    parts = []
    if advice.expected_saving is not None and advice.expected_saving > 0:
        parts.append(gettext("expected saving %(amount)s") % {"amount": costs.share(advice.expected_saving)})
    if advice.chance_of_regret is not None:
        count = round(100 * (1 - advice.chance_of_regret))
        parts.append(
            gettext("in about %(count)s of 100 such cases waiting is expected not to cost more") % {"count": count}
        )
    return f"{begin}: {'; '.join(parts)}." if parts else f"{begin}."
