"""The dialogue by which a shopper tells Amazon the postcode to deliver to: its addresses, its tokens, its answer. Pure.

As public code describes it (it was never tried against Amazon from here): the home page names the dialogue and a token
in the element `nav-global-location-data-modal-action`; the dialogue's page holds a second token; a POST with that token
and the postcode sets the place for the session's cookies.
"""

import json
import re

from scraping.amazon.document import open_document

HOME = "/"
CHANGE = "/portal-migration/hz/glow/address-change?actionSource=glow"
TOKEN_HEADER = "anti-csrftoken-a2z"  # noqa: S105 - a header's name
_MODAL = "nav-global-location-data-modal-action"
_SELECTIONS = "/portal-migration/hz/glow/get-rendered-address-selections"
# <script>... CSRF_TOKEN : "hOPgL..." ...</script>
_TOKEN = re.compile(rb"CSRF_TOKEN[\"']?\s*:\s*[\"']([^\"']{8,400})[\"']")


class DialogueChanged(ValueError):
    """A page of the dialogue is not as it was: the place cannot be set."""


def read_modal(home: bytes) -> tuple[str, str]:
    """Return the path of the dialogue and its first token from the home page.

    <span id="nav-global-location-data-modal-action" data-a-modal='{"url":"/portal-migration/hz/glow/get-rendered-...",
    "ajaxHeaders":{"anti-csrftoken-a2z":"gM..."}}'>
    """
    element = open_document(home).first(_MODAL)
    try:
        modal = json.loads((element.get("data-a-modal") if element is not None else None) or "")
        path, token = str(modal["url"]), str(modal["ajaxHeaders"][TOKEN_HEADER])
    except (ValueError, KeyError, TypeError) as error:
        raise DialogueChanged("the home page offers no dialogue for the place") from error
    if not path.startswith(_SELECTIONS):
        raise DialogueChanged("the dialogue for the place has another address")
    return path, token


def read_token(dialogue: bytes) -> str:
    """Return the token of the dialogue's page, which the change is made with."""
    match = _TOKEN.search(dialogue)
    if match is None:
        raise DialogueChanged("the dialogue for the place holds no token")
    return match.group(1).decode("ascii", errors="replace")


def change_request(postcode: str) -> dict[str, str]:
    """Return what the change sends, as JSON."""
    return {
        "locationType": "LOCATION_INPUT",
        "zipCode": postcode,
        "storeContext": "generic",
        "deviceType": "web",
        "pageType": "Gateway",
        "actionSource": "glow",
    }


def is_accepted(answer: bytes) -> bool:
    """Tell whether the shop took the postcode: {"isValidAddress":1, ...}."""
    try:
        return bool(json.loads(answer)["isValidAddress"])
    except (ValueError, KeyError, TypeError):
        return False
