"""Where messages arrive in the tests: a small real mail server and a small real web server on loopback."""

import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class MailSink:
    """A mail server; `answer` is what it says after DATA, and None hangs up there."""

    port: int = 0
    answer: str | None = "250 taken"
    mails: list[EmailMessage] = field(default_factory=list)


@contextmanager
def mail_sink() -> Iterator[MailSink]:
    sink = MailSink()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            self.say("220 sink")
            while line := self.rfile.readline():
                match line[:4].upper().strip():
                    case b"DATA":
                        self.say("354 go on")
                        body = b""
                        while (more := self.rfile.readline()) not in (b".\r\n", b""):
                            body += more.removeprefix(b".") if more.startswith(b"..") else more
                        sink.mails.append(message_from_bytes(body, policy=policy.default))
                        if sink.answer is None:
                            return
                        self.say(sink.answer)
                    case b"QUIT":
                        self.say("221 bye")
                        return
                    case _:
                        self.say("250 ok")

        def say(self, text: str) -> None:
            self.wfile.write(f"{text}\r\n".encode())

    with _served(socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)) as sink.port:
        yield sink


@dataclass
class WebSink:
    """A web server that keeps what it is sent; `status` is its answer, and None hangs up after reading."""

    port: int = 0
    status: int | None = 200
    headers: dict[str, str] = field(default_factory=dict)
    before: Any = None
    bodies: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.port}/secret-path"


@contextmanager
def web_sink() -> Iterator[WebSink]:
    sink = WebSink()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            sink.bodies.append(self.rfile.read(int(self.headers.get("Content-Length") or 0)))
            if sink.before:
                sink.before()
            if sink.status is None:
                return
            self.send_response(sink.status)
            for name, value in sink.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()

        do_GET = do_POST  # noqa: N815

        def log_message(self, *_args: Any) -> None: ...

    with _served(ThreadingHTTPServer(("127.0.0.1", 0), Handler)) as sink.port:
        yield sink


@contextmanager
def _served(server: socketserver.TCPServer) -> Iterator[int]:
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield server.server_address[1]
    finally:  # a test that fails inside would else leave a thread that pytest waits for, for ever
        server.shutdown()
        thread.join()
        server.server_close()
