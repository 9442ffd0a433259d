"""Where everything lives that is not code: databases, artefacts, logs, the generated secret key."""

import os
import tempfile
from pathlib import Path


def home() -> Path:
    """The folder named by OILWATCH_HOME, else `var/` in the project."""
    named = os.environ.get("OILWATCH_HOME")
    return Path(named).resolve() if named else Path(__file__).resolve().parents[2] / "var"


def runtime_folder() -> Path:
    """The folder, made at the first call; PermissionError if somebody else made it before us."""
    folder = Path(tempfile.gettempdir()) / f"oilwatch-{os.getuid()}"
    folder.mkdir(mode=0o700, exist_ok=True)
    if folder.stat().st_uid != os.getuid():
        raise PermissionError(f"{folder} belongs to somebody else; set TMPDIR to a folder of your own.")
    return folder
