"""Candidates free of any panel, and as bytes: one worker makes them, another decides. Arrays, no pickle."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import numpy as np
import orjson

from forecasting.candidates.candidates import REFERENCE, Candidates
from forecasting.panel import Panel


@dataclass(frozen=True, slots=True, eq=False)
class CandidatesPart:
    """Candidates of the series `keys` from the cutoffs `days`; `fitted`: what their models learned, as JSON values."""

    keys: tuple[str, ...]
    days: tuple[date, ...]
    candidates: tuple[Candidates, ...]
    fitted: Mapping[str, Any] = field(default_factory=dict)


def part_of(panel: Panel, candidates: Sequence[Candidates], fitted: Mapping[str, Any] | None = None) -> CandidatesPart:
    """Candidates made on this panel, to be joined to those of other parts."""
    return CandidatesPart(
        panel.keys, tuple(panel.day(one.cutoff) for one in candidates), tuple(candidates), fitted or {}
    )


def packed(part: CandidatesPart) -> bytes:
    """The part as an uncompressed npz, without the model objects.

    Last prices are exact; offsets from them travel in single precision, in which the seventh digit of a price stands.
    """
    arrays: dict[str, Any] = {}
    cutoffs = []
    for place, candidates in enumerate(part.candidates):
        arrays |= {f"{place}/{name}": values for name, values in _arrays(candidates).items()}
        cutoffs.append({"continuous": bool(candidates.continuous), "day": part.days[place].isoformat()})
    about = {"keys": part.keys, "cutoffs": cutoffs, "fitted": dict(part.fitted)}
    arrays["about"] = np.frombuffer(orjson.dumps(about), dtype=np.uint8)
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **arrays)
    return file.getvalue()


def unpacked(data: bytes) -> CandidatesPart:
    """The part again; ValueError if these bytes are none."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as file:
            about = orjson.loads(file["about"].tobytes())
            values = {name: file[name].astype(np.float64) for name in file.files if name != "about"}
    except (OSError, KeyError, EOFError, zipfile.BadZipFile) as error:
        raise ValueError(f"not a part of candidates: {error}") from error
    return CandidatesPart(
        keys=tuple(about["keys"]),
        days=tuple(date.fromisoformat(cutoff["day"]) for cutoff in about["cutoffs"]),
        candidates=tuple(
            _candidates(values, place, bool(cutoff["continuous"])) for place, cutoff in enumerate(about["cutoffs"])
        ),
        fitted=about["fitted"],
    )


def _arrays(candidates: Candidates) -> dict[str, Any]:
    offsets = {
        **{f"spreads/{name}": spread for name, spread in candidates.spreads.items()},
        "spreads/reference": candidates.reference[:1],  # pooled: the same for every series
        **{f"shifts/{name}": path for name, path in candidates.shifts.items()},
        **{f"savings/{days}": saving for days, saving in candidates.savings.items()},
        **{f"later/{days}": saving for days, saving in candidates.later.items()},
        **({} if candidates.falls is None else {"falls": candidates.falls}),
    }
    return {
        "last": candidates.last,
        "spans": np.array(candidates.spans, dtype=np.float64),
        **{name: values.astype(np.float32) for name, values in offsets.items()},
    }


def _candidates(values: dict[str, Any], place: int, continuous: bool) -> Candidates:
    own = {name.partition("/")[2]: value for name, value in values.items() if name.startswith(f"{place}/")}

    def under(kind: str) -> dict[str, Any]:
        return {name.partition("/")[2]: value for name, value in own.items() if name.startswith(f"{kind}/")}

    spreads = under("spreads")
    return Candidates(
        cutoff=place,  # a place in the part; `join` sets it on a panel
        last=own["last"],
        spreads={**spreads, REFERENCE: np.repeat(spreads[REFERENCE], len(own["last"]), axis=0)},
        continuous=continuous,
        shifts=under("shifts"),
        savings={int(days): saving for days, saving in under("savings").items()},
        later={int(days): saving for days, saving in under("later").items()},
        falls=own.get("falls"),
        spans=tuple(own["spans"].astype(int).tolist()),
    )
