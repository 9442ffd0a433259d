"""How a shop may be asked."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Policy:
    """How a shop may be asked: who we say we are, what an answer may cost, where it may lead."""

    user_agent: str
    robot_name: str = "oilwatch"  # what robots.txt may call us
    hosts: frozenset[str] = frozenset()  # "host" or "host:port"; redirects may not leave them
    page_bytes: int = 8 * 1024 * 1024  # after decompression
    page_seconds: float = 15.0
    headers: dict[str, str] = field(default_factory=dict)
    cookies: dict[str, str] = field(default_factory=dict)
    private_ok: frozenset[str] = frozenset()
    proxy: str | None = None
