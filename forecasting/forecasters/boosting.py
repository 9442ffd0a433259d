"""LightGBM, with an OpenMP runtime to run on.

Its wheel takes `libgomp.so.1` from the system, and a minimal Debian or Ubuntu has none. XGBoost's wheel carries one
under a name of its own (`libgomp-e985bcbb.so.1.0.0`); where the system has none, that one is loaded as `libgomp.so.1`.
"""

import ctypes
import os
import re
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, files
from types import ModuleType

import numpy as np
import numpy.typing as npt

RUNTIME = b"libgomp.so.1"
CARRIER = "xgboost-cpu"
BUNDLED_NAME = re.compile(rb"libgomp-[0-9a-f]+\.so[.0-9]*\0")


class NoOpenMP(RuntimeError):
    """There is no OpenMP runtime to be had; the message says what to install."""

    def __init__(self) -> None:
        super().__init__(
            "LightGBM needs the OpenMP runtime and this machine has none: "
            "on Debian or Ubuntu run `apt-get install libgomp1`, on Fedora `dnf install libgomp`."
        )


@cache
def boosting() -> ModuleType:
    """The library; raises NoOpenMP where it cannot run, so that forecasts never get worse unnoticed."""
    if sys.platform == "linux" and not _system_has_openmp():
        load_bundled_openmp()
    try:
        import lightgbm
    except OSError as error:
        raise NoOpenMP from error
    return lightgbm


def _system_has_openmp() -> bool:
    try:
        ctypes.CDLL(RUNTIME.decode())
    except OSError:
        return False
    return True


def load_bundled_openmp() -> None:
    """Load XGBoost's copy of libgomp as `libgomp.so.1`; raises NoOpenMP where there is no copy.

    The loader compares the name written inside a library (its SONAME) with the one LightGBM asks for, so the copy in
    memory gets the usual name before it is loaded; nothing is written to the disk.
    """
    try:
        places = [file.locate() for file in files(CARRIER) or () if file.name.startswith("libgomp-")]
    except PackageNotFoundError as error:
        raise NoOpenMP from error
    if not places:
        raise NoOpenMP
    with open(places[0], "rb") as file:  # noqa: PTH123 - `locate` promises no more than a path-like
        library = BUNDLED_NAME.sub(lambda name: RUNTIME.ljust(len(name[0]), b"\0"), file.read())
    memory = os.memfd_create("libgomp.so.1")
    with open(memory, "wb", closefd=False) as copy:
        copy.write(library)
    ctypes.CDLL(f"/proc/self/fd/{memory}", mode=ctypes.RTLD_GLOBAL)
    os.close(memory)


def sampled_rows(rows: int, most: int) -> npt.NDArray[np.int64]:
    """The places [at most `most`] of rows drawn at random, always the same, in order."""
    if rows <= most:
        return np.arange(rows)
    return np.sort(np.random.default_rng(0).choice(rows, most, replace=False))
