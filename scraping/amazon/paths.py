"""XPath that answers with elements only, and with a word for "has this class"."""

from collections.abc import Callable
from typing import cast

from lxml import etree

Finder = Callable[[etree._Element], list[etree._Element]]


def finder(path: str) -> Finder:
    """Compile a path to elements; `{name}` in braces stands for "has the class name"."""
    compiled = etree.XPath(_with_classes(path))

    def find(around: etree._Element) -> list[etree._Element]:
        """Return the elements on the path from this one."""
        return cast("list[etree._Element]", compiled(around))

    return find


def _with_classes(path: str) -> str:
    """Replace every {name} by the test for that class."""
    pieces = path.split("{")
    steps = pieces[0]
    for piece in pieces[1:]:
        name, _, rest = piece.partition("}")
        steps += f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')" + rest
    return steps
