"""The demo shop: a small web server on loopback that sells sixty invented oils and can be made to misbehave.

`POST /_misbehave {"asin": "B0DEM00001" or "*", "mode": "captcha", "times": 3}` switches a fault on; without
`times` it stays until the mode "ok" is sent. `GET /_log` says how often each product and path was requested.
"""

import json
import re
import sys
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

from scraping.demo import bad_connections, refusals
from scraping.demo.answers import Answer, product_answer
from scraping.demo.catalogue import BY_ASIN, PRODUCTS
from scraping.demo.history import history_csv
from scraping.demo.misbehaviour import EVERYTHING, Mode, Switchboard
from scraping.demo.picture import picture
from scraping.demo.place_dialogue import CHANGE, SELECTIONS, Places, new_session
from scraping.demo.search_page import matches, search_page
from scraping.demo.simulation import Simulation

_ASIN_IN_PATH = re.compile(r"/(?:dp|gp/product)/([A-Z0-9]{10})(?:/|$)")
_MAX_ORDER_BYTES = 4096
ROBOTS = "User-agent: *\nDisallow: /gp/cart\nDisallow: /gp/offer-listing/\nDisallow: /_\n"


def madrid_today() -> date:
    """Return the day it is where the demo shop delivers."""
    return datetime.now(ZoneInfo("Europe/Madrid")).date()


class DemoShopServer(ThreadingHTTPServer):
    """The shop's state: its prices, its faults, its log and its clock."""

    daemon_threads = True
    block_on_close = False  # a request that hangs on purpose must not hold up the end
    request_queue_size = 64

    def __init__(self, address: tuple[str, int], *, today: Callable[[], date] = madrid_today) -> None:
        super().__init__(address, _Handler)
        self.today = today
        self.simulation = Simulation()
        self.switchboard = Switchboard()
        self.places = Places()
        self.requests: Counter[str] = Counter()
        self.closing = threading.Event()
        self.lock = threading.Lock()

    @property
    def url(self) -> str:
        """Return the address to ask."""
        return f"http://{self.server_address[0]!s}:{self.server_address[1]}"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay silent about a client that went away; report everything else."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)

    def shutdown(self) -> None:
        """Stop serving, and let go of the requests that hang on purpose."""
        self.closing.set()
        super().shutdown()


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: DemoShopServer
    protocol_version = "HTTP/1.1"
    server_version = "DemoShop"
    sys_version = ""
    timeout = 120
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer a page, a search, a picture, the history or the log."""
        parts = urlsplit(self.path)
        product = _ASIN_IN_PATH.search(parts.path)
        with self.server.lock:
            self.server.requests[product.group(1) if product else parts.path] += 1
        if product:
            self._product(product.group(1))
        elif parts.path == "/s":
            self._search(parse_qs(parts.query))
        else:
            self._send(self._other(parts.path, parse_qs(parts.query)))

    def do_POST(self) -> None:
        """Switch a fault on or off, or set a session's delivery place."""
        path = urlsplit(self.path).path
        if path == CHANGE:
            self._send(self.server.places.change(self.headers, self._body()))
        elif path == "/_misbehave":
            self._misbehave()
        else:
            self._send(Answer(404, refusals.NOT_FOUND.encode()))

    def _body(self) -> bytes:
        length = self.headers.get("Content-Length", "0")
        return self.rfile.read(min(int(length), _MAX_ORDER_BYTES) if length.isdecimal() else 0)

    def _misbehave(self) -> None:
        try:
            order = json.loads(self._body())
            mode, times = Mode(order["mode"]), order.get("times")
            self.server.switchboard.switch(str(order["asin"]), mode, None if times is None else int(times))
        except (ValueError, KeyError, TypeError):
            reason = {
                "error": 'Send {"asin": "B0DEM..." or "*", "mode": ..., "times": n or null}.',
                "modes": list(Mode),
            }
            self._send(_json_answer(reason, status=400))
            return
        self._send(_json_answer({"asin": order["asin"], "mode": mode, "times": times}))

    def _product(self, asin: str) -> None:
        product = BY_ASIN.get(asin)
        if product is None:
            self._send(Answer(404, refusals.NOT_FOUND.encode()))
            return
        mode = self.server.switchboard.next_mode(asin)
        if mode in bad_connections.MODES:
            self.close_connection = True
            bad_connections.spoil(self, mode, self.server.closing)
            return
        place = self.server.places.line(self.headers)
        self._send(product_answer(self.server.simulation, product, today=self.server.today(), mode=mode, place=place))

    def _search(self, query: dict[str, list[str]]) -> None:
        mode = self.server.switchboard.next_mode(EVERYTHING)
        if mode is not Mode.OK and mode not in bad_connections.MODES:
            today = self.server.today()
            self._send(product_answer(self.server.simulation, PRODUCTS[0], today=today, mode=mode))
            return
        text = query.get("k", [""])[0]
        page = query.get("page", ["1"])[0]
        number = int(page) if page.isdecimal() and 0 < int(page) < 1000 else 1
        today, simulation = self.server.today(), self.server.simulation
        products = matches(simulation.products, text)
        html = search_page(products, lambda asin: simulation.offer(asin, today), words=text, page=number)
        self._send(Answer(200, html.encode()))

    def _other(self, path: str, query: dict[str, list[str]]) -> Answer:
        if path == "/robots.txt":
            return Answer(200, ROBOTS.encode(), content_type="text/plain;charset=UTF-8")
        if path == "/":
            return Answer(200, refusals.HOME.encode(), cookie=new_session())
        if path == SELECTIONS:
            return self.server.places.selections(self.headers)
        if path == "/_log":
            with self.server.lock:
                return _json_answer(dict(self.server.requests))
        if path == "/history.csv":
            months = query.get("months", ["18"])[0]
            text = history_csv(
                self.server.simulation,
                today=self.server.today(),
                months=min(int(months), 600) if months.isdecimal() else 18,
            )
            return Answer(200, text.encode(), content_type="text/csv;charset=UTF-8")
        if path.startswith("/image/"):
            asin = path.removeprefix("/image/").removesuffix(".svg")
            return Answer(200, picture(BY_ASIN.get(asin)).encode(), content_type="image/svg+xml")
        return Answer(404, refusals.NOT_FOUND.encode())

    def _send(self, answer: Answer) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        if answer.location:
            self.send_header("Location", answer.location)
        if answer.cookie:
            self.send_header("Set-Cookie", answer.cookie)
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Keep the terminal quiet: `/_log` counts."""

    def handle(self) -> None:
        """Serve the connection; a client that goes away is no error."""
        try:
            super().handle()
        except (ConnectionError, TimeoutError):
            self.close_connection = True


def _json_answer(data: object, status: int = 200) -> Answer:
    return Answer(status, json.dumps(data, sort_keys=True).encode(), content_type="application/json")
