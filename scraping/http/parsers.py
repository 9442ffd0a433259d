"""Bodies of requests to the API."""

from typing import Any

from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser


class BoundedJSONParser(JSONParser):
    """JSON; what is nested too deep to be read is the caller's error, like any body that is not JSON."""

    def parse(self, *args: Any, **kwargs: Any) -> Any:
        """Read the body. Raises ParseError."""
        try:
            return super().parse(*args, **kwargs)
        except RecursionError as error:
            raise ParseError("JSON parse error - nested too deep") from error
