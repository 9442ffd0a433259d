"""Sparklines: one scale for all, steps, holes, marks, escaped labels."""

import re
from datetime import date, timedelta

from bs4 import BeautifulSoup

from dashboard.charts.sparkline import HEIGHT, WIDTH, shared_scale, sparkline

DAY = date(2026, 5, 1)


def _path(*prices, skip=()):
    return [(DAY + timedelta(days=n), price) for n, price in enumerate(prices) if n not in skip]


def test_it_stays_in_its_box_and_marks_last_and_low():
    svg = sparkline(_path(10, 10, 8, 10, 30), shared_scale([_path(10, 9)]), label="a")
    numbers = [float(n) for n in re.findall(r"[MHV ]?(-?\d+\.?\d*)", re.search(r' d="([^"]+)"', svg).group(1))]
    assert max(numbers) <= WIDTH
    assert min(numbers) >= 0
    assert all(0 <= float(y) <= HEIGHT for y in re.findall(r'cy="([\d.]+)"', svg))
    assert svg.count("<circle") == 2


def test_prices_move_in_steps():
    path = re.search(r' d="([^"]+)"', sparkline(_path(10, 10, 12, 12), shared_scale([]), label="")).group(1)
    assert re.fullmatch(r"M[\d.]+ [\d.]+H[\d.]+V[\d.]+H[\d.]+", path)


def test_a_hole_lifts_the_pen():
    path = _path(*[10.0] * 12, skip=range(3, 9))
    assert sparkline(path, shared_scale([path]), label="").count("M") == 2


def test_the_scale_is_shared_and_keeps_small_moves_small():
    assert shared_scale([]).percent == 5
    assert shared_scale([_path(10, 10.01)]).percent == 5
    assert shared_scale([_path(10, 20)]).percent == 100


def test_a_hostile_label_stays_text():
    svg = sparkline(_path(1, 2), shared_scale([]), label='"><img src=x onerror=alert(1)>')
    assert BeautifulSoup(svg, "html.parser").find("img") is None
    assert sparkline([], shared_scale([]), label="") == ""
