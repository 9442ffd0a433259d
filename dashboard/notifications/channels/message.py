"""What a message says, before it is known how it is sent. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """A subject of one line, the text, the same as HTML, and where it can be stopped without signing in."""

    subject: str
    text: str
    html: str
    stop_url: str = ""
    message_id: str = ""
    fields: tuple[dict[str, str], ...] = ()  # each alert event for programs: a webhook's "events"
