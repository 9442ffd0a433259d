"""Which kinds of price a chart shows, as its address says."""

import pytest

from dashboard.query_params.shown_kinds import ON_A_PRODUCT, ON_AN_INDEX, SWITCHED, read_shown, switched, written


@pytest.mark.parametrize(
    ("named", "shown"),
    [
        (None, ("list", "fan")),
        ("", ("list", "fan")),
        ("used,prime", ("list", "fan", "prime", "used")),
        ("prime,prime,list,<b>", ("list", "fan", "prime")),
        ("-list,pack2", ("fan", "pack2")),
        ("-list,-fan,-prime", ()),
        ("x" * 5000, ("list", "fan")),
    ],
)
def test_it_is_read_with_care(named, shown):
    assert read_shown(named) == shown


@pytest.mark.parametrize("kind", SWITCHED)
def test_switched_twice_it_is_as_before(kind):
    shown = ("list", "prime")
    once = read_shown(switched(shown, kind))
    assert (kind in once) == (kind not in shown)
    assert read_shown(switched(once, kind)) == shown


def test_the_usual_is_not_written():
    assert written(ON_A_PRODUCT) == ""
    assert read_shown("-producer_price", ON_AN_INDEX) == ("fan",)
    assert read_shown("-origin", ON_AN_INDEX) == ("fan",), "links from before the name changed"
