"""`make test`: every gate in turn, the cheap ones first; all of them run, and the first failure fails the whole."""

import os
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
DEPLOY = {"SECRET_KEY": "only-for-the-check-" + "x7Q" * 20, "ALLOWED_HOSTS": "oilwatch.example"}
PYTHON = sys.executable
GATES: list[tuple[str, list[str], dict[str, str]]] = [
    ("ruff check", ["ruff", "check", "."], {}),
    ("ruff format", ["ruff", "format", "--check", "."], {}),
    ("djlint", ["djlint", "templates", "dashboard", "--lint", "--check", "--quiet"], {}),
    ("import contracts", ["lint-imports"], {}),
    ("declared dependencies", ["deptry", "."], {}),
    ("types", ["mypy", "oilwatch", "scraping", "forecasting", "dashboard", "manage.py", "tests"], {}),
    ("check --deploy", [PYTHON, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], DEPLOY),
    ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"], {}),
    (
        "OpenAPI",
        [PYTHON, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", os.devnull],
        {},
    ),
    ("suite", [PYTHON, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-q"], {}),
]


def main() -> int:
    """Run the gates; the suite comes last, so that its closing line is the last thing to read."""
    os.environ["PATH"] = f"{Path(PYTHON).parent}{os.pathsep}{os.environ['PATH']}"
    os.environ["PYTHONWARNINGS"] = "ignore"
    failed = []
    for name, command, environment in GATES:
        begun = time.monotonic()
        done = subprocess.run(command, cwd=PROJECT, env={**os.environ, **environment}, check=False)
        outcome = "ok" if done.returncode == 0 else "FAILED"
        print(f"--- {name}: {outcome} in {time.monotonic() - begun:.0f} s", flush=True)
        if done.returncode:
            failed.append(name)
    if failed:
        print(f"FAILED: {', '.join(failed)}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
