"""The words that the glossary replaced are gone: from names in code, from prose, and from pages."""

import ast
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
# Parts of identifiers, as snake_case words.
OLD_NAMES = {
    *(
        "portfolio",
        "circumstances",
        "rehearse",
        "rehearsal",
        "rehearsals",
        "rehearsed",
        "lattice",
        "lessons",
        "everybody",
    ),
    *(
        "tempered",
        "lived",
        "hindsight",
        "judging",
        "doorbell",
        "errand",
        "errands",
        "desk",
        "deeds",
        "reckon",
        "reckoned",
    ),
    *("nought", "firing", "firings", "manners", "ended", "telling", "told", "said", "asked", "found", "brought"),
    *("spoken", "ring", "rung", "bell", "house", "elsewhere"),
}
OLD_MODULES = {
    *("kept", "may", "too_soon", "one_at_a_time", "turn", "patience", "portfolio", "circumstances", "compose"),
    *("elsewhere", "buying", "judging", "learning", "pages", "asked", "words", "telling", "doorbell"),
}
OLD_PROSE = re.compile(
    r"\b(doorbell|errands?|reckon\w*|nought|portfolio|rehears\w*|lattice|clairvoyant\w*|manners|firings?"
    r"|be told|call(s|ed)? off|what came of|work in hand|at origin|the house|pure rooms?)\b",
    re.IGNORECASE,
)
# The API, commands, stored values and other people's names keep theirs.
KEPT_NAMES = frozenset({"asked_at", "OILWATCH_RING_AGAIN_SECONDS", "not_found", "NOT_FOUND"})
KEPT_FIELDS = {"dashboard/api/channels.py": "ended"}
KEPT_PROSE = {
    "forecasting/evaluation/backtest.py": "lattice",
    "forecasting/management/commands/backtest.py": "lattice",
    "tests/forecasting/management/test_backtest.py": "lattice",
    "tests/dashboard/models/test_alert_migration.py": "firing",
}


def tracked(*patterns: str) -> Iterator[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=PROJECT, capture_output=True, text=True, check=True)
    for name in listed.stdout.split():
        if "/migrations/" not in name and name not in {"CHANGELOG.md", "tests/oilwatch/test_vocabulary.py"}:
            yield PROJECT / name


def names_in(tree: ast.AST) -> Iterator[tuple[int, str]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.lineno, node.id
        elif isinstance(node, ast.arg):
            yield node.lineno, node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            # a test's name is a sentence
            yield node.lineno, "" if node.name.startswith("test_") else node.name


def words_of(name: str) -> set[str]:
    return set(re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name).lower().split("_"))


@pytest.mark.skipif(not (PROJECT / ".git").exists(), reason="not a git checkout")
def test_no_name_in_code_is_an_old_word() -> None:
    names = [
        f"{path.relative_to(PROJECT)}:{line}: {name}"
        for path in tracked("*.py")
        for line, name in names_in(ast.parse(path.read_text(encoding="utf-8")))
        if words_of(name) & OLD_NAMES
        and name not in KEPT_NAMES
        and name != KEPT_FIELDS.get(str(path.relative_to(PROJECT)))
    ]
    assert names == []


@pytest.mark.skipif(not (PROJECT / ".git").exists(), reason="not a git checkout")
def test_no_module_or_package_has_an_old_name() -> None:
    paths = [path.relative_to(PROJECT) for path in tracked("*.py")]
    assert [path for path in paths if {path.stem, *path.parts[:-1]} & OLD_MODULES] == []


@pytest.mark.skipif(not (PROJECT / ".git").exists(), reason="not a git checkout")
def test_no_text_uses_an_old_word() -> None:
    hits = [
        f"{path.relative_to(PROJECT)}:{number}: {match.group(0)}"
        for path in tracked("*.py", "*.md", "*.html", "*.js", "Makefile", "*.toml")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        for match in OLD_PROSE.finditer(line)
        if match.group(0).lower() != KEPT_PROSE.get(str(path.relative_to(PROJECT)))
    ]
    assert hits == []
