"""Open a text file that may be compressed, counting its bytes and refusing a bomb."""

import gzip
import io
from collections.abc import Callable
from pathlib import Path

from scraping.errors import BadFile

MOST_BYTES = 2 * 1024**3  # after decompression


class _Counted(io.RawIOBase):
    """Reports to the progress bar how much of the file was read, and stops a compressed bomb."""

    def __init__(self, raw: io.BufferedIOBase, progress: Callable[[int], object], most: int) -> None:
        self._raw, self._progress, self._left, self._most = raw, progress, most, most

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        piece = self._raw.read(len(buffer))
        buffer[: len(piece)] = piece
        self._left -= len(piece)
        if self._left < 0:
            raise BadFile(f"The file is larger than {self._most / 1024**3:g} GiB; split it.")
        self._progress(len(piece))
        return len(piece)

    def close(self) -> None:
        self._raw.close()
        super().close()


def open_text(path: Path, progress: Callable[[int], object], *, most: int = MOST_BYTES) -> io.TextIOWrapper:
    """The file as UTF-8 text, plain or `.gz`; `progress` is told bytes, BadFile ends a file with more than `most`."""
    binary: io.BufferedIOBase = path.open("rb")
    if path.suffix == ".gz":
        binary = gzip.GzipFile(fileobj=binary)
    counted = io.BufferedReader(_Counted(binary, progress, most), buffer_size=1 << 18)
    return io.TextIOWrapper(counted, encoding="utf-8-sig", newline="")
