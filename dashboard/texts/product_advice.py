"""The advice on one product, or why there is none: one rule for the product's page and the panel in a browser."""

from datetime import datetime

from django.utils.translation import gettext, ngettext

from dashboard.history import Statistics
from dashboard.selectors.latest_forecasts import Outlook, latest_method_outlook, latest_outlook
from dashboard.selectors.product import ProductFacts
from dashboard.texts.advice import AdviceSentence, advice_sentence, not_in_stock, why_leapt
from forecasting.policy.advice import NO_ADVICE

FEWEST_DAYS = 14


def outlook_that_holds(facts: ProductFacts) -> tuple[Outlook | None, bool]:
    """The latest forecast, if it still fits the price that was seen; and whether that price has leapt since."""
    outlook = latest_outlook(facts.id)
    leapt = bool(outlook and outlook.leapt(facts.price))
    if outlook and (leapt or outlook.outlived(facts.seen)):
        outlook = None
    return outlook, leapt


def method_outlook_that_holds(facts: ProductFacts, method: str) -> Outlook | None:
    """The latest forecast by a named method, if it still fits the price that was seen."""
    outlook = latest_method_outlook(facts.id, method)
    if outlook is None or facts.seen is None or outlook.leapt(facts.price) or outlook.outlived(facts.seen):
        return None
    return outlook


def product_advice(
    facts: ProductFacts, figures: Statistics | None, outlook: Outlook | None, now: datetime, *, leapt: bool
) -> AdviceSentence:
    """The advice, or why there is none; `figures` are those of a year."""
    why = ""
    if figures is None:
        why = gettext("it has never had a price.")
    elif leapt:
        why = why_leapt()
    elif outlook is None and figures.days < FEWEST_DAYS:
        text = ngettext(
            "%(days)s day of history is not enough; 14 are needed.",
            "%(days)s days of history are not enough; 14 are needed.",
            figures.days,
        )
        why = text % {"days": figures.days}
    elif outlook is None:
        why = gettext("there is no forecast based on its latest price.")
    elif facts.state != "in_stock":
        why = not_in_stock()
    advice, price = (outlook.advice, outlook.last_price) if outlook and not why else (NO_ADVICE, None)
    return advice_sentence(advice, today=now.date(), currency=facts.currency, price=price, why_none=why)
