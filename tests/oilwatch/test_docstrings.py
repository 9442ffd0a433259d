"""Every public function of the pure core that takes or gives an array says its shape in its docstring."""

import ast
from collections.abc import Iterator
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
ARRAYS = ("Floats", "Bools", "Ordinals", "Days", "NDArray", "ndarray")


def public_functions(module: ast.Module | ast.ClassDef) -> Iterator[ast.FunctionDef]:
    for node in module.body:
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            yield from public_functions(node)
        elif isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
            yield node


def has_an_array(function: ast.FunctionDef) -> bool:
    given = [each.annotation for each in (*function.args.args, *function.args.kwonlyargs) if each.annotation]
    annotations = [*given, *([function.returns] if function.returns else [])]
    texts = [ast.unparse(annotation) for annotation in annotations]
    return any(name in text for text in texts for name in ARRAYS if "Callable" not in text)


def test_arrays_have_shapes() -> None:
    without = []
    for path in sorted((PROJECT / "forecasting").rglob("*.py")):
        functions = public_functions(ast.parse(path.read_text(encoding="utf-8")))
        silent = [each for each in functions if has_an_array(each) and "[" not in (ast.get_docstring(each) or "")]
        without += [f"{path.relative_to(PROJECT)}:{each.lineno} {each.name}" for each in silent]
    assert without == []
