"""One message about one or several alert events, in the person's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext, ngettext

from dashboard.language_addresses import active_language, page_in
from dashboard.models import AlertEvent, NotificationPreferences
from dashboard.notifications.channels.message import Message
from dashboard.notifications.harmless_text import harmless
from dashboard.shop_page import shop_page
from dashboard.texts.alerts import alert_event_sentence, moment, rule_sentence, scope_sentence, since_then

STOP_SALT = "dashboard.alerts.stop"


@dataclass(frozen=True, slots=True)
class Line:
    """One alert event as the message shows it."""

    title: str
    shop: str
    at: str
    short: str
    sentence: str
    since: str
    url: str
    shop_url: str  # empty for imported prices


def alert_message(
    alert_events: Sequence[AlertEvent], preferences: NotificationPreferences, *, message_id: str
) -> Message:
    """Say what happened; the subject is one line, and nothing a listing is called can be taken for markup."""
    with translation.override(preferences.language):
        lines = [_line(alert_event, ZoneInfo(preferences.timezone)) for alert_event in alert_events]
        subject = f"{lines[0].title[:80]}: {lines[0].short}"
        first = alert_events[0].alert
        if len(lines) > 1 and {each.alert_id for each in alert_events} == {first.pk}:
            subject = ngettext("%(count)s product: %(rule)s", "%(count)s products: %(rule)s", len(lines))
            rule = f"{rule_sentence(first, first.money_currency)} ({scope_sentence(first)})"
            subject = f"oilwatch: {subject % {'count': len(lines), 'rule': rule}}"
        elif len(lines) > 1:
            subject = ngettext("%(count)s alert", "%(count)s alerts", len(lines)) % {"count": len(lines)}
            subject = f"oilwatch: {subject}"
        stop_url = absolute(
            page_in(
                preferences.language,
                "stop_alerts",
                [stop_token([alert_event.alert_id for alert_event in alert_events])],
            )
        )
        alerts_url = absolute(page_in(preferences.language, "alerts"))
        context = {"lines": lines, "alerts_url": alerts_url, "stop_url": stop_url, "subject": subject}
        return Message(
            subject=subject,
            text=_text(lines, alerts_url, stop_url),
            html=render_to_string("mail/alert.html", context),
            stop_url=stop_url,
            fields=tuple(_fields(alert_event) for alert_event in alert_events),
            message_id=f"<{message_id}@{urlsplit(settings.OILWATCH_SITE_URL).hostname or 'oilwatch'}>",
        )


def trial_message(language: str) -> Message:
    """What the test button sends."""
    with translation.override(language):
        subject = gettext("oilwatch: test message")
        text = gettext("If you can read this, your alerts arrive here.")
        context = {"lines": [], "text": text, "alerts_url": absolute(page_in(language, "alerts")), "subject": subject}
        return Message(
            subject=subject,
            text=f"{text}\n\n{context['alerts_url']}",
            html=render_to_string("mail/alert.html", context),
        )


def absolute(path: str) -> str:
    """Return the address of a page as it is reached from outside."""
    return f"{settings.OILWATCH_SITE_URL}{path}"


def stop_token(alert_ids: Sequence[int]) -> str:
    """Return what lets its holder stop these alerts, and nothing else."""
    return signing.dumps(sorted(set(alert_ids)), salt=STOP_SALT)


def _line(alert_event: AlertEvent, zone: ZoneInfo) -> Line:
    alert, product = alert_event.alert, alert_event.product
    currency = product.shop.currency
    happened = alert_event_sentence(alert_event, alert, currency)
    return Line(
        title=harmless(product.title or product.sku),
        shop=harmless(product.shop.name),
        at=moment(alert_event.happened_at.astimezone(zone)),
        short=happened.short,
        sentence=happened.sentence,
        since=since_then(alert_event, alert, now=alert.price_of(product), currency=currency),
        url=absolute(page_in(active_language(), "product", [product.pk])),
        shop_url=shop_page(adapter=product.shop.adapter, shop=product.shop.name, sku=product.sku),
    )


def _fields(alert_event: AlertEvent) -> dict[str, str]:
    """One alert event as a program reads it: amounts with a point, moments in ISO 8601; empty where not known."""
    alert, product = alert_event.alert, alert_event.product
    spell = product.latest_spell
    values = {
        "alert": alert.pk,
        "rule": alert.kind,
        "threshold": alert.threshold,
        "percent": alert.percent,
        "direction": alert.direction,
        "days": alert.days,
        "price_kind": alert.price_kind,
        "at": alert_event.happened_at.isoformat(),
        "triggered_by": alert_event.price,
        "before": alert_event.before,
        "product": product.pk,
        "title": harmless(product.title or product.sku),
        "shop": harmless(product.shop.name),
        "sku": product.sku,
        "currency": product.shop.currency,
        "price": spell.price if spell else None,
        "price_per_litre": spell.price_per_litre if spell else None,
        "url": absolute(page_in(active_language(), "product", [product.pk])),
        "shop_url": shop_page(adapter=product.shop.adapter, shop=product.shop.name, sku=product.sku),
        "scope": scope_sentence(alert) if alert.is_scoped else None,
        "percent_under": alert.percent_under,
        "relative_to": alert.relative_to,
    }
    return {name: "" if value is None else str(value) for name, value in values.items()}


def _text(lines: Sequence[Line], alerts_url: str, stop_url: str) -> str:
    parts = []
    for line in lines:
        text = f"{line.title}\n{line.shop}, {line.at}\n{line.sentence}"
        shop = gettext("View at %(shop)s: %(url)s") % {"shop": line.shop, "url": line.shop_url} if line.shop_url else ""
        parts.append("\n".join(filter(None, [text, line.since, line.url, shop])))
    parts.append(gettext("All your alerts: %(url)s") % {"url": alerts_url})
    parts.append(gettext("Stop this alert: %(url)s") % {"url": stop_url})
    return "\n\n".join(parts)
