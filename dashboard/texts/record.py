"""The public record in sentences: what leads the page, and what the advice was worth."""

from django.utils.translation import gettext, ngettext

from dashboard.texts.formats import percent
from forecasting.evaluation.record_figures import SAME, AdviceFigures, HorizonFigures


def error_words(change: float) -> str:
    """Say how an error compares with assuming that the price stays."""
    if abs(change) < SAME:
        return gettext("the same error")
    share = percent(abs(change))
    return (
        gettext("%(share)s less error") % {"share": share}
        if change < 0
        else (gettext("%(share)s more error") % {"share": share})
    )


def horizon_sentence(figures: HorizonFigures) -> str:
    """Say what one horizon's figure rests on."""
    return ngettext(
        "compared with guessing “no change”, over the %(days)s days after %(count)s published forecast.",
        "compared with guessing “no change”, over the %(days)s days after each of %(count)s published forecasts.",
        figures.forecasts,
    ) % {"days": figures.days, "count": figures.forecasts}


def advice_sentences(figures: AdviceFigures, *, days: int | None) -> list[str]:
    """Say what following the advice was worth, how often waiting went wrong, and what waiting always brings."""
    if not figures.decisions or figures.saving is None:
        return []
    sentences = [_saved(figures, figures.saving, days)]
    if figures.waits_lost is not None:
        sentences.append(
            gettext("Advised waits: %(waits)s, of which %(lost)s ended up costing more.")
            % {"waits": figures.waits, "lost": percent(figures.waits_lost)}
        )
    if figures.always_wait is not None and figures.always_lost is not None:
        values = {"amount": percent(abs(figures.always_wait), places=1), "lost": percent(figures.always_lost)}
        if figures.always_wait < 0:
            sentences.append(
                gettext("Always waiting would have cost %(amount)s more; %(lost)s of the waits ended up costing more.")
                % values
            )
        else:
            sentences.append(
                gettext("Always waiting would have saved %(amount)s; %(lost)s of the waits ended up costing more.")
                % values
            )
    return sentences


def _saved(figures: AdviceFigures, saving: float, days: int | None) -> str:
    amount = percent(abs(saving), places=1)
    values = {"days": days, "count": figures.decisions, "amount": amount}
    if saving < 0 and days is None:
        return (
            ngettext(
                "Following our advice cost %(amount)s more per purchase than buying right away (%(count)s decision).",
                "Following our advice cost %(amount)s more per purchase than buying right away (%(count)s decisions).",
                figures.decisions,
            )
            % values
        )
    if saving < 0:
        return (
            ngettext(
                "Following our advice in the last %(days)s days cost %(amount)s more per purchase than buying "
                "right away (%(count)s decision).",
                "Following our advice in the last %(days)s days cost %(amount)s more per purchase than buying "
                "right away (%(count)s decisions).",
                figures.decisions,
            )
            % values
        )
    values["share"] = "–" if figures.capture is None else percent(figures.capture)
    if days is None:
        return (
            ngettext(
                "Following our advice saved %(amount)s per purchase compared with buying right away, %(share)s "
                "of what perfect foresight would have saved (%(count)s decision).",
                "Following our advice saved %(amount)s per purchase compared with buying right away, %(share)s "
                "of what perfect foresight would have saved (%(count)s decisions).",
                figures.decisions,
            )
            % values
        )
    return (
        ngettext(
            "Following our advice in the last %(days)s days saved %(amount)s per purchase compared with "
            "buying right away, %(share)s of what perfect foresight would have saved (%(count)s decision).",
            "Following our advice in the last %(days)s days saved %(amount)s per purchase compared with "
            "buying right away, %(share)s of what perfect foresight would have saved (%(count)s decisions).",
            figures.decisions,
        )
        % values
    )
