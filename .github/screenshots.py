"""`make screenshots`: the README's pictures, taken from the platform as a newcomer sees it.

It starts `manage.py up` with its demo in a home and on a port of its own, opens the pages in Debian's Chromium at fixed
sizes, in English, writes `.github/*.png` with few colours (each below 150 kB), and takes everything down again.
"""

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

PICTURES = Path(__file__).resolve().parent
PROJECT = PICTURES.parent
sys.path.insert(0, str(PROJECT))

from oilwatch.free_port import free_port  # noqa: E402 - found only once the project is on the path

MOST_BYTES = 150_000
FIRST_PORT = 8600
COLOURS = 256


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: of which page, how large and in which color scheme."""

    name: str
    path: str
    width: int
    height: int
    scheme: str = "light"
    scale: int = 1


PRODUCT = ".market tbody a[href^='/products/']"  # the first of the market's table
TAKEN = (
    Picture("market", "/", 1200, 860),
    Picture("product", PRODUCT, 1200, 860),
    Picture("phone", "/", 390, 844, scheme="dark", scale=2),
)


def main() -> int:
    """Take them all; 1 if one is too large."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser")
    if not browser:
        print("There is no chromium on this machine (Debian: apt install chromium).")
        return 1
    with platform() as url, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        sizes = [take(chromium, url, picture) for picture in TAKEN]
        chromium.close()
    return int(max(sizes) > MOST_BYTES)


@contextmanager
def platform() -> Iterator[str]:
    """The whole platform with its demo data, in a home that is gone afterwards; yields its address."""
    port = free_port(FIRST_PORT)
    with tempfile.TemporaryDirectory(prefix="oilwatch-") as home:
        env = {**os.environ, "OILWATCH_HOME": home, "PORT": str(port), "OILWATCH_DEMO": "true"}
        command = [sys.executable, "manage.py", "up"]
        with subprocess.Popen(command, cwd=PROJECT, env=env, stdout=subprocess.PIPE, text=True) as running:
            try:
                await_readiness(running)
                yield f"http://127.0.0.1:{port}"
            finally:
                running.send_signal(signal.SIGINT)
                running.communicate(timeout=60)


def await_readiness(running: "subprocess.Popen[str]") -> None:
    """Read what it prints until it says that it is ready."""
    for line in running.stdout or ():
        if not re.search(r"password", line):
            print(line, end="")
        if "oilwatch is ready" in line:
            return
    raise RuntimeError("The platform ended before it was ready; its last words are above.")


def take(chromium: Any, url: str, picture: Picture) -> int:
    """Write one picture; returns its bytes."""
    context = chromium.new_context(
        viewport={"width": picture.width, "height": picture.height},
        device_scale_factor=picture.scale,
        color_scheme=picture.scheme,
        locale="en-GB",
    )
    context.add_cookies([{"name": "tour", "value": "over", "url": url}])  # the page, not the offer to explain it
    page = context.new_page()
    page.goto(url if picture.path == PRODUCT else url + picture.path)
    if picture.path == PRODUCT:
        page.goto(url + page.locator(PRODUCT).first.get_attribute("href"))
    target = PICTURES / f"{picture.name}.png"
    page.screenshot(path=target)
    context.close()
    return compress(target)


def compress(target: Path) -> int:
    """Few colours suffice for a page of text and lines."""
    with Image.open(target) as drawn:
        few = drawn.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
    size = target.stat().st_size
    print(f"{target.relative_to(PROJECT)}: {few.width} x {few.height}, {size / 1000:.0f} kB")
    return size


if __name__ == "__main__":
    sys.exit(main())
