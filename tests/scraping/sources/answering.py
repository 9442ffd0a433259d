"""A small web server on loopback that answers what a test tells it to, and remembers what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit


@dataclass
class SentRequest:
    path: str
    query: dict[str, str]
    body: Any
    headers: dict[str, str]


@dataclass
class Answering:
    url: str = ""
    requests: list[SentRequest] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [each.path for each in self.requests]


@contextmanager
def answering(answer: Callable[[SentRequest], tuple[int, Any]]) -> Iterator[Answering]:
    """Serve `answer(what was asked) -> (status, JSON)`."""
    result = Answering()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length") or 0)
            body = json.loads(self.rfile.read(length)) if length else None
            parts = urlsplit(self.path)
            headers = {name.lower(): value for name, value in self.headers.items()}
            requested = SentRequest(parts.path, dict(parse_qsl(parts.query)), body, headers)
            result.requests.append(requested)
            status, data = answer(requested)
            raw = data if isinstance(data, bytes) else json.dumps(data).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

        def do_POST(self) -> None:
            self.do_GET()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    result.url = f"http://127.0.0.1:{server.server_address[1]}"
    try:
        yield result
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
