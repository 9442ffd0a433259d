"""What pages made to keep a reader busy cost: `python -m benchmarks.hostile_pages`.

Each is made at half and at whole size: a reader whose cost grows with the page takes twice as long for the whole.
"""

import time
from collections.abc import Callable

from scraping.amazon.page_record import page_record
from scraping.capture_page import strip_page

TITLE = b'<span id="productTitle">x</span>'
PRICE = TITLE + b'<div id="price">'
# A page by its name, as large as `share` of the whole.
HOSTILE: dict[str, Callable[[float], bytes]] = {
    "deep": lambda share: b"<div>" * int(20_000 * share) + b"<span id=productTitle>x</span>",
    "tables": lambda share: b"<table><tr><td>" * int(20_000 * share),
    "attributes": lambda share: b"<div " + b" ".join(b"a%d=1" % n for n in range(int(1_000_000 * share))) + b">",
    "same_id": lambda share: b"<div id=price>" * int(140_000 * share),
    "tags": lambda share: b"<a><b>" * int(1_000_000 * share),
    "inputs": lambda share: b'<input id="twister-plus-price-data-price" ' * int(100_000 * share),
    "brackets": lambda share: b"<" * int(9_000_000 * share),
    "ids": lambda share: b'id="price_inside_buybox"' * int(200_000 * share),
    "words": lambda share: TITLE + b'<div id="buybox">' + b"1 " * int(2_000_000 * share),
    "digits": lambda share: PRICE + b'<span id="priceblock_ourprice">' + b"9" * int(500_000 * share) + "€".encode(),
    "parens": lambda share: PRICE + b"(" * int(300_000 * share),
    "title": lambda share: b'<span id="productTitle">' + b"1 x " * int(50_000 * share) + b"</span>",
}
# The same for captured pages, which are stripped in a web process.
CAPTURE = b'<h1 id="productTitle">Aceite</h1><div id="dp">'
HOSTILE_CAPTURES: dict[str, Callable[[float], bytes]] = {
    "children": lambda share: CAPTURE + b'<div id="price">' + b"x<b>y</b>" * int(70_000 * share),
    "long_word": lambda share: CAPTURE + b'<div id="price">' + b"a" * int(4_000_000 * share) + b"@",
    "long_place": lambda share: CAPTURE + b'<span id="glow-ingress-line2">' + b"a" * int(400_000 * share),
    "places_in_places": lambda share: (
        CAPTURE + b'<div id="nav-x">' + b'<span id="glow-ingress-line2">' * 240 + b"1 a, " * int(600_000 * share)
    ),
}


def _seconds(read: Callable[[bytes], object], page: bytes) -> float:
    """Processor time of one reading."""
    start = time.process_time()
    read(page)
    return time.process_time() - start


def _read(page: bytes) -> object:
    return page_record("hostile", page)


def _sentence(pages: dict[str, Callable[[float], bytes]], read: Callable[[bytes], object]) -> str:
    """Which page costs most, and for which the cost grows most with its size."""
    figures = {name: (_seconds(read, page(0.5)), _seconds(read, page(1))) for name, page in pages.items()}
    slowest = max(figures, key=lambda name: figures[name][1])
    steepest = max(figures, key=lambda name: figures[name][1] / max(figures[name][0], 0.02))
    half, whole = figures[steepest]
    return (
        f"The slowest ({slowest}) takes {figures[slowest][1]:.1f} s of processor time; from half to whole size the "
        f"cost grows most for {steepest}, {whole / max(half, 0.02):.1f} times."
    )


def section() -> str:
    """Return the figures as a section of the benchmark report."""
    return (
        "## Pages made to keep a reader busy\n\n"
        f"{len(HOSTILE)} pages of up to 13 MB, read. {_sentence(HOSTILE, _read)}\n\n"
        f"{len(HOSTILE_CAPTURES)} captured pages of up to 4 MB, stripped. {_sentence(HOSTILE_CAPTURES, strip_page)}\n"
    )


if __name__ == "__main__":
    print(section())
