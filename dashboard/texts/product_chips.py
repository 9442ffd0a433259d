"""Three facts about today's price in a few words each: against its past year, the shop's discount, its age."""

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.utils.translation import gettext, ngettext

from dashboard.discount_check import DiscountCheck
from dashboard.history import Statistics
from dashboard.selectors.product import ProductFacts
from dashboard.texts.discounts import assessment_of
from dashboard.texts.formats import age, percent
from dashboard.texts.price_level import level_of

Tone = Literal["good", "bad", "plain", "late"]
DEAR = 0.2  # of the year's low


@dataclass(frozen=True, slots=True)
class Chip:
    """A few words, and whether they are good news."""

    text: str
    tone: Tone


def product_chips(
    facts: ProductFacts, year: Statistics | None, check: DiscountCheck | None, now: datetime
) -> list[Chip]:
    """What stands under the advice; nothing of what is not known."""
    chips = [_level(facts, year), _discount(check), _age(facts, now)]
    return [chip for chip in chips if chip]


def _level(facts: ProductFacts, year: Statistics | None) -> Chip | None:
    level = level_of(facts.price, year)
    if level is None:
        return None
    if level.above == 0:
        text = ngettext("lowest price of the month", "lowest price of %(months)s months", level.months)
        return Chip(text % {"months": level.months}, "good")
    text = ngettext("%(share)s over its low of the month", "%(share)s over its %(months)s-month low", level.months)
    values = {"share": percent(level.above), "months": level.months}
    return Chip(text % values, "bad" if level.above > DEAR else "plain")


def _discount(check: DiscountCheck | None) -> Chip | None:
    if check is None:
        return None
    values = {"claimed": percent(abs(check.claimed)), "real": percent(abs(check.real))}
    match assessment_of(check):
        case "true":
            return Chip(gettext("the %(claimed)s discount is real") % values, "good")
        case "smaller":
            return Chip(gettext("the %(claimed)s discount is really %(real)s") % values, "bad")
        case _:
            return Chip(gettext("the %(claimed)s discount is not real") % values, "bad")


def _age(facts: ProductFacts, now: datetime) -> Chip | None:
    if facts.seen is None:
        return None
    late = facts.late(now)
    text = gettext("checked %(age)s, overdue") if late else gettext("checked %(age)s")
    return Chip(text % {"age": age(facts.seen, now)}, "late" if late else "plain")
