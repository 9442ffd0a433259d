"""How much of a history a page shows, by the name it has in an address. Pure."""

from datetime import timedelta

RANGES: dict[str, timedelta | None] = {"90": timedelta(days=90), "365": timedelta(days=365), "all": None}
USUAL = "365"


def read_range(named: str | None) -> str:
    """Return a range's name; nonsense is a year."""
    return named if named in RANGES else USUAL
