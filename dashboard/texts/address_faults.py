"""What is wrong with a pasted address, in the reader's language."""

from django.utils.translation import gettext

from scraping.amazon.address_faults import SENTENCES
from scraping.errors import UnknownAddress


def address_fault(error: UnknownAddress) -> str:
    """Say what to change."""
    return gettext(SENTENCES[error.cause.fault]) % error.cause.values
