"""What a reader should know of a listing's past, in sentences: other products, found prices, prices held back."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard.selectors.held_back import HeldBack
from dashboard.selectors.product import ProductFacts
from dashboard.texts.formats import day, money
from dashboard.texts.states import Text

DECISIONS: dict[str, Text] = {
    "waiting": _("nobody has decided yet"),
    "accepted": _("a person has accepted it"),
    "refused": _("a person has refused it"),
    "confirmed": _("a later look showed the same, so it was believed"),
}
PROPOSALS: dict[str, Text] = {
    "waiting": _("A saved search found it; nobody has accepted it yet, so it is not looked at."),
    "accepted": _("A saved search found it, and it was accepted."),
    "declined": _("A saved search found it, and it was declined."),
}


def product_notes(facts: ProductFacts, held: list[HeldBack]) -> list[str]:
    """Return the sentences, what matters most first; empty for a listing without a story."""
    notes = []
    if facts.series_since:
        notes.append(
            gettext(
                "The product behind this page changed on %(day)s: older prices are another product's, left out here."
            )
            % {"day": day(facts.series_since.date())}
        )
    notes += [held_sentence(each, facts.currency) for each in held]
    if facts.proposal in PROPOSALS:
        notes.append(str(PROPOSALS[facts.proposal]))
    return notes


def held_sentence(held: HeldBack, currency: str) -> str:
    """Say what was seen when, why it was held back and what became of it."""
    values = {
        "day": day(held.seen.date()),
        "price": money(held.price, currency) if held.price is not None else "",
        "decision": DECISIONS.get(held.decision, held.decision),
    }
    if held.new_identity:
        return gettext("On %(day)s the page showed another product, which was held back: %(decision)s.") % values
    if held.price is None:
        return gettext("On %(day)s no one price could be read with certainty, so none was kept: %(decision)s.") % values
    if held.confirmable:
        return (
            gettext("A price of %(price)s seen on %(day)s was held back, too far from what is usual: %(decision)s.")
            % values
        )
    return gettext("A price of %(price)s seen on %(day)s was held back, as no oil costs that: %(decision)s.") % values
