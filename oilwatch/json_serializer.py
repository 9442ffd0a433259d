"""The cache holds JSON: what is read back from Redis is never executed."""

from typing import Any

import orjson


class JSONSerializer:
    """dumps/loads as Django's Redis cache wants them."""

    def dumps(self, value: Any) -> bytes:
        """Anything JSON can say; integers stay readable by INCR."""
        return orjson.dumps(value)

    def loads(self, data: bytes) -> Any:
        """The value again (tuples come back as lists)."""
        return orjson.loads(data)
