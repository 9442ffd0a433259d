"""The demo shop over real HTTP: its pages, its faults, its log, its end."""

import csv
import io
import os
import signal
import subprocess
import sys
import threading
from datetime import date

import pytest
import requests

from scraping.demo.misbehaviour import Mode
from scraping.demo.server import DemoShopServer

ASIN = "B0DEM00003"
TODAY = date(2025, 6, 15)


@pytest.fixture
def shop():
    server = DemoShopServer(("127.0.0.1", 0), today=lambda: TODAY)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def _get(shop, path=f"/dp/{ASIN}", **kwargs):
    return requests.get(shop.url + path, timeout=5, **kwargs)


def _misbehave(shop, mode, asin=ASIN, **more):
    answer = requests.post(f"{shop.url}/_misbehave", json={"asin": asin, "mode": mode, **more}, timeout=5)
    answer.raise_for_status()


def test_it_works(shop):
    answer = _get(shop)
    assert answer.status_code == 200
    assert "productTitle" in answer.text
    assert _get(shop, "/robots.txt").text.startswith("User-agent: *")
    assert _get(shop, "/s?k=aceite&page=2").text.count("s-search-result") > 10
    assert _get(shop, f"/image/{ASIN}.svg").headers["Content-Type"] == "image/svg+xml"


def test_the_log_counts_by_product(shop):
    _get(shop)
    _get(shop, f"/dp/{ASIN}?th=1&psc=1")
    assert _get(shop, "/_log").json()[ASIN] == 2


def test_the_history_holds_the_days_before_today_in_stock(shop):
    rows = list(csv.DictReader(io.StringIO(_get(shop, "/history.csv?months=2").text)))
    days = {row["date"] for row in rows}
    assert (min(days), max(days)) == ("2025-04-15", "2025-06-14")
    assert {row["series_id"] for row in rows} >= {ASIN}
    simulation = shop.simulation
    for row in rows[::97]:
        offer = simulation.offer(row["series_id"], date.fromisoformat(row["date"]))
        assert offer.in_stock
        assert row["price"] == f"{offer.price:.2f}"


@pytest.mark.parametrize("path", ["/dp/DEM9999999", "/nothing", "/dp/x", "/image/../../etc/passwd"])
def test_what_is_not_there(shop, path):
    assert _get(shop, path).status_code == 404


@pytest.mark.parametrize(
    ("mode", "status", "mark"),
    [
        ("captcha", 200, "captchacharacters"),
        ("soft_captcha", 200, "Click the button below"),
        ("waf", 202, "gokuProps"),
        ("error_503", 503, "kailey-kitty"),
        ("dogs_500", 500, "cs_503_link"),
        ("not_found", 404, "¿Buscas algo?"),
        ("home_page", 200, 'href="https://www.amazon.es/"'),
        ("wrong_location", 200, "Estados Unidos"),
        ("other_currency", 200, "$"),
        ("changed_layout", 200, "pricing-2027"),
        ("used_only", 200, "De 2ª mano"),
        ("no_featured_offer", 200, "Ver todas las opciones de compra"),
        ("select_variation", 200, "a-price-range"),
        ("wrong_content_type", 200, "%PDF"),
    ],
)
def test_pages_that_misbehave(shop, mode, status, mark):
    _misbehave(shop, mode)
    answer = _get(shop)
    answer.encoding = "utf-8"
    assert answer.status_code == status
    assert mark in answer.text
    assert _get(shop, "/dp/B0DEM00001").status_code == 200  # the others behave


def test_a_fault_for_some_requests_ends_by_itself(shop):
    _misbehave(shop, "error_503", asin="*", times=2)
    assert [_get(shop).status_code for _ in range(3)] == [503, 503, 200]


def test_all_behave_again_at_once(shop):
    _misbehave(shop, "captcha")
    _misbehave(shop, "ok", asin="*")
    assert "productTitle" in _get(shop).text


def test_bent_prices_differ_from_the_true_one(shop):
    true = shop.simulation.offer(ASIN, TODAY).price
    shown = {}
    for mode in ("price_drop_90", "decimal_slip"):
        _misbehave(shop, mode)
        text = _get(shop).text
        shown[mode] = float(text.split('"priceAmount": ')[1].split(",")[0])
    assert shown["price_drop_90"] == pytest.approx(float(true) / 10, abs=0.01)
    assert shown["decimal_slip"] == pytest.approx(float(true) * 100)


def test_redirects(shop):
    _misbehave(shop, "redirect_to_private")
    assert _get(shop, allow_redirects=False).headers["Location"].startswith("http://169.254.169.254/")
    _misbehave(shop, "redirect_loop")
    with pytest.raises(requests.TooManyRedirects):
        _get(shop)


def test_bad_connections(shop):
    _misbehave(shop, "reset")
    with pytest.raises(requests.ConnectionError):
        _get(shop)
    _misbehave(shop, "hang")
    with pytest.raises(requests.ReadTimeout):
        requests.get(f"{shop.url}/dp/{ASIN}", timeout=0.3)
    _misbehave(shop, "slow_body")
    with requests.get(f"{shop.url}/dp/{ASIN}", timeout=3, stream=True) as answer:
        assert len(answer.raw.read(1)) == 1
    for mode, least in (("huge_page", 2_000_000), ("gzip_bomb", 20_000_000)):
        _misbehave(shop, mode)
        with requests.get(f"{shop.url}/dp/{ASIN}", timeout=5, stream=True) as answer:
            read = 0
            for block in answer.iter_content(1_000_000):
                read += len(block)
                if read > least:
                    break
            assert read > least
    assert _get(shop, "/robots.txt").status_code == 200  # it still serves


@pytest.mark.parametrize("order", [b"", b"[]", b'{"asin": "*"}', b'{"asin": "*", "mode": "explode"}', b"\xff"])
def test_an_order_that_makes_no_sense_is_refused(shop, order):
    answer = requests.post(f"{shop.url}/_misbehave", data=order, timeout=5)
    assert answer.status_code == 400
    assert set(answer.json()["modes"]) == set(Mode)


@pytest.mark.processes
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_the_command_serves_and_ends_cleanly(number, tmp_path):
    process = subprocess.Popen(
        [sys.executable, "manage.py", "demo_shop", "--port", "0", "--today", "2025-06-15"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "OILWATCH_HOME": str(tmp_path), "SECRET_KEY": "x" * 50},
    )
    url = process.stdout.readline().split(" at ")[1].strip()
    assert "productTitle" in requests.get(f"{url}/dp/{ASIN}", timeout=5).text
    process.send_signal(number)
    _, errors = process.communicate(timeout=10)
    assert process.returncode == 0
    assert errors == ""
