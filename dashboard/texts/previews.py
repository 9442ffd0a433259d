"""What a preview of an address found, in words for the person who pasted it."""

from dataclasses import dataclass

from django.utils.translation import gettext

from dashboard.texts.not_read import amazon_switched_off
from dashboard.texts.states import FAILED_VISITS, Text
from scraping.offer import Agreement
from scraping.services.preview_product import FORBIDDEN, LATER, Preview

NO_USE = frozenset({"gone", "wrong_product"})  # watching these would only ever fail


@dataclass(frozen=True, slots=True)
class PreviewWords:
    """How it went, how far the price can be believed, and whether it makes sense to watch it."""

    went_well: bool
    assessment: Text
    agreement: str
    may_watch: bool
    detail: str  # what the visit noted, in English; empty where the assessment says it all


def preview_words(preview: Preview) -> PreviewWords:
    """Put the outcome and the agreement of the two readers into words."""
    return PreviewWords(
        went_well=preview.outcome == "ok",
        assessment=_assessment(preview),
        agreement=_agreement(preview),
        may_watch=preview.outcome not in NO_USE,
        detail="" if preview.outcome == "ok" or _switched_off(preview) else preview.reason,
    )


def _assessment(preview: Preview) -> Text:
    if preview.outcome == "ok":
        return gettext("The page was read successfully.")
    if preview.outcome == LATER:
        return gettext("We are limiting requests to this shop right now. Try again in a minute.")
    if _switched_off(preview):
        return amazon_switched_off()
    return FAILED_VISITS.get(preview.outcome, preview.outcome)


def _switched_off(preview: Preview) -> bool:
    return preview.outcome == FORBIDDEN and preview.shop.is_amazon_switched_off


def _agreement(preview: Preview) -> str:
    reading = preview.reading
    if reading is None or reading.offer is None:
        return ""
    if reading.agreement == Agreement.DISAGREE:
        prices = " / ".join(str(price) for price in reading.rivals)
        return gettext("The two readers disagree: %(prices)s. No price is used.") % {"prices": prices}
    return {
        Agreement.AGREE: gettext("Two independent readers saw the same price."),
        Agreement.SINGLE: gettext("Only one of the two readers saw a price; the other does not contradict it."),
    }.get(reading.agreement, gettext("Neither reader saw a price."))
