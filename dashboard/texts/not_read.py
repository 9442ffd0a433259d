"""Why this server does not read a shop's pages, in the reader's words."""

from django.utils.translation import gettext


def amazon_switched_off() -> str:
    """Name the setting, and what to read before it is changed."""
    return gettext(
        "Reading Amazon is switched off on this server. To allow it, start with "
        "OILWATCH_SCRAPE_AMAZON=true (read Amazon’s terms first)."
    )
