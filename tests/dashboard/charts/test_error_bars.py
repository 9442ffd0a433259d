"""The chart of error bars: each interval where it is, what is too far cut off with an arrow, names escaped."""

from dashboard.charts.error_bars import MOST, ErrorBar, error_bars_svg
from dashboard.texts.formats import percent


def drawn(*bars: ErrorBar) -> str:
    return error_bars_svg(bars, label="<errors>", zero="no change", percent=percent)


def test_an_interval_and_its_dot() -> None:
    svg = drawn(ErrorBar("event", -0.2, -0.25, 0.1, "cheaper", "−20%"))
    assert svg.count("<circle") == 1
    assert svg.count("<line") == 4, "no difference, the interval and its two ends"
    assert '<g class="error-cheaper">' in svg
    assert "−20%" in svg
    assert "<errors>" not in svg


def test_without_an_interval_there_is_only_the_dot() -> None:
    svg = drawn(ErrorBar("<event>", 0.0, None, None, "level", "0%"))
    assert (svg.count("<circle"), svg.count("<line")) == (1, 1)
    assert "<event>" not in svg


def test_what_is_too_far_is_an_arrow_at_the_edge() -> None:
    svg = drawn(
        ErrorBar("far", 2.0, 1.5, 2.5, "dearer", "+200%"), ErrorBar("low", -0.9, -0.95, -0.5, "cheaper", "−90%")
    )
    assert (svg.count("<circle"), svg.count("<path")) == (0, 2)
    assert percent(MOST) in svg
