"""What an alert waits for, and what happened when it triggered, as sentences in the reader's language."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext

from dashboard.models import Alert, AlertEvent, AlertKind, Direction
from dashboard.texts.formats import litres, money, per_litre, percent, percent_sign, plain_number
from dashboard.texts.price_kinds import PRICE_KINDS
from dashboard.texts.states import GRADES


@dataclass(frozen=True, slots=True)
class Happened:
    """One alert event in words: a few for a subject, a sentence for the text."""

    short: str
    sentence: str


def rule_sentence(alert: Alert, currency: str) -> str:
    """Say what the alert waits for, and which price it compares where that is not the usual one."""
    return f"{_rule(alert, currency)}{_under(alert, currency)}{_which(alert)}"


def _under(alert: Alert, currency: str) -> str:
    """Say what a threshold in percent is relative to."""
    if alert.percent_under is None:
        return ""
    values = {
        "percent": f"{plain_number(alert.percent_under)}{percent_sign()}",
        "price": _money(alert.relative_to, currency, litre=alert.by_litre),
    }
    return gettext(", %(percent)s under the %(price)s of that day") % values


def scope_sentence(alert: Alert) -> str:
    """Say which products a rule over a scope watches."""
    oil = str(GRADES[alert.grade]) if alert.grade else gettext("All oils")
    parts = [oil]
    if alert.most_litres is not None:
        parts.append(gettext("packs up to %(litres)s") % {"litres": litres(alert.most_litres)})
    if alert.shop:
        parts.append(alert.shop.name)
    else:
        parts.append(all_shops(alert.currency or "", simulated=bool(alert.simulated)))
    return ", ".join(parts)


def all_shops(currency: str, *, simulated: bool) -> str:
    """Name all shops with prices in a currency, real or simulated."""
    text = gettext("all simulated shops (%(currency)s)") if simulated else gettext("all shops (%(currency)s)")
    return text % {"currency": currency}


def _which(alert: Alert) -> str:
    return f" ({PRICE_KINDS[alert.price_kind]})" if alert.price_kind in PRICE_KINDS else ""


def _rule(alert: Alert, currency: str) -> str:
    match alert.kind:
        case AlertKind.PRICE_BELOW:
            return gettext("the pack costs %(price)s or less") % {"price": money(alert.threshold or 0, currency)}
        case AlertKind.PER_LITRE_BELOW:
            return gettext("a litre costs %(price)s or less") % {"price": money(alert.threshold or 0, currency)}
        case AlertKind.PRICE_CHANGE:
            values = {"amount": f"{plain_number(alert.percent or 0)}{percent_sign()}"}
            if alert.direction == Direction.UP:
                return gettext("the price rises by %(amount)s or more") % values
            if alert.direction == Direction.DOWN:
                return gettext("the price falls by %(amount)s or more") % values
            return gettext("the price changes by %(amount)s or more") % values
        case AlertKind.LOWEST_IN_DAYS:
            return gettext("the price is the lowest in %(days)s days") % {"days": alert.days}
        case AlertKind.BACK_IN_STOCK:
            return gettext("it is back in stock")
        case _:
            return gettext("the advice changes to “buy now”")


def alert_event_sentence(alert_event: AlertEvent, alert: Alert, currency: str) -> Happened:
    """Say what happened."""
    rule = rule_sentence(alert, currency)
    if alert.is_scoped:
        rule = f"{rule} ({scope_sentence(alert)})"
    reason = gettext("you set an alert for when %(rule)s.") % {"rule": rule}
    price = _money(alert_event.price, currency, litre=alert.by_litre) + _which(alert)
    short = price
    match alert.kind:
        case AlertKind.PRICE_CHANGE:
            share = (
                float(alert_event.price / alert_event.before - 1) if alert_event.price and alert_event.before else 0.0
            )
            short = f"{percent(share, places=1, signed=True)}, {price}"
            happened = gettext("The price went from %(before)s to %(price)s (%(change)s)") % {
                "before": _money(alert_event.before, currency),
                "price": price,
                "change": percent(share, places=1, signed=True),
            }
        case AlertKind.LOWEST_IN_DAYS:
            short = gettext("lowest in %(days)s days: %(price)s") % {"days": alert.days, "price": price}
            happened = gettext("%(price)s is the lowest in %(days)s days; the previous low was %(before)s") % {
                "price": price,
                "days": alert.days,
                "before": _money(alert_event.before, currency),
            }
        case AlertKind.BACK_IN_STOCK:
            short = gettext("back in stock: %(price)s") % {"price": price}
            happened = gettext("It is back in stock, for %(price)s") % {"price": price}
        case AlertKind.ADVICE_BUY:
            short = gettext("advice: buy now, %(price)s") % {"price": price}
            happened = gettext("The advice is now to buy; it costs %(price)s") % {"price": price}
        case _:
            happened = gettext("It costs %(price)s") % {"price": price}
    return Happened(short, f"{happened}; {reason}")


def since_then(alert_event: AlertEvent, alert: Alert, *, now: Decimal | None, currency: str) -> str:
    """Say what it costs now, where that is no longer what triggered the alert; else nothing."""
    if now == alert_event.price:
        return ""
    if now is None and alert.price_kind in PRICE_KINDS:
        return gettext("It has no such price right now.")
    if now is None:
        return gettext("It is not in stock right now.")
    price = _money(now, currency, litre=alert.by_litre)
    return gettext("The price has changed since then: it now costs %(price)s.") % {"price": price}


def moment(at: datetime) -> str:
    """Write a local time as every reader can read it."""
    return f"{at:%Y-%m-%d %H:%M}"


def _money(amount: Decimal | None, currency: str, *, litre: bool = False) -> str:
    if amount is None:
        return "–"
    return per_litre(amount, currency) if litre else money(amount, currency)
