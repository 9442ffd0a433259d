"""A rehearsal part as bytes, so that one worker rehearses and another forecasts: arrays, no pickle."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from typing import Any

import numpy as np

from forecasting.learning.candidates import Candidates
from forecasting.learning.rehearsed import RehearsalPart

NUMBER = np.float32  # a forecast's seventh digit is noise, and half the bytes travel


def packed(part: RehearsalPart) -> bytes:
    """The part as an uncompressed npz; the fitted models stay behind, only what they said is kept."""
    arrays: dict[str, Any] = {}
    origins = []
    for place, candidates in enumerate(part.candidates):
        arrays |= {f"{place}/{name}": values.astype(NUMBER) for name, values in _arrays(candidates).items()}
        origins.append({"flowing": bool(candidates.flowing), "day": part.days[place].isoformat()})
    arrays["about"] = np.array(json.dumps({"keys": part.keys, "origins": origins}))
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def unpacked(data: bytes) -> RehearsalPart:
    """The part again; ValueError if these bytes are none."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            about = json.loads(str(file["about"]))
            values = {name: file[name].astype(np.float64) for name in file.files if name != "about"}
    except (OSError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"not a rehearsal: {error}") from error
    return RehearsalPart(
        keys=tuple(about["keys"]),
        days=tuple(date.fromisoformat(origin["day"]) for origin in about["origins"]),
        candidates=tuple(
            _candidates(values, place, bool(origin["flowing"])) for place, origin in enumerate(about["origins"])
        ),
    )


def _arrays(candidates: Candidates) -> dict[str, Any]:
    return {
        "last": candidates.last,
        "reference": candidates.reference,
        **{f"points/{name}": path for name, path in candidates.points.items()},
        **{f"spreads/{name}": spread for name, spread in candidates.spreads.items()},
        **{f"savings/{days}": saving for days, saving in candidates.savings.items()},
        **{f"regrets/{days}": regret for days, regret in candidates.regrets.items()},
    }


def _candidates(values: dict[str, Any], place: int, flowing: bool) -> Candidates:
    own = {name.partition("/")[2]: found for name, found in values.items() if name.startswith(f"{place}/")}

    def under(kind: str) -> dict[str, Any]:
        return {name.partition("/")[2]: found for name, found in own.items() if name.startswith(f"{kind}/")}

    return Candidates(
        origin=place,  # a place in the part; `join` sets it on a panel
        last=own["last"],
        points=under("points"),
        spreads=under("spreads"),
        reference=own["reference"],
        flowing=flowing,
        savings={int(days): saving for days, saving in under("savings").items()},
        regrets={int(days): regret for days, regret in under("regrets").items()},
    )
