"""The advice of a forecast as a sentence, with what it rests on; where it rests on nothing it says so."""

from dataclasses import dataclass
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from dashboard.texts.formats import day_of_year, money, per_litre, percent
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
class Pack:
    """What the advice is about: the pack's price at the forecast's cutoff, and its litres where they are known."""

    currency: str
    price: float | None = None
    litres: float | None = None

    def share(self, share: float) -> str:
        """A share of the price as money and per cent; without the price per cent alone."""
        amount = percent(share, places=1)
        return f"{money(share * self.price, self.currency)} ({amount})" if self.price else amount

    def cost(self, price: float) -> str:
        """A price for the pack, and per litre where the volume is known."""
        amount = money(price, self.currency)
        return f"{amount} ({per_litre(price / self.litres, self.currency)})" if self.litres else amount


@dataclass(frozen=True, slots=True)
class Drop:
    """The chance that the pack costs less on a day than at the cutoff."""

    chance: float
    day: date


def advice_sentence(
    advice: Advice, pack: Pack, *, today: date, drop: Drop | None = None, why_none: str = ""
) -> AdviceSentence:
    """Put the advice into words: an amount, a chance and a day, as far as they are known; past its deadline it is none.

    `drop` is what "buy" says of a lower price later.
    """
    if advice.deadline and advice.expired(today):
        return _none(why_withheld_text(Withheld.EXPIRED, expired_on=advice.deadline))
    if advice.action == "wait":
        return AdviceSentence("wait", gettext("Wait"), _wait(advice, pack), _basis(advice))
    if advice.action == "no_hurry":
        basis = f"{_worth_waiting(advice, pack)} {_basis(advice)}".strip()
        return AdviceSentence("no_hurry", gettext("No hurry"), _no_hurry(advice, pack), basis)
    if advice.action == "buy":
        return AdviceSentence("buy", gettext("Buy now"), _buy(advice, pack, drop), _basis(advice))
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


def _buy(advice: Advice, pack: Pack, drop: Drop | None) -> str:
    """Say that it will hardly get cheaper, with the chance that it does."""
    if drop and pack.price and drop.chance < 0.5:
        values = {"day": day_of_year(drop.day), "price": money(pack.price, pack.currency), "chance": odds(drop.chance)}
        return (
            gettext("Buy now: on %(day)s it will probably cost %(price)s or more. Chance of a lower price: %(chance)s.")
            % values
        )
    if advice.deadline is None:
        return gettext("Buy now: waiting is not expected to save money.")
    values = {"day": day_of_year(advice.deadline)}
    return gettext("Buy now: waiting until %(day)s is not expected to save money.") % values


def _none(reason: str) -> AdviceSentence:
    return AdviceSentence("none", gettext("No advice"), gettext("No advice: %(reason)s") % {"reason": reason})


def _no_hurry(advice: Advice, pack: Pack) -> str:
    """Say how little waiting is expected to save, and how often it costs no more."""
    if advice.deadline is None or advice.expected_saving is None:
        return gettext("No hurry: waiting is expected to save little.")
    values = {"day": day_of_year(advice.deadline), "amount": pack.share(advice.expected_saving)}
    text = gettext("No hurry: waiting until %(day)s saves about %(amount)s on average, too little to wait for.")
    return f"{text % values} {_record_of_waits(advice)}".strip()


def _worth_waiting(advice: Advice, pack: Pack) -> str:
    """Say from which saving on waiting is advised; empty where that is not known."""
    if advice.smallest_saving is None:
        return ""
    return gettext("Waiting is advised from an expected saving of %(smallest)s on.") % {
        "smallest": pack.share(advice.smallest_saving)
    }


def _wait(advice: Advice, pack: Pack) -> str:
    """Say until when and for which price to wait, what that saves on average, and how often it costs no more."""
    begin = gettext("Wait a few days")
    if advice.deadline and advice.limit_price:
        values = {"day": day_of_year(advice.deadline), "price": pack.cost(advice.limit_price)}
        begin = gettext("Wait until %(day)s, or until it costs %(price)s") % values
    elif advice.deadline:
        begin = gettext("Wait until %(day)s") % {"day": day_of_year(advice.deadline)}
    if advice.expected_saving is not None and advice.expected_saving > 0:
        values = {"begin": begin, "amount": pack.share(advice.expected_saving)}
        begin = gettext("%(begin)s: that saves about %(amount)s on average") % values
    return f"{begin}. {_record_of_waits(advice)}".strip()


def _record_of_waits(advice: Advice) -> str:
    """Say how often such waits are expected to cost no more; empty where that is not known."""
    if advice.chance_of_regret is None:
        return ""
    return gettext("%(share)s such waits cost no more than buying now.") % {
        "share": capfirst(odds(1 - advice.chance_of_regret))
    }


def odds(chance: float) -> str:
    """Write a chance as people say it: "7 in 10"."""
    count = round(10 * chance)
    if count == 0:
        return gettext("under 1 in 10")
    if count == 10:
        return gettext("over 9 in 10")
    return gettext("%(count)s in 10") % {"count": count}
