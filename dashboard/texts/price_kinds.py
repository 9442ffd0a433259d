"""Kinds of price and conditions in the reader's words; which there are stands in scraping/price_kinds.py."""

from django.utils.translation import gettext_lazy as _

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
