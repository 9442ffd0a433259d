"""What a reader should know of a listing's past, in sentences: other products, found prices, prices held back."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from dashboard.selectors.last_visits import HeldBack
from dashboard.selectors.product import ProductFacts
from dashboard.texts.formats import day, money
from dashboard.texts.states import Text

DECISIONS: dict[str, Text] = {
    "waiting": _("not decided yet"),
    "accepted": _("accepted by an operator"),
    "refused": _("refused by an operator"),
    "confirmed": _("confirmed by a later check"),
}
PROPOSALS: dict[str, Text] = {
    "waiting": _("Found by a saved search. It is not accepted yet, so it is not checked."),
    "accepted": _("Found by a saved search and accepted."),
    "declined": _("Found by a saved search and declined."),
}


def product_notes(facts: ProductFacts, held: list[HeldBack]) -> list[str]:
    """Return the sentences, what matters most first; empty for a listing without a story."""
    notes = []
    if facts.series_since:
        notes.append(
            gettext(
                "The product on this page changed on %(day)s. Older prices belong to another product and are not shown."
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
        return (
            gettext("On %(day)s the page showed another product, so the price was held for review: %(decision)s.")
            % values
        )
    if held.price is None:
        return gettext("On %(day)s no price could be read with certainty, so none was saved: %(decision)s.") % values
    if held.confirmable:
        return (
            gettext(
                "A price of %(price)s on %(day)s was held for review because it is far from the usual price: "
                "%(decision)s."
            )
            % values
        )
    return (
        gettext("A price of %(price)s on %(day)s was held for review because no oil costs that: %(decision)s.") % values
    )
