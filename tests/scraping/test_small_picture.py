"""Whatever is sent as a picture becomes a small WebP or is refused."""

import io
import struct
import zlib

import pytest
from PIL import Image

from scraping.small_picture import SIDE, NoPicture, small_picture


def encoded(size: tuple[int, int], form: str = "JPEG", mode: str = "RGB", **options: object) -> bytes:
    made = io.BytesIO()
    Image.new(mode, size, (200, 30, 30, 0)[: len(mode)]).save(made, form, **options)
    return made.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG that says it is very large, in a few bytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP", "GIF"])
def test_it_is_scaled_and_encoded_anew(form: str) -> None:
    made = Image.open(io.BytesIO(small_picture(encoded((1500, 900), form))))
    assert (made.format, made.size) == ("WEBP", (SIDE, 192))


def test_a_small_one_keeps_its_size_and_stands_on_white() -> None:
    made = Image.open(io.BytesIO(small_picture(encoded((50, 80), "PNG", "RGBA")))).convert("RGB")
    assert made.size == (50, 80)
    assert min(made.getpixel((25, 40))) > 250  # type: ignore[arg-type]


def test_nothing_else_of_the_file_is_kept() -> None:
    exif = Image.Exif()
    exif[0x010E] = "a secret place"
    assert b"secret" in encoded((40, 40), exif=exif)
    assert b"secret" not in small_picture(encoded((40, 40), exif=exif))


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<html>robot check</html>",
        encoded((400, 400))[:300],
        encoded((40, 40), "BMP"),
        bomb(30_000, 30_000),
        bomb(8_000, 6_000),
    ],
    ids=["nothing", "svg", "page", "cut off", "bmp", "bomb", "too many pixels"],
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NoPicture):
        small_picture(content)
