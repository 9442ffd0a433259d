"""How a preview in a list ended, in the reader's words."""

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from dashboard.texts.not_read import amazon_switched_off
from dashboard.texts.states import FAILED_VISITS, Text
from scraping.amazon.address_faults import SENTENCES, AddressFault
from scraping.models import PreviewRow, VisitStatus
from scraping.models.preview_list import LISTED, NOT_READ, REFUSED
from scraping.services.preview_product import LATER

OUTCOMES = {
    VisitStatus.OK.value: _("new"),
    LISTED: _("found; its own page is read once you watch it"),
    LATER: _("The shop asks to be left alone right now. Try again later."),
    NOT_READ: _("The search page could not be read. Try again later."),
}


def row_result(row: PreviewRow) -> Text:
    """Say whether it can be watched, or why not."""
    if row.product_id is not None:
        return gettext("watched")
    if row.is_open:
        return gettext("waiting for its turn") if row.reason else gettext("being read")
    if row.outcome == REFUSED:
        return str(gettext(SENTENCES[AddressFault(row.reason)]) % row.detail)
    if row.outcome == VisitStatus.FORBIDDEN and "OILWATCH_SCRAPE_AMAZON" in row.reason:
        return amazon_switched_off()
    if known := OUTCOMES.get(row.outcome):
        return gettext(known)
    return FAILED_VISITS.get(row.outcome, str(row.outcome))
