"""How large a captured page may be, and how many a minute."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import IO, Any

from django.conf import settings
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from scraping.http.throttles import WriteThrottle


class PageTooLarge(APIException):
    """More bytes than a page may have."""

    status_code = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    default_code = "page_too_large"

    def __init__(self) -> None:
        super().__init__(f"The page is larger than {settings.OILWATCH_CAPTURE_BYTES:,} bytes.")


class CaptureParser(BaseParser):
    """JSON of at most OILWATCH_CAPTURE_BYTES; a larger body is not read to its end.

    Not DRF's JSONParser: for that the whole body is read first, under the limit that forms have.
    """

    media_type = "application/json"

    def parse(
        self, stream: IO[bytes], media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Parse the body, or refuse its size."""
        most = settings.OILWATCH_CAPTURE_BYTES
        body = stream.read(most + 1)
        if len(body) > most:
            raise PageTooLarge
        try:
            return json.loads(body)
        except (ValueError, RecursionError) as error:
            raise ParseError("The body is not JSON.") from error


class CaptureThrottle(WriteThrottle):
    """So many pages a minute a person, whichever of their browsers sends them."""

    @property
    def a_minute(self) -> int:
        """The limit."""
        return int(settings.OILWATCH_CAPTURES_PER_MINUTE)

    def _bucket(self, request: Request) -> str:
        return f"capture:{super()._bucket(request)}"
