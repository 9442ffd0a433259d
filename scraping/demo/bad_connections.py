"""The faults that spoil the connection itself: silence, resets, drips and floods."""

import gzip
import socket
import struct
import threading
from functools import cache
from http.server import BaseHTTPRequestHandler

from scraping.demo.misbehaviour import Mode

MODES = frozenset({Mode.SLOW_BODY, Mode.HUGE_PAGE, Mode.GZIP_BOMB, Mode.HANG, Mode.RESET})
_MEGABYTE = 1024 * 1024
HUGE_MEGABYTES = 64
BOMB_MEGABYTES = 1024


def spoil(handler: BaseHTTPRequestHandler, mode: Mode, closing: threading.Event) -> None:
    """Answer in the given bad way, until the client gives up or the server closes."""
    match mode:
        case Mode.HANG:
            closing.wait()
        case Mode.RESET:
            # A linger of zero seconds makes the kernel send RST instead of FIN.
            handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            handler.connection.close()
        case Mode.SLOW_BODY:
            _begin(handler)
            while not closing.wait(1.0):
                handler.wfile.write(b" ")
        case Mode.HUGE_PAGE:
            _begin(handler)
            for _ in range(HUGE_MEGABYTES):
                handler.wfile.write(b"<!-- oil -->" * (_MEGABYTE // 12))
        case Mode.GZIP_BOMB:
            _begin(handler, encoding="gzip")
            for _ in range(BOMB_MEGABYTES // 16):
                handler.wfile.write(_sixteen_megabytes_of_nothing())


def _begin(handler: BaseHTTPRequestHandler, encoding: str = "") -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html;charset=UTF-8")
    handler.send_header("Connection", "close")
    if encoding:
        handler.send_header("Content-Encoding", encoding)
    handler.end_headers()


@cache
def _sixteen_megabytes_of_nothing() -> bytes:
    return gzip.compress(bytes(16 * _MEGABYTE))  # 16 kB; gzip members may follow each other
