"""Measure and write RESULTS.md: `python -m benchmarks.run [NAME ...]`; with names the other sections stay as they were.

Every module here that defines `section() -> str` is measured, each in a process of its own: they set up houses of
their own, and none should find the memory or the caches of another.
"""

import ast
import os
import platform
import re
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).resolve().parent
RESULTS = FOLDER / "RESULTS.md"
HEAD = """# Figures

Written by `make bench` (or `python -m benchmarks.run NAME` for one section). Times are of the machine named under each
section, so ratios within one run are what to compare; goals are judged in the run itself.
"""
MARK = re.compile(r"^<!-- (\w+) -->\n(.*?)(?=^<!-- \w+ -->\n|\Z)", re.MULTILINE | re.DOTALL)


def names() -> list[str]:
    """The modules that can be measured."""
    return sorted(path.stem for path in FOLDER.glob("*.py") if path != Path(__file__).resolve() and _has_section(path))


def _has_section(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return any(isinstance(node, ast.FunctionDef) and node.name == "section" for node in tree.body)


def machine() -> str:
    """What it was measured on, without the names of hosts or folders."""
    info = Path("/proc/cpuinfo")
    models = re.findall(r"^model name\s*:\s*(.+)$", info.read_text(), re.MULTILINE) if info.exists() else []
    model = models[0] if models else platform.machine() or "an unknown processor"
    return f"{os.cpu_count()} cores of {model}, {platform.system()}, Python {platform.python_version()}"


def measure(name: str) -> str | None:
    """The section of one module with date and machine; None if it failed (its words are on stderr)."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "section.md"
        code = f"import pathlib, benchmarks.{name} as b; pathlib.Path({str(out)!r}).write_text(b.section())"
        environment = {**os.environ, "OMP_NUM_THREADS": "1", "PYTHONWARNINGS": "ignore"}
        begun = time.monotonic()
        done = subprocess.run([sys.executable, "-c", code], cwd=FOLDER.parent, env=environment, check=False)
        if done.returncode or not out.exists():
            return None
        took = time.monotonic() - begun
        text = out.read_text(encoding="utf-8").strip()
    today = datetime.now(tz=UTC).date()
    return f"{text}\n\nMeasured on {today} in {took:.0f} s: {machine()}.\n"


def stored_sections() -> dict[str, str]:
    """The sections RESULTS.md holds now."""
    text = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""
    return {name: body.strip() + "\n" for name, body in MARK.findall(text)}


def write(sections: dict[str, str]) -> None:
    """Write the report, sections in the order of their names."""
    parts = [f"<!-- {name} -->\n{sections[name]}" for name in sorted(sections)]
    RESULTS.write_text("\n".join([HEAD, *parts]), encoding="utf-8")


def main(wanted: list[str]) -> int:
    """Measure all, or those wanted; a section that fails keeps what stood there and fails the run."""
    known = names()
    if unknown := sorted(set(wanted) - set(known)):
        print(f"No benchmark is called {', '.join(unknown)}; there are {', '.join(known)}.", file=sys.stderr)
        return 2
    failed = []
    for name in wanted or known:
        print(f"--- {name}", flush=True)
        section = measure(name)
        if section is None:
            failed.append(name)
            continue
        print(section, flush=True)
        write({**stored_sections(), name: section})
    if failed:
        print(f"FAILED, and left as they were: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
