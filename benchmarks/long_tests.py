"""The exhaustive tests in their short and their long form: `python -m benchmarks.run long_tests` (eight minutes)."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[1]
COUNT = re.compile(r"(\d+) (passed|failed|skipped|errors?)\b")


def section() -> str:
    """The part of the benchmark report on tests that have two forms, as Markdown."""
    files = sorted(
        str(path.relative_to(PROJECT))
        for path in (PROJECT / "tests").rglob("test_*.py")
        if "from tests.long_form import" in path.read_text(encoding="utf-8")
    )
    rows = ["| form | command | result | s |", "|---|---|---|---|"]
    for form, command, switch in (("short", "make test", "0"), ("long", "make test-long", "1")):
        began = time.perf_counter()
        done = subprocess.run(
            [sys.executable, "-m", "pytest", "-n", "2", "--dist", "loadgroup", "-q", "-p", "no:cacheprovider", *files],
            cwd=PROJECT,
            env={**os.environ, "OILWATCH_LONG_TESTS": switch},
            stdout=subprocess.PIPE,
            text=True,
            check=False,
        )
        took = time.perf_counter() - began
        result = ", ".join(" ".join(pair) for pair in COUNT.findall(done.stdout.splitlines()[-1]))
        rows.append(f"| {form} | `{command}` | {result} | {took:.0f} |")
    names = ", ".join(f"`{Path(name).stem}`" for name in files)
    return "\n".join(["## Tests in two forms", "", f"On two workers, these files alone: {names}.", "", *rows, ""])


if __name__ == "__main__":
    print(section())
