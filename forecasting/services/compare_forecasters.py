"""The leaderboard of forecasters: made once a week by a part of a training, and carried on by the trainings between."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import orjson
from django.conf import settings
from django.db.models import QuerySet

from forecasting.forecasters.base import Forecaster
from forecasting.forecasters.prophet_curve import PROPHET
from forecasting.forecasters.prophet_forecaster import ProphetForecaster
from forecasting.forecasters.registry import usable_forecasters
from forecasting.models import PartKind, Training, TrainingPart
from forecasting.selectors.current_forecast import champion_of
from forecasting.selectors.prophet_inputs import prophet_inputs_of
from forecasting.serialization.forecast_payload import plain
from scraping.models import Shop

BOARD, MADE_ON = "leaderboard", "leaderboard_made_on"  # keys of a shop's scores


def comparison_due(*, scope: str, shop: str, today: date) -> bool:
    """Whether the shop's leaderboard is as old as the setting allows; a setting of 0 days switches it off.

    Never in the first training of a scope: people wait for its forecasts.
    """
    days = settings.OILWATCH_LEADERBOARD_DAYS
    if not days or champion_of(scope) is None:
        return False
    made_on = _scores_before(scope).get(shop, {}).get(MADE_ON)
    return made_on is None or today - date.fromisoformat(made_on) >= timedelta(days=days)


def forecasters_of(shop: Shop, *, today: date, horizon: int) -> tuple[Forecaster, ...]:
    """Those that can run here; Prophet knows the shop's holidays, promotions and producer price; all know taxes."""
    known = prophet_inputs_of(shop, today=today, horizon=horizon)
    prophet = ProphetForecaster(replace(known, taxes={}))
    return tuple(prophet if one.name == PROPHET else one for one in usable_forecasters())


def packed_board(shop: str, board: dict[str, Any], today: date) -> bytes:
    """A part's result, for the part that publishes."""
    return orjson.dumps({"shop": shop, BOARD: plain(board), MADE_ON: today.isoformat()})


def with_leaderboards(training: Training, scores: dict[str, Any], parts: "QuerySet[TrainingPart]") -> dict[str, Any]:
    """The scores by shop with what this training compared, or else with what the champion's scores have."""
    before = _scores_before(training.scope)
    made = {}
    for part in parts.filter(kind=PartKind.COMPARE, result__isnull=False):
        board = orjson.loads(bytes(part.result or b"{}"))
        made[board.pop("shop")] = board
    return {
        shop: {**figures, **made.get(shop, _carried(before.get(shop, {})))} if figures else figures
        for shop, figures in scores.items()
    }


def _carried(figures: dict[str, Any]) -> dict[str, Any]:
    return {key: figures[key] for key in (BOARD, MADE_ON) if key in figures}


def _scores_before(scope: str) -> dict[str, Any]:
    champion = champion_of(scope)
    return dict(champion.scores) if champion is not None else {}
