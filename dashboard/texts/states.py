"""States of an offer and of a visit, grades of oil and methods of forecasting, in the reader's words."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise

GRADES: dict[str, Text] = {
    "extra_virgin": _("Extra virgin olive oil"),
    "virgin": _("Virgin olive oil"),
    "olive": _("Olive oil"),
    "pomace": _("Olive pomace oil"),
    "sunflower": _("Sunflower oil"),
    "other": _("Other"),
}

STATES: dict[str, Text] = {
    "in_stock": _("in stock"),
    "unavailable": _("out of stock"),
    "used_only": _("only used offers"),
    "select_variation": _("a size must be selected"),
    "no_featured_offer": _("no featured offer"),
    "preorder": _("preorder"),
    "backorder": _("on back order"),
    "digital": _("digital"),
}

FAILED_VISITS: dict[str, Text] = {
    "blocked": _("the shop showed a robot check"),
    "gone": _("the page no longer exists"),
    "unreadable": _("the page could not be read"),
    "wrong_location": _("the page showed prices for another place"),
    "unknown_location": _("the page did not say which place its prices are for"),
    "wrong_product": _("the page showed another product"),
    "implausible": _("the price looks wrong and is held for review"),
    "unreachable": _("the shop did not answer"),
    "forbidden": _("not allowed by robots.txt or by this server’s settings"),
    "dead": _("failed after several attempts"),
    "cancelled": _("cancelled before it began"),
}

ALERT_STATES: dict[str, Text] = {
    "armed": _("active"),
    "met": _("already met: the first message comes within 5 minutes"),
    "first_check": _("active; first check within 5 minutes"),
    "told_price": _("triggered; re-arms when the price goes back up"),
    "told": _("triggered; re-arms when this is no longer so"),
    "holds": _("active; it was already so when you set it, so we write the next time it becomes so"),
    "done": _("triggered; switched off (only once)"),
    "off": _("paused"),
}

DELIVERY_STATES: dict[str, Text] = {
    "queued": _("queued"),
    "held": _("held until later"),
    "sending": _("sending"),
    "sent": _("sent"),
    "failed": _("failed"),
    "unknown": _("may have arrived"),
    "stopped": _("stopped before sending"),
}
