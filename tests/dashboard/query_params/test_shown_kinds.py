"""Which kinds of price a chart shows, as its address says."""

import pytest

from dashboard.query_params.shown_kinds import SWITCHED, read_shown, switched


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        (None, ()),
        ("", ()),
        ("used,prime", ("prime", "used")),
        ("prime,prime,list,<b>", ("prime",)),
        ("x" * 5000, ()),
    ],
)
def test_it_is_read_with_care(named, shown):
    assert read_shown(named) == shown


@pytest.mark.parametrize("kind", SWITCHED)
def test_switched_twice_it_is_as_before(kind):
    once = read_shown(switched(("prime",), kind))
    assert (kind in once) == (kind != "prime")
    assert read_shown(switched(once, kind)) == ("prime",)
