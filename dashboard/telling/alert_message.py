"""One message about one or several firings, in the person's language."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.core import signing
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, ngettext

from dashboard.channels.message import Message
from dashboard.models import AlertKind, Firing, Manners
from dashboard.telling.harmless_text import harmless
from dashboard.words.alert_sentence import firing_sentence, moment, since_then

STOP_SALT = "dashboard.alerts.stop"


@dataclass(frozen=True, slots=True)
class Line:
    """One firing as the message shows it."""

    title: str
    shop: str
    at: str
    short: str
    sentence: str
    since: str
    url: str


def alert_message(firings: Sequence[Firing], manners: Manners, *, message_id: str) -> Message:
    """Say what happened; the subject is one line, and nothing a listing is called can be taken for markup."""
    with translation.override(manners.language):
        lines = [_line(firing, ZoneInfo(manners.timezone)) for firing in firings]
        subject = f"{lines[0].title[:80]}: {lines[0].short}"
        if len(lines) > 1:
            subject = ngettext("%(count)s alert", "%(count)s alerts", len(lines)) % {"count": len(lines)}
            subject = f"oilwatch: {subject}"
        stop_url = absolute(reverse("stop_alerts", args=[stop_token([firing.alert_id for firing in firings])]))
        alerts_url = absolute(reverse("alerts"))
        told = {"lines": lines, "alerts_url": alerts_url, "stop_url": stop_url, "subject": subject}
        return Message(
            subject=subject,
            text=_text(lines, alerts_url, stop_url),
            html=render_to_string("mail/alert.html", told),
            stop_url=stop_url,
            message_id=f"<{message_id}@{urlsplit(settings.OILWATCH_SITE_URL).hostname or 'oilwatch'}>",
        )


def trial_message(language: str) -> Message:
    """What the test button sends."""
    with translation.override(language):
        subject = gettext("oilwatch: this is a test")
        text = gettext("If you can read this, your alerts arrive here.")
        told = {"lines": [], "text": text, "alerts_url": absolute(reverse("alerts")), "subject": subject}
        return Message(
            subject=subject, text=f"{text}\n\n{told['alerts_url']}", html=render_to_string("mail/alert.html", told)
        )


def absolute(path: str) -> str:
    """Return the address of a page as it is reached from outside."""
    return f"{settings.OILWATCH_SITE_URL}{path}"


def stop_token(alert_ids: Sequence[int]) -> str:
    """Return what lets its holder stop these alerts, and nothing else."""
    return signing.dumps(sorted(set(alert_ids)), salt=STOP_SALT)


def _line(firing: Firing, zone: ZoneInfo) -> Line:
    alert, product = firing.alert, firing.alert.product
    currency, spell = product.shop.currency, product.latest_spell
    happened = firing_sentence(firing, alert, currency)
    litre = alert.kind == AlertKind.PER_LITRE_BELOW
    now = (spell.price_per_litre if litre else spell.price) if spell else None
    return Line(
        title=harmless(product.title or product.sku),
        shop=harmless(product.shop.name),
        at=moment(firing.happened_at.astimezone(zone)),
        short=happened.short,
        sentence=happened.sentence,
        since=since_then(firing, alert, now=now, currency=currency),
        url=absolute(reverse("product", args=[product.pk])),
    )


def _text(lines: Sequence[Line], alerts_url: str, stop_url: str) -> str:
    parts = []
    for line in lines:
        words = f"{line.title}\n{line.shop}, {line.at}\n{line.sentence}"
        parts.append("\n".join(filter(None, [words, line.since, line.url])))
    parts.append(gettext("All your alerts: %(url)s") % {"url": alerts_url})
    parts.append(gettext("Stop this one: %(url)s") % {"url": stop_url})
    return "\n\n".join(parts)
