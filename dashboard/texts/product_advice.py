"""The advice on one product, or why there is none: one rule for the product's page and the panel in a browser."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext, ngettext

from dashboard.history import Statistics
from dashboard.selectors.latest_forecasts import Outlook, latest_method_outlooks, latest_outlook
from dashboard.selectors.product import ProductFacts
from dashboard.texts.advice import AdviceSentence, Drop, Pack, advice_sentence, why_withheld_text
from forecasting.panel import HORIZON
from forecasting.policy.advice import NO_ADVICE
from forecasting.selectors.advice_now import Withheld

FEWEST_DAYS = 14


def outlook_that_holds(facts: ProductFacts) -> tuple[Outlook | None, bool]:
    """The latest forecast, if it still fits the price that was seen; and whether that price has leapt since."""
    outlook = latest_outlook(facts.id)
    leapt = bool(outlook and outlook.leapt(facts.price))
    if outlook and (leapt or outlook.outlived(facts.seen)):
        outlook = None
    return outlook, leapt


def method_outlooks_that_hold(facts: ProductFacts) -> dict[str, Outlook]:
    """The latest forecast by each named method that still fits the price that was seen: one query."""
    return {
        method: outlook
        for method, outlook in latest_method_outlooks(facts.id).items()
        if facts.seen is not None and not outlook.leapt(facts.price) and not outlook.outlived(facts.seen)
    }


class Offered(Protocol):
    """A product with its latest offer, as a page or a table has it."""

    @property
    def price(self) -> Decimal | None: ...
    @property
    def seen(self) -> datetime | None: ...
    @property
    def state(self) -> str | None: ...
    @property
    def currency(self) -> str: ...
    @property
    def litres(self) -> Decimal | None: ...


def row_advice(outlook: Outlook | None, row: Offered, now: datetime) -> AdviceSentence:
    """The advice on a product of a list: what its page says, without its history."""
    why = withheld_text(outlook, row, now) if outlook else gettext("there is no forecast yet.")
    return _sentence(outlook, row, now, why)


def _sentence(outlook: Outlook | None, row: Offered, now: datetime, why: str) -> AdviceSentence:
    """The outlook's advice in words; where there is a reason against it, that."""
    if outlook is None or why:
        return advice_sentence(NO_ADVICE, Pack(row.currency), today=now.date(), why_none=why)
    pack = Pack(row.currency, outlook.last_price, float(row.litres) if row.litres else None)
    chance = outlook.skill.probability_of_drop
    return advice_sentence(outlook.advice, pack, today=now.date(), drop=drop_by_the_end(chance, outlook.cutoff))


def drop_by_the_end(chance: float | None, cutoff: date) -> Drop | None:
    """The chance of a lower price on a forecast's last day; None where it is not known."""
    return None if chance is None else Drop(chance, cutoff + timedelta(days=HORIZON))


def withheld_text(outlook: Outlook, row: Offered, now: datetime) -> str:
    """Why the outlook's advice does not hold for the offer; empty where it does."""
    reason = outlook.withheld(price=row.price, seen=row.seen, state=row.state, today=now.date())
    expired_on = outlook.advice.deadline or outlook.cutoff + timedelta(days=HORIZON)
    return why_withheld_text(reason, expired_on=expired_on) if reason else ""


def product_advice(
    facts: ProductFacts, figures: Statistics | None, outlook: Outlook | None, now: datetime, *, leapt: bool
) -> AdviceSentence:
    """The advice, or why there is none; `figures` are those of a year."""
    why = ""
    if figures is None:
        why = gettext("it has never had a price.")
    elif leapt:
        why = why_withheld_text(Withheld.LEAPT, expired_on=now.date())
    elif outlook is None and figures.days < FEWEST_DAYS:
        text = ngettext(
            "%(days)s day of history is not enough; 14 are needed.",
            "%(days)s days of history are not enough; 14 are needed.",
            figures.days,
        )
        why = text % {"days": figures.days}
    elif outlook is None:
        why = gettext("there is no forecast based on its latest price.")
    else:
        why = withheld_text(outlook, facts, now)
    return _sentence(outlook, facts, now, why)
