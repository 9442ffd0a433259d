"""A short private folder for locks and sockets, one a user."""

import os
import tempfile
from pathlib import Path


def runtime_folder() -> Path:
    """The folder, made at the first call; PermissionError if somebody else made it before us."""
    folder = Path(tempfile.gettempdir()) / f"oilwatch-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else; set TMPDIR to a folder of your own.")
    return folder
