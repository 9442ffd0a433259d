"""One REDIS_URL serves redis-py and Celery, which spell a unix socket differently."""

from urllib.parse import parse_qs, urlsplit


def broker_url(redis_url: str) -> str:
    """`unix:///path?db=0` (redis-py) as `redis+socket:///path?virtual_host=0` (kombu); others unchanged."""
    parts = urlsplit(redis_url)
    if parts.scheme != "unix":
        return redis_url
    database = parse_qs(parts.query).get("db", ["0"])[0]
    return f"redis+socket://{parts.path}?virtual_host={database}"
