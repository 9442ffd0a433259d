"""States of an offer and of a look, grades of oil and methods of forecasting, in the reader's words."""

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
    "select_variation": _("a size has to be chosen"),
    "no_featured_offer": _("no main offer"),
    "preorder": _("preorder"),
    "backorder": _("on back order"),
    "digital": _("digital"),
}

FAILED_LOOKS: dict[str, Text] = {
    "blocked": _("the shop refused with a robot check"),
    "gone": _("the page is gone"),
    "unreadable": _("the page could not be read"),
    "wrong_location": _("the page was priced for another place"),
    "wrong_product": _("the page showed another product"),
    "implausible": _("the price looked wrong and is being held back"),
    "unreachable": _("the shop did not answer"),
    "forbidden": _("it may not be asked for: robots.txt or the operator’s settings"),
    "dead": _("given up after several attempts"),
    "cancelled": _("cancelled before it began"),
}

ALERT_STATES: dict[str, Text] = {
    "armed": _("watching"),
    "told": _("told; watches again once it is over"),
    "done": _("told, and off as you asked"),
    "off": _("paused"),
}

DELIVERY_STATES: dict[str, Text] = {
    "queued": _("waits to be sent"),
    "held": _("held back for now"),
    "sending": _("being sent"),
    "sent": _("sent"),
    "failed": _("could not be sent"),
    "unknown": _("may have arrived"),
    "stopped": _("stopped before it was sent"),
}
