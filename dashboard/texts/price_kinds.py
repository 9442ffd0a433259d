"""Kinds of price and conditions in the reader's words; which there are stands in scraping/price_kinds.py."""

from collections.abc import Collection

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from dashboard.query_params.shown_kinds import SWITCHED, switched
from dashboard.texts.methods import METHOD_NAMES
from dashboard.texts.states import Text
from scraping.offer import PriceKind

PRICE_KINDS: dict[str, Text] = {
    PriceKind.LIST.value: _("list price"),
    PriceKind.PRIME.value: _("price for Prime members"),
    PriceKind.SUBSCRIPTION.value: _("price with Subscribe & Save"),
    PriceKind.COUPON.value: _("price after the coupon"),
    PriceKind.USED.value: _("used price"),
}
CONDITIONS: dict[str, Text] = {"new": _("new"), "renewed": _("renewed"), "used": _("used")}


def kind_switches(seen: Collection[str], shown: Collection[str]) -> list[tuple[str, str, str, bool]]:
    """Each kind of price and method that there is: its name, the address's value that switches it, whether it is on."""
    names = PRICE_KINDS | METHOD_NAMES
    return [
        (kind, capfirst(str(names[kind])), switched(shown, kind), kind in shown) for kind in SWITCHED if kind in seen
    ]
