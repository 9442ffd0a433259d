"""Who may send pages: a browser with a capture key, or somebody who signed in here."""

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, SessionAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from scraping.models import CaptureToken
from scraping.services.capture_tokens import find_token

KEYWORD = "Capture"
LONGEST_KEY = 128


class CaptureTokenAuthentication(BaseAuthentication):
    """`Authorization: Capture <key>`. Only the capture endpoints use this class: elsewhere a key is nobody."""

    def authenticate(self, request: Request) -> tuple[Any, CaptureToken] | None:
        """The token's person; None leaves it to the session."""
        keyword, _, key = get_authorization_header(request).decode("latin-1").partition(" ")
        if keyword.lower() != KEYWORD.lower():
            return None
        token = find_token(key=key.strip()) if len(key) <= LONGEST_KEY else None
        if token is None:
            raise AuthenticationFailed("This capture key is unknown or revoked. Make a new one on the page /capture/.")
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """What a request without credentials is asked for."""
        return KEYWORD


class _CaptureScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    target_class = CaptureTokenAuthentication
    name = "captureAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        """How the schema names it."""
        return {"type": "apiKey", "in": "header", "name": "Authorization", "description": f"`{KEYWORD} <key>`"}


CAPTURE_AUTHENTICATION = (CaptureTokenAuthentication, SessionAuthentication)
