"""Errors of scraping, named for what happened."""

from scraping.amazon.address_faults import AddressRefused


class ScrapingError(Exception):
    """Base: its text says what to change, in words for the person who reads it."""


class UnknownAddress(ScrapingError):
    """An address that belongs to no known shop, or names no product; `cause` has the fault as a code."""

    def __init__(self, cause: AddressRefused) -> None:
        """Args: what is wrong with the address."""
        self.cause = cause
        super().__init__(str(cause))


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
