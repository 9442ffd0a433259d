"""What Prophet is given beside prices: a country's holidays, promotion days, tax changes and the producer price."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Protocol

from forecasting.series import Series

PRODUCER_PRICE = "producer_price"  # the code of what is kept with a curve, and the name of Prophet's column


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

    @property
    def announced(self) -> date | None:
        """The day it became known; None: it was always known."""
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
    applied to the forecast from their day on. `producer_price` is the one that was known on each day (see
    `producer_price_known`); `grades` names each series' grade: which of them follow it is decided grade by grade.
    """

    country: str = ""
    promotions: Sequence[NamedDay] = ()
    taxes: Mapping[str, Sequence[DatedRatio]] = field(default_factory=dict)
    producer_price: Series | None = None
    grades: Mapping[str, str] = field(default_factory=dict)

    def promotions_known(self, today: date) -> tuple[tuple[str, date], ...]:
        """Name and day of the promotion days that had been announced by the end of `today`."""
        return tuple((day.name, day.day) for day in self.promotions if day.announced is None or day.announced <= today)
