"""Small faults in a syntax tree, and the import of a changed tree in place of its file."""

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import spec_from_loader
from pathlib import Path
from types import CodeType
from typing import Any

PAIRS = [
    (ast.Lt, ast.LtE), (ast.Gt, ast.GtE), (ast.Eq, ast.NotEq), (ast.In, ast.NotIn), (ast.Is, ast.IsNot),
    (ast.And, ast.Or), (ast.Add, ast.Sub), (ast.Mult, ast.Div), (ast.BitAnd, ast.BitOr), (ast.USub, ast.UAdd),
]  # fmt: skip
OTHER = {a: b for one, two in PAIRS for a, b in ((one, two), (two, one))} | {ast.Pow: ast.Mult, ast.FloorDiv: ast.Div}
UNSEEN = {"strict", "slots", "frozen", "eq", "kind"}  # arguments whose change no caller can tell
TUNING = "PARAMETERS"  # of a library's learner: chosen by benchmarks, not by rules
TYPES = {"ndarray", "dtype", "tuple", "Literal"}


@dataclass(frozen=True)
class Fault:
    """One change of a tree: a field of a node gets another value."""

    node: ast.AST
    field: str
    value: Any
    what: str

    def plant(self) -> None:
        """Change the tree."""
        setattr(self.node, self.field, self.value)

    @property
    def line(self) -> int:
        """Where it is."""
        return int(getattr(self.node, "lineno", 0) or self.node.iter.lineno)  # type: ignore[attr-defined]


def faults(tree: ast.AST) -> list[Fault]:
    """Every fault that can be planted in the tree, always in the same order."""
    return [fault for node in _code(tree) for fault in _of(node)]


def _code(node: ast.AST) -> Iterator[ast.AST]:
    """The node and those under it that do something: no annotations, decorators, types or messages."""
    if isinstance(node, ast.JoinedStr | ast.Raise) or (isinstance(node, ast.keyword) and node.arg in UNSEEN):
        return
    if isinstance(node, ast.Subscript) and ast.unparse(node.value).split(".")[-1] in TYPES:
        return
    if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == TUNING:
        return
    yield node
    for name, value in ast.iter_fields(node):
        if name not in {"annotation", "returns", "decorator_list"}:
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.AST):
                    yield from _code(child)


def _of(node: ast.AST) -> Iterator[Fault]:
    if isinstance(node, ast.Compare):
        for place, op in enumerate(node.ops):
            changed = [*node.ops[:place], OTHER[type(op)](), *node.ops[place + 1 :]]
            yield Fault(node, "ops", changed, f"{type(op).__name__} to {OTHER[type(op)].__name__}")
    elif isinstance(node, ast.BinOp | ast.BoolOp | ast.UnaryOp | ast.AugAssign) and type(node.op) in OTHER:
        other = OTHER[type(node.op)]
        yield Fault(node, "op", other(), f"{type(node.op).__name__} to {other.__name__}")
    elif isinstance(node, ast.If | ast.IfExp | ast.While):
        yield Fault(node, "test", ast.UnaryOp(ast.Not(), node.test), "condition negated")
    elif isinstance(node, ast.comprehension) and node.ifs:
        yield Fault(node, "ifs", [ast.UnaryOp(ast.Not(), node.ifs[0]), *node.ifs[1:]], "filter negated")
    elif isinstance(node, ast.Return) and node.value and not _is_none(node.value):
        yield Fault(node, "value", ast.Constant(None), "None returned")
    elif isinstance(node, ast.Constant):
        for value in _numbers(node.value):
            yield Fault(node, "value", value, f"{node.value} to {value}")


def _is_none(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value is None


def _numbers(value: object) -> Sequence[int | float]:
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, int):
        return [value + 1, value - 1] if abs(value) <= 10 else [value * 2, value // 2]
    return [value * 2, value / 2] if isinstance(value, float) and value else []


class Planted(MetaPathFinder, SourceFileLoader):
    """Finds and loads one module from a changed tree; the file and its bytecode stay as they are."""

    def __init__(self, module: str, path: Path, tree: ast.Module) -> None:
        """Name the module and what it becomes."""
        super().__init__(module, str(path))
        self.tree = ast.fix_missing_locations(tree)

    def find_spec(self, fullname: str, path: object = None, target: object = None) -> ModuleSpec | None:
        """Answer for the one module."""
        return spec_from_loader(fullname, self, origin=self.path) if fullname == self.name else None

    def get_code(self, fullname: str) -> CodeType:
        """The changed tree, compiled."""
        return compile(self.tree, self.path, "exec")
