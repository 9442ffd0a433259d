"""How an attempt to tell somebody ended, in the reader's words; the reason itself is kept in English."""

from django.utils.translation import gettext

from dashboard.channels.outcome import Ended, Outcome


def outcome_words(outcome: Outcome) -> str:
    """Say whether it arrived, and why not."""
    match outcome.ended:
        case Ended.SENT:
            return gettext("the test was delivered.")
        case Ended.UNKNOWN:
            return gettext("the test may have arrived. %(why)s") % {"why": outcome.why}
        case Ended.LATER:
            return gettext("the test did not arrive; it may later. %(why)s") % {"why": outcome.why}
        case _:
            return gettext("the test did not arrive. %(why)s") % {"why": outcome.why}
