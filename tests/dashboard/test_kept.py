"""What is costly is reckoned once; what was not there yet is looked for again."""

from typing import Any

import pytest

from dashboard.kept import kept


@pytest.mark.parametrize(("found", "times"), [({"a": 1}, 1), ([1], 1), ({}, 2), ([], 2), (None, 2)])
def test_only_something_is_kept(found: Any, times: int) -> None:
    reckoned = []

    def reckon() -> Any:
        reckoned.append(found)
        return found

    assert [kept("a test of kept", reckon, seconds=60) for _ in range(2)] == [found, found]
    assert len(reckoned) == times
