"""Template filters of the pages on held prices."""

from django import template

from dashboard.selectors import held_offers as reads
from dashboard.texts import held_offers as texts
from dashboard.texts.states import Text
from scraping.models import QuarantinedOffer

register = template.Library()


@register.filter
def price_kind(kind: str) -> Text:
    """Write what an amount is."""
    return texts.kind_label(kind)


@register.filter
def price_place(where: str) -> Text:
    """Write where on the page an amount stands."""
    return texts.place_label(where)


@register.filter
def price_rule(kind: str) -> str:
    """Write what a rule on prices does."""
    return texts.rule_words(kind)


@register.filter
def doubt(held: QuarantinedOffer) -> Text:
    """Write why an offer is held."""
    return texts.doubt_label(reads.doubt_of(held))


@register.filter
def number_of_prices(held: QuarantinedOffer) -> int:
    """Count the amounts on its page."""
    return reads.number_of_prices(held)
