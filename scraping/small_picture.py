"""A picture as somebody sends it, made small and harmless: decoded, scaled down and encoded anew. Pure."""

import io
import warnings

from PIL import Image, UnidentifiedImageError

SIDE = 320  # pixels, the longer one
QUALITY = 80
MOST_PIXELS = 40_000_000  # a small file can hold a picture that fills the memory
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")


class NoPicture(ValueError):
    """These bytes are no picture that is shown."""


def small_picture(content: bytes) -> bytes:
    """The picture as WebP of at most 320 pixels a side, on white, without anything else that was in the file.

    NoPicture where it is none, of another kind, or too large to be decoded.
    """
    try:
        scaled = _decoded(content)
    except (Image.DecompressionBombWarning, Image.DecompressionBombError) as error:
        raise NoPicture("too many pixels") from error
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError) as error:
        raise NoPicture("not a picture that can be read") from error
    scaled.thumbnail((SIDE, SIDE))
    paper = Image.new("RGB", scaled.size, "white")
    paper.paste(scaled, mask=scaled.getchannel("A"))
    made = io.BytesIO()
    paper.save(made, "WEBP", quality=QUALITY, method=4)
    return made.getvalue()


def _decoded(content: bytes) -> Image.Image:
    with warnings.catch_warnings():
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        with Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise Image.DecompressionBombError
            picture.draft("RGB", (2 * SIDE, 2 * SIDE))
            return picture.convert("RGBA")
