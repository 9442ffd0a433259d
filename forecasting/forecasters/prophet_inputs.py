"""What Prophet is given beside a product's prices: its country's holidays, promotion days and tax changes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol


class NamedDay(Protocol):
    """A day on which something happens every year; days of one name share one effect (see `PromotionDay`)."""

    @property
    def name(self) -> str:
        """What happens."""
        ...

    @property
    def day(self) -> date:
        """When."""
        ...


class DatedRatio(Protocol):
    """From `day` on a price is `ratio` times the one before (see `TaxStep`)."""

    @property
    def day(self) -> date:
        """The first day of the new price."""
        ...

    @property
    def ratio(self) -> float:
        """The new price over the old one."""
        ...


@dataclass(frozen=True, slots=True)
class ProphetInputs:
    """All that was known at the cutoff; everything may be missing.

    `country` is an ISO 3166 code (one that the `holidays` package does not know counts as none), `promotions` the
    days of sales, `taxes` the tax changes by series key: those of the past are regressors, announced ones are
    applied to the forecast from their day on.
    """

    country: str = ""
    promotions: Sequence[NamedDay] = ()
    taxes: Mapping[str, Sequence[DatedRatio]] = field(default_factory=dict)
