"""How many small faults planted in the rules the tests notice: `make mutants`.

Neither mutmut 3 nor cosmic-ray fits. mutmut changes nothing outside of functions, and the guards of the calibration are
constants there. cosmic-ray starts each mutant with a new interpreter (seconds of imports) and runs one and the same
command for every module. Neither draws a sample by a seed, and all 3,000 mutants would take hours.

Here a mutant is a changed syntax tree that a forked process imports in place of the file; no file is touched. First the
suites of both apps run once, unchanged, to see which test runs which function and how long it takes. Then each mutant
meets the tests that run its function, the quickest first, up to LONGEST seconds of them. So a survivor may still be
noticed by a slower test or a page's, and some mutants change nothing that anybody could see. It takes 20 to 25
minutes on one core and is no part of `make test`; the survivors are listed on stderr.
"""

import ast
import contextlib
import importlib
import json
import os
import random
import resource
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.planted_faults import Planted, faults
from benchmarks.tests_by_function import Ran, TestsByFunction, near

PROJECT = Path(__file__).resolve().parents[1]
STOCK_PROPHET = "tests/forecasting/management/test_backtest.py::test_stock_prophet_stands_beside_it_when_asked"
SEED, LONGEST, MEMORY = "oil", 4.0, 6 << 30
SHARE = float(os.environ.get("MUTANTS_SHARE", "1"))  # of the sample, for a quick look
PARTS = {  # how many faults are drawn from which files
    "forecasting/calibration": 32, "forecasting/selection": 14, "forecasting/policy": 10, "forecasting/evaluation": 12,
    "forecasting/features": 10, "forecasting/market": 8, "forecasting/candidates": 6, "forecasting": 12,
    "scraping/spells.py": 6, "scraping/services": 18,
}  # fmt: skip
LEFT_OUT = {"__init__", "admin", "apps", "tasks", "stock_prophet", "seed_demo"}  # no rules, a yardstick, made-up rows
SUITE = [
    *("tests/forecasting", "tests/scraping", "tests/test_own_spells.py"),
    *("--ignore=tests/scraping/amazon", "--ignore=tests/scraping/demo", "--deselect=" + STOCK_PROPHET),
]
OPTIONS = ["-q", "-n", "0", "-m", "not processes", "-p", "no:cacheprovider", "--hypothesis-seed=0", "--reuse-db"]
# What every fork would import again.
HEAVY = [
    "xdist",
    "hypothesis",
    "schemathesis",
    "faker",
    "pandas",
    "scipy.special",
    "lxml.html",
    "bs4",
    "celery",
    "dash",
]


@dataclass(frozen=True, slots=True)
class Drawn:
    """One fault of the sample."""

    part: str
    path: Path
    number: int

    def planted(self) -> tuple[Planted, int, str]:
        """The module with the fault in it, the line, and what was changed."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        fault = faults(tree)[self.number]
        fault.plant()
        module = ".".join(self.path.relative_to(PROJECT).with_suffix("").parts)
        return Planted(module, self.path, tree), fault.line, fault.what


def sample() -> Iterator[Drawn]:
    """The same faults each time, as long as the files stay the same."""
    for part, count in PARTS.items():
        place = PROJECT / part
        files = [place] if place.suffix else [file for file in sorted(place.glob("*.py")) if file.stem not in LEFT_OUT]
        every = [Drawn(part, file, n) for file in files for n in range(len(faults(ast.parse(file.read_text("utf-8")))))]
        chosen = random.Random(SEED + part).sample(range(len(every)), min(len(every), max(1, round(count * SHARE))))
        yield from (every[place] for place in sorted(chosen))


def meet(tests: Sequence[str], planted: Planted | None, *, limit: float, out: Path | None = None) -> str:
    """Run tests in a forked process, with the mutant in place of its module; how that ended."""
    child = os.fork()
    if child == 0:
        code = 99
        with contextlib.suppress(BaseException), Path(os.devnull).open("w", encoding="utf-8") as nowhere:
            os.setsid()
            for stream in (1, 2):
                os.dup2(nowhere.fileno(), stream)
            resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
            import pytest

            sys.meta_path[:0] = [planted] if planted else []
            plugins = [TestsByFunction(PROJECT, out)] if out else []
            code = int(pytest.main([*OPTIONS, *(["-x"] if planted else []), *tests], plugins=plugins))
        os._exit(code)
    until = time.monotonic() + limit
    while time.monotonic() < until:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return "survived" if os.waitstatus_to_exitcode(status) == 0 else "noticed"
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return "too long"


def section() -> str:
    """Return the figures as a section of the benchmark report; survivors are listed on stderr."""
    from tests import embedded_servers  # noqa: F401 - starts the servers that every fork uses

    for module in ("pytest", *HEAVY):
        importlib.import_module(module)
    outcomes: Counter[tuple[str, str]] = Counter()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["HYPOTHESIS_STORAGE_DIRECTORY"] = folder
        meet(SUITE, None, limit=1200, out=(out := Path(folder) / "ran.json"))
        ran = [Ran(**row) for row in json.loads(out.read_text(encoding="utf-8"))]
        for drawn in sample():
            planted, line, what = drawn.planted()
            tests, seconds = near(ran, drawn.path, line, LONGEST)
            outcome = meet(tests, planted, limit=30 + 3 * seconds) if tests else "not run by any test"
            outcomes[drawn.part, outcome] += 1
            print(f"{outcome}: {drawn.path.relative_to(PROJECT)}:{line} {what}", file=sys.stderr, flush=True)
    return "\n".join(_table(outcomes))


def _table(outcomes: Counter[tuple[str, str]]) -> Iterator[str]:
    yield "## Planted faults that the tests notice"
    yield ""
    yield "| part | planted | noticed | of these by a time-out | survived | in code no test here runs | score |"
    yield "|---|---|---|---|---|---|---|"
    total: Counter[str] = Counter()
    for part in [*PARTS, "all"]:
        counted = total if part == "all" else Counter({how: n for (where, how), n in outcomes.items() if where == part})
        total += counted if part != "all" else Counter()
        planted, noticed = counted.total(), counted["noticed"] + counted["too long"]
        counts = (
            f"{planted} | {noticed} | {counted['too long']} | {counted['survived']} | {counted['not run by any test']}"
        )
        yield f"| {part} | {counts} | {noticed / planted:.0%} |"
    yield ""
    yield (
        "A sample with a fixed seed: comparisons, arithmetic, and/or, conditions, numbers and returned values. Each "
        f"meets up to {LONGEST:.0f} s of the quickest tests that run its function; tests of pages are left out."
    )
    yield ""


if __name__ == "__main__":
    print(section())
