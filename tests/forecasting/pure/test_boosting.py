"""A machine without OpenMP's runtime still forecasts."""

import builtins
from collections.abc import Callable
from typing import Any

import pytest

from forecasting.forecasters.boosting import boosting
from forecasting.panel import Panel
from forecasting.pipeline import forecast_catalogue
from tests.forecasting.pure.test_portfolio import catalogue_of


@pytest.fixture
def no_libgomp(monkeypatch: pytest.MonkeyPatch) -> Any:
    real = builtins.__import__

    def refuse(name: str, *args: Any, **kwargs: Any) -> Any:
        if name == "lightgbm":
            raise OSError("libgomp.so.1: cannot open shared object file")
        return real(name, *args, **kwargs)

    monkeypatch.setattr(builtins, "__import__", refuse)
    boosting.cache_clear()
    yield
    boosting.cache_clear()


def test_it_works_without(no_libgomp: None, shelves: Callable[..., Panel]) -> None:
    assert boosting() is None
    assert forecast_catalogue(catalogue_of(shelves()), horizon=7).products
