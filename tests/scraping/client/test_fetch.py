"""Both transports keep the same budgets against the misbehaving demo shop, over real HTTP."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from scraping.client import circuit_breaker
from scraping.client.curl_transport import fetch_with_curl
from scraping.client.errors import AddressForbidden, FetchFailed
from scraping.client.fetch import Answer, fetch, retry_after
from scraping.client.policy import Policy
from scraping.client.proxies import next_proxy, report_proxy
from scraping.client.transport import ask
from scraping.demo.misbehaviour import Mode
from scraping.demo.server import DemoShopServer

ASIN = "B0DEM00003"
Fetch = Callable[[str, Policy], Answer]


@pytest.fixture(params=[fetch, fetch_with_curl], ids=["requests", "curl"])
def transport(request: pytest.FixtureRequest) -> Fetch:
    if request.param is fetch_with_curl:
        pytest.importorskip("curl_cffi", reason="the extra `curl` is not installed")
    return request.param  # type: ignore[no-any-return]


def policy(server: DemoShopServer, **more: Any) -> Policy:
    place = server.url.removeprefix("http://")
    given: dict[str, Any] = {"hosts": frozenset({place}), "private_ok": frozenset({place})} | more
    return Policy(user_agent="oilwatch-test", **given)


def test_a_page(transport: Fetch, demo_server: DemoShopServer) -> None:
    answer = transport(f"{demo_server.url}/dp/{ASIN}", policy(demo_server))
    assert (answer.status, answer.content_type.split(";")[0]) == (200, "text/html")
    assert b"productTitle" in answer.body


@pytest.mark.parametrize(
    ("mode", "text"),
    [
        (Mode.SLOW_BODY, "1 s|no answer"),
        (Mode.HANG, "1 s|no answer"),
        (Mode.HUGE_PAGE, "larger than"),
        (Mode.GZIP_BOMB, "larger than"),
        (Mode.RESET, "no answer"),
        (Mode.REDIRECT_LOOP, "redirects"),
    ],
)
def test_every_budget_ends_the_exchange(transport: Fetch, demo_server: DemoShopServer, mode: Mode, text: str) -> None:
    demo_server.switchboard.switch(ASIN, mode)
    # The server hangs or drips until the client gives up: that this ends at all is the budget's doing.
    with pytest.raises(FetchFailed, match=text):
        transport(f"{demo_server.url}/dp/{ASIN}", policy(demo_server, page_seconds=1.0))
    assert demo_server.requests[ASIN] == 1 or mode in {Mode.RESET, Mode.REDIRECT_LOOP}


def test_a_redirect_may_not_leave_the_shop(transport: Fetch, demo_server: DemoShopServer) -> None:
    demo_server.switchboard.switch(ASIN, Mode.REDIRECT_TO_PRIVATE)
    with pytest.raises(AddressForbidden, match=r"169\.254"):
        transport(f"{demo_server.url}/dp/{ASIN}", policy(demo_server))


def test_loopback_is_refused_unless_it_is_the_demo_shop(transport: Fetch, demo_server: DemoShopServer) -> None:
    with pytest.raises(AddressForbidden, match="not a public address"):
        transport(f"{demo_server.url}/dp/{ASIN}", policy(demo_server, private_ok=frozenset()))
    assert demo_server.requests[ASIN] == 0


def test_an_answer_is_not_asked_for_twice(transport: Fetch, demo_server: DemoShopServer) -> None:
    demo_server.switchboard.switch(ASIN, Mode.ERROR_503)
    assert transport(f"{demo_server.url}/dp/{ASIN}", policy(demo_server)).status == 503
    assert demo_server.requests[ASIN] == 1


def test_retry_after_is_read_as_seconds_or_as_a_date() -> None:
    assert retry_after(503, "120") == 120
    soon = format_datetime(datetime.now(UTC) + timedelta(seconds=90))
    assert 80 < (retry_after(429, soon) or 0) <= 90
    assert retry_after(200, "120") is None
    assert retry_after(503, None) is None


@given(st.text(max_size=40))
@example("0\x1f")
def test_no_header_breaks_it(header: str) -> None:
    assert (retry_after(503, header) or 0) >= 0


def test_a_shop_that_asks_to_wait_is_left_alone_by_all() -> None:
    circuit_breaker.hold("shop", 100)
    assert 95 < circuit_breaker.seconds_to_wait("shop") <= 101
    circuit_breaker.hold("shop", 10**9)
    assert circuit_breaker.seconds_to_wait("shop") <= 3601


def test_proxies_take_turns_and_rest_after_three_failures(settings: Any) -> None:
    settings.OILWATCH_PROXIES = ["http://a:1", "http://b:2"]
    assert {next_proxy(), next_proxy()} == {"http://a:1", "http://b:2"}
    for _ in range(3):
        report_proxy("http://a:1", well=False)
    assert {next_proxy() for _ in range(4)} == {"http://b:2"}
    report_proxy("http://a:1", well=True)
    assert {next_proxy() for _ in range(4)} == {"http://a:1", "http://b:2"}


def test_all_proxies_resting_still_hides_our_address(settings: Any) -> None:
    settings.OILWATCH_PROXIES = ["http://a:1"]
    for _ in range(3):
        report_proxy("http://a:1", well=False)
    assert next_proxy() == "http://a:1"


def test_asking_through_a_dead_proxy_fails_and_is_noted(settings: Any, demo_server: DemoShopServer) -> None:
    settings.OILWATCH_PROXIES = ["http://127.0.0.1:9"]
    with pytest.raises(FetchFailed):
        ask(f"{demo_server.url}/dp/{ASIN}", policy(demo_server, private_ok=frozenset()))
    assert demo_server.requests[ASIN] == 0
