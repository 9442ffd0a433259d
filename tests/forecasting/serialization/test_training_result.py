"""What workers found of a shop is one outcome, in whatever order its shares are joined."""

from itertools import permutations
from typing import Any

from forecasting.serialization.training_result import Outcome

PAST: dict[str, Any] = {"keys": ["1"], "days": ["2026-01-01"], "paths": [[[0.0]]]}
NOTHING: dict[str, Any] = {"keys": [], "days": [], "paths": []}


def share(number: int, series: int) -> Outcome:
    """What a share found that could forecast so many series."""
    name, known = "shop", series > 0
    return Outcome(
        forecasts={f"{number}-{row}": {"method": "event", "point": [1.0]} for row in range(series)},
        refused={} if known else {f"{number}": "few_days"},
        scores={name: {"origins": 6} if known else {}},
        learned={name: {"series": series, "chosen": {"shift": ""}} if known else {}},
        fingerprints={f"{name} {number}/3": str(number)},
        past={name: PAST if known else NOTHING},
    )


def test_a_share_without_forecasts_takes_nothing_from_the_others() -> None:
    for order in permutations([(1, 2), (2, 0), (3, 5)]):
        outcome = Outcome()
        for number, series in order:
            outcome.join(share(number, series).without_curves())
        assert outcome.methods() == {"event": 7}
        assert outcome.refused == {"2": "few_days"}
        assert outcome.scores == {"shop": {"origins": 6}}
        assert outcome.learned == {"shop": {"series": 7, "chosen": {"shift": ""}}}
        assert outcome.past == {"shop": PAST}
        assert set(outcome.fingerprints) == {"shop 1/3", "shop 2/3", "shop 3/3"}


def test_a_shop_of_which_nothing_is_forecast_is_in_the_record() -> None:
    outcome = Outcome()
    outcome.join(share(1, 0))
    assert outcome.scores == {"shop": {}} == outcome.learned
    assert outcome.past_paths() == []
