"""Where everything lives that is not code: databases, artefacts, logs, the generated secret key."""

import os
from pathlib import Path


def home() -> Path:
    """The folder named by OILWATCH_HOME, else `var/` in the project."""
    named = os.environ.get("OILWATCH_HOME")
    return Path(named).resolve() if named else Path(__file__).resolve().parents[2] / "var"
