"""Keras on JAX, on one thread of the processor; imported when it is first needed. Needs `.[lstm]`.

Keras takes its backend from the environment or from a file in the home folder, and writes that file where there is
none: while it is imported it gets settings of our own, and the user's stand as before afterwards.
"""

from __future__ import annotations

import importlib.util
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from types import ModuleType

PACKAGES = ("keras", "jax", "jaxlib")
# One thread: a worker is given one core, and sums come out the same however many the machine has.
SETTINGS = {"KERAS_BACKEND": "jax", "JAX_PLATFORMS": "cpu", "PJRT_NPROC": "1"}


class NoKeras(ImportError):
    """Keras on JAX cannot be used here; the message says what to do."""


def available() -> bool:
    """Whether Keras and JAX are installed; imports neither."""
    return all(importlib.util.find_spec(name) is not None for name in PACKAGES)


@cache
def keras_and_jax() -> tuple[ModuleType, ModuleType]:
    """Both modules, ready to compute; raises NoKeras."""
    if not available():
        raise NoKeras("The LSTM needs Keras and JAX: pip install .[lstm]")
    if "keras" in sys.modules and sys.modules["keras"].backend.backend() != "jax":
        raise NoKeras(
            "Keras runs on another backend in this process; the LSTM needs it on JAX: use a process of its own"
        )
    with tempfile.TemporaryDirectory() as folder, _environment(SETTINGS | {"KERAS_HOME": folder}):
        import jax
        import keras

        jax.devices()  # the threads are started here
    return keras, jax


@contextmanager
def _environment(settings: dict[str, str]) -> Iterator[None]:
    """These variables for a moment; what stood before stands again."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
