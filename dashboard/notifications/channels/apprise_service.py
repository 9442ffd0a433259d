"""One message over one Apprise address, at most once, and what is known of it afterwards."""

import logging
from functools import cache
from typing import Any

from django.conf import settings

from dashboard.notifications.channels import guarded_requests
from dashboard.notifications.channels.deadline import in_time
from dashboard.notifications.channels.delivery_result import DeliveryResult, Outcome, Reason
from dashboard.notifications.channels.message import Message
from scraping.client.deadline import Exchange

logging.getLogger("apprise").propagate = False  # its lines name servers and tokens
GRACE = 2.0  # seconds after the exchange's own deadline, which knows better how it ended
# Ours to say, whatever the address asks for: no second try, no redirect, no waiting, one message instead of several.
_OURS = {"retry": 0, "redirect": False, "overflow": "truncate", "cto": 4.0, "rto": 8.0, "wait": 0}


@cache
def _asset() -> Any:
    from apprise import AppriseAsset, PersistentStoreMode

    return AppriseAsset(
        app_id="oilwatch",
        app_desc="oilwatch",
        app_url=settings.OILWATCH_SITE_URL,
        image_url_mask="",
        image_url_logo="",
        http_redirects=False,
        storage_mode=PersistentStoreMode.MEMORY,
        pgp_autogen=False,
        pem_autogen=False,
    )


def service_of(address: str) -> Any | None:
    """Return Apprise's service for the address, or None where it is incomplete or would read files of this machine.

    `?template=` makes some services send a file of the machine they run on: an address may not name one.
    """
    from apprise import Apprise, AppriseAttachment
    from apprise.plugins import url_to_dict

    parts: Any = url_to_dict(address, secure_logging=True)  # type: ignore[no-untyped-call]
    if not parts or parts.get("schema") not in settings.OILWATCH_ALERT_CHANNELS:
        return None
    options = {str(key).lower() for key in parts.get("qsd") or {}}
    if options & {"template", "attach", "keyfile"}:
        return None
    service = Apprise.instantiate({**parts, **_OURS}, asset=_asset())
    if service is None or any(isinstance(each, AppriseAttachment) and len(each) for each in vars(service).values()):
        return None
    return service


def _takes_fields(service: Any) -> bool:
    """Whether it is a JSON webhook, which takes an alert as fields beside the text."""
    from apprise.plugins.custom_json import NotifyJSON

    return isinstance(service, NotifyJSON)


def send_over_apprise(address: str, message: Message) -> Outcome:
    """Send it within a time that holds for all of it; what did not certainly fail counts as perhaps delivered."""
    service = service_of(address)
    if service is None:
        return Outcome(DeliveryResult.REFUSED, Reason.INCOMPLETE_ADDRESS)
    if message.fields and _takes_fields(service):
        # Apprise puts these beside the text; a person's own fields of the address come first.
        service.payload_extras = {"events": list(message.fields), **service.payload_extras}
    begun: list[Exchange] = []
    outcome = in_time(lambda: _deliver(service, message, begun), seconds=guarded_requests.SECONDS + GRACE)
    if outcome is not None:
        return outcome
    if any(exchange.sockets for exchange in begun):
        return Outcome(DeliveryResult.UNKNOWN, Reason.CONNECTION_LOST)
    return Outcome(DeliveryResult.LATER, Reason.LOOKUP_TIMED_OUT)  # and what finds it now may not speak


def _deliver(service: Any, message: Message, begun: list[Exchange]) -> Outcome:
    from apprise import NotifyFormat

    with guarded_requests.guarded() as (outcomes, exchange):
        begun.append(exchange)
        try:
            sent = service.notify(body=message.text, title=message.subject, body_format=NotifyFormat.TEXT)
        except Exception as error:  # noqa: BLE001 - a plugin's own mistake must not end the round for everyone
            return Outcome(DeliveryResult.UNKNOWN, Reason.ADAPTER_FAILED.of(type(error).__name__))
    return _of_all(outcomes, sent=bool(sent))


def _of_all(outcomes: list[Outcome], *, sent: bool) -> Outcome:
    """Several exchanges may make one message (sign in, then post): one that was taken forbids another try."""
    if sent:
        return Outcome(DeliveryResult.SENT)
    troubles = [outcome for outcome in outcomes if not outcome.is_sent]
    if not troubles:
        return Outcome(
            DeliveryResult.REFUSED if not outcomes else DeliveryResult.UNKNOWN,
            Reason.NOT_ACCEPTED,
        )
    last = troubles[-1]
    if last.result == DeliveryResult.LATER and len(troubles) != len(outcomes):
        return Outcome(DeliveryResult.UNKNOWN, Reason.PARTLY_ACCEPTED)
    if any(trouble.result == DeliveryResult.UNKNOWN for trouble in troubles):
        return Outcome(DeliveryResult.UNKNOWN, last.why)
    return last
