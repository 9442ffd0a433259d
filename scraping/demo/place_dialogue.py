"""The demo shop's dialogue for the delivery place: a postcode per session, set with the tokens of Amazon's own."""

import json
import re
import secrets
from email.message import Message
from http.cookies import CookieError, SimpleCookie

from scraping.demo.answers import Answer

SELECTIONS = "/portal-migration/hz/glow/get-rendered-address-selections"
CHANGE = "/portal-migration/hz/glow/address-change"
TOKEN_HEADER = "anti-csrftoken-a2z"  # noqa: S105 - a header's name
FIRST_TOKEN, SECOND_TOKEN = "demo-first-token", "demo-second-token"
_SESSION = "session-id"
_POSTCODE = re.compile(r"\d{5}")
_TOWNS = {"08": "Barcelona", "28": "Madrid", "35": "Las Palmas", "38": "Santa Cruz", "51": "Ceuta", "52": "Melilla"}
_MOST = 1000


class Places:
    """Which session delivers to which postcode."""

    def __init__(self) -> None:
        self._postcodes: dict[str, str] = {}

    def line(self, headers: "Message[str, str]") -> str | None:
        """Return how a page names the session's place; None where the session chose none."""
        postcode = self._postcodes.get(_session_of(headers))
        return f"Entrega en {_TOWNS.get(postcode[:2], 'Valencia')} {postcode}" if postcode else None

    def selections(self, headers: "Message[str, str]") -> Answer:
        """Answer the dialogue's page, which holds the second token."""
        if headers.get(TOKEN_HEADER) != FIRST_TOKEN:
            return Answer(403, b"")
        return Answer(200, f'<html><script>P.when(); CSRF_TOKEN : "{SECOND_TOKEN}"</script></html>'.encode())

    def change(self, headers: "Message[str, str]", body: bytes) -> Answer:
        """Take the postcode, if it is one."""
        if headers.get(TOKEN_HEADER) != SECOND_TOKEN or not (session := _session_of(headers)):
            return Answer(403, b"")
        try:
            postcode = str(json.loads(body)["zipCode"])
        except (ValueError, KeyError, TypeError):
            postcode = ""
        valid = bool(_POSTCODE.fullmatch(postcode))
        if valid:
            if len(self._postcodes) >= _MOST:
                self._postcodes.clear()
            self._postcodes[session] = postcode
        answer = {"isValidAddress": int(valid), "isTransitOutOfAis": 0}
        return Answer(200, json.dumps(answer).encode(), content_type="application/json")


def new_session() -> str:
    """Return the cookie of a new session."""
    return f"{_SESSION}={secrets.token_hex(8)}; Path=/"


def _session_of(headers: "Message[str, str]") -> str:
    try:
        cookie = SimpleCookie(headers.get("Cookie", "")).get(_SESSION)
    except CookieError:
        return ""
    return cookie.value if cookie else ""
