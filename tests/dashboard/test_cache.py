"""What is costly is computed once; what was not there yet is looked for again."""

from typing import Any

import pytest

from dashboard.cache import get_or_compute


@pytest.mark.parametrize(("result", "times"), [({"a": 1}, 1), ([1], 1), ({}, 2), ([], 2), (None, 2)])
def test_only_something_is_kept(result: Any, times: int) -> None:
    computed = []

    def compute() -> Any:
        computed.append(result)
        return result

    assert [get_or_compute("a test of kept", compute, seconds=60) for _ in range(2)] == [result, result]
    assert len(computed) == times
