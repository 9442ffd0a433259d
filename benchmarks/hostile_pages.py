"""What pages made to keep a reader busy cost: `python -m benchmarks.hostile_pages`.

Each is made at half and at whole size: a reader whose cost grows with the page takes twice as long for the whole.
"""

import time
from collections.abc import Callable

from scraping.amazon.page_record import page_record

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


def _seconds(page: bytes) -> float:
    """Processor time of one reading."""
    start = time.process_time()
    page_record("hostile", page)
    return time.process_time() - start


def section() -> str:
    """Return the figures as a section of the benchmark report."""
    figures = {name: (_seconds(page(0.5)), _seconds(page(1))) for name, page in HOSTILE.items()}
    slowest = max(figures, key=lambda name: figures[name][1])
    steepest = max(figures, key=lambda name: figures[name][1] / max(figures[name][0], 0.02))
    half, whole = figures[steepest]
    return (
        "## Pages made to keep a reader busy\n\n"
        f"{len(figures)} pages of up to 13 MB. The slowest ({slowest}) takes {figures[slowest][1]:.1f} s of processor "
        f"time; from half to whole size the cost grows most for {steepest}, {whole / max(half, 0.02):.1f} times.\n"
    )


if __name__ == "__main__":
    print(section())
