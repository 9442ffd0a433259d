"""A planted fault changes one thing a program does, and nothing that only people read."""

import ast
import importlib
import sys
from pathlib import Path

import pytest

from benchmarks.planted_faults import Planted, faults


def planted(code: str) -> list[str]:
    """The code with each of its faults in turn."""
    planted = []
    for number in range(len(faults(ast.parse(code)))):
        tree = ast.parse(code)
        faults(tree)[number].plant()
        planted.append(ast.unparse(ast.fix_missing_locations(tree)))
    return planted


@pytest.mark.parametrize(
    ("code", "changed"),
    [
        ("a < b", ["a <= b"]),
        ("a + b", ["a - b"]),
        ("a and b", ["a or b"]),
        ("LEAST = 3", ["LEAST = 4", "LEAST = 2"]),
        ("DAYS = 730", ["DAYS = 1460", "DAYS = 365"]),
        ("SHARE = 0.5", ["SHARE = 1.0", "SHARE = 0.25"]),
        ("if a:\n    b", ["if not a:\n    b"]),
        ("[x for x in a if x]", ["[x for x in a if not x]"]),
        ("def f():\n    return a", ["def f():\n    return None"]),
        ("def f(a: int[3]) -> int[4]:\n    'Words of 5.'", []),
        ("raise E(f'{a + 1}')", []),
        ("zip(a, b, strict=True)", []),
    ],
)
def test_each_fault_changes_one_thing(code: str, changed: list[str]) -> None:
    assert planted(code) == changed


def test_a_planted_module_is_imported_in_place_of_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "shelf_rule.py"
    path.write_text("LEAST = 3\n")
    monkeypatch.syspath_prepend(tmp_path)
    tree = ast.parse(path.read_text())
    faults(tree)[0].plant()
    monkeypatch.setattr(sys, "meta_path", [Planted("shelf_rule", path, tree), *sys.meta_path])
    assert importlib.import_module("shelf_rule").LEAST == 4
    monkeypatch.delitem(sys.modules, "shelf_rule")
    assert path.read_text() == "LEAST = 3\n"
