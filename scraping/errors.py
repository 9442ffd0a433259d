"""Errors of scraping, named for what happened."""


class ScrapingError(Exception):
    """Base: its text says what to change, in words for the person who reads it."""


class UnknownAddress(ScrapingError):
    """An address that belongs to no known shop, or names no product."""


class CaptureRefused(ScrapingError):
    """A page from a person's browser that is not taken; nothing of it was stored."""


class CaptureRepeated(CaptureRefused):
    """The page was sent before."""


class NotWatched(CaptureRefused):
    """Its product is not watched, and the person may not change that."""


class BadFile(ScrapingError):
    """A file that cannot be imported; nothing of it was stored."""

    def __init__(self, message: str, rows: list[tuple[int, str]] | None = None) -> None:
        """Args: message, and the rows at fault as (line number, what is wrong)."""
        self.rows = rows or []
        lines = [f"  line {line}: {wrong}" for line, wrong in self.rows]
        super().__init__("\n".join([message, *lines]))
