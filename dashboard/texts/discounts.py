"""The result of checking a price reduction, as a sentence."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext

from dashboard.discount_check import DiscountCheck
from dashboard.texts.formats import day, money, percent

SAME = 0.01  # a reduction this close to the one claimed is the one claimed


Assessment = Literal["true", "smaller", "none"]


@dataclass(frozen=True, slots=True)
class DiscountSentence:
    """A sentence, and whether the reduction is as claimed, smaller, or none at all."""

    assessment: Assessment
    text: str


def assessment_of(check: DiscountCheck) -> Assessment:
    """Whether the reduction is as large as the shop says, smaller, or none."""
    if check.real <= check.claimed + SAME:
        return "true"
    return "smaller" if check.real < -SAME / 2 else "none"


def discount_sentence(check: DiscountCheck, currency: str) -> DiscountSentence:
    """Say what the shop claims and what is left of it."""
    values = {
        "claimed": percent(abs(check.claimed)),
        "listed": money(check.listed, currency),
        "day": day(check.began.date()),
        "lowest": money(check.lowest_before, currency),
        "real": percent(check.real, signed=True),
    }
    assessment = assessment_of(check)
    if assessment == "true":
        return DiscountSentence(
            assessment,
            gettext("The %(claimed)s discount is real: it cost at least %(lowest)s for the 30 days before %(day)s.")
            % values,
        )
    if assessment == "smaller":
        return DiscountSentence(
            assessment,
            gettext(
                "The “%(claimed)s off” is really less (%(real)s): it was as low as %(lowest)s in the 30 days "
                "before %(day)s."
            )
            % values,
        )
    return DiscountSentence(
        assessment,
        gettext(
            "The “%(claimed)s off” is not real: it was as low as %(lowest)s in the 30 days before %(day)s "
            "(change since then: %(real)s)."
        )
        % values,
    )
