"""Which test runs which function of the project, and how long it takes."""

import ast
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest


@dataclass(slots=True)
class Ran:
    """One test: its seconds, whether it passed, and the first lines of what it ran, by file."""

    test: str
    seconds: float = 0.0
    passed: bool = True
    lines: dict[str, list[int]] = field(default_factory=dict)


class TestsByFunction:
    """Pytest plugin that writes what each test ran."""

    __test__ = False

    def __init__(self, project: Path, out: Path) -> None:
        """Name what is measured and where to write."""
        self.project, self.out = str(project), out
        self.ran: dict[str, Ran] = {}

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """Follow every call while a test runs."""
        seen: set[CodeType] = set()

        def follow(frame: FrameType, event: str, _arg: Any) -> None:
            if event == "call":
                seen.add(frame.f_code)

        sys.settrace(follow)  # answers None: no line of a function is followed, which would be slow
        try:
            return (yield)
        finally:
            sys.settrace(None)
            lines = self._of(item).lines
            for code in seen:
                if code.co_filename.startswith(self.project):
                    lines.setdefault(code.co_filename, []).append(code.co_firstlineno)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Add one stage of one test."""
        ran = self._of(report)
        ran.seconds += report.duration
        ran.passed &= report.outcome == "passed"

    def pytest_sessionfinish(self) -> None:
        """Write it all down."""
        self.out.write_text(json.dumps([asdict(ran) for ran in self.ran.values()]), encoding="utf-8")

    def _of(self, one: pytest.Item | pytest.TestReport) -> Ran:
        return self.ran.setdefault(one.nodeid, Ran(one.nodeid))


def near(ran: Sequence[Ran], path: Path, line: int, longest: float) -> tuple[list[str], float]:
    """The quickest tests that run the function around a line (outside of functions: the file), and their seconds."""
    first, last = _around(path, line)
    tests = [one for one in ran if one.passed and any(first <= at <= last for at in one.lines.get(str(path), []))]
    chosen, total = [], 0.0
    for one in sorted(tests, key=lambda one: one.seconds):
        if not chosen or total + one.seconds <= longest:
            chosen.append(one.test)
            total += one.seconds
    return chosen, total


def _around(path: Path, line: int) -> tuple[int, int]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef) and node.lineno <= line <= (node.end_lineno or line):
            return min([node.lineno, *(one.lineno for one in node.decorator_list)]), node.end_lineno or line
    return 2, sys.maxsize
