"""`manage.py products`: an id is found by words, with price and advice."""

import json

import pytest
from django.core.management import CommandError, call_command

from tests.dashboard.rows import forecast_of, priced_product
from tests.factories import ProductFactory, ShopFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def oils():
    shop = ShopFactory(name="corner")
    dear = priced_product(shop=shop, title="Picual de Jaén", price="60")
    cheap = priced_product(shop=shop, title="Picual de Martos", price="40")
    unread = ProductFactory(shop=shop, title="Picual sin leer")
    priced_product(shop=shop, title="Arbequina")
    return cheap, dear, unread


def test_every_word_must_match_and_the_cheapest_litre_comes_first(oils, capsys):
    call_command("products", "PICUAL")
    lines = capsys.readouterr().out.splitlines()
    assert [int(line.split()[0]) for line in lines] == [product.pk for product in oils]
    assert "€8.00/l" in lines[0]
    assert "€40.00" in lines[0]
    assert lines[0].endswith("Picual de Martos (corner)")
    assert "not read yet" in lines[2]
    call_command("products", "picual", "jaén")
    assert capsys.readouterr().out.split()[0] == str(oils[1].pk)


def test_as_json_with_the_sentence_of_the_page(oils, capsys, client):
    forecast_of(oils[0])
    call_command("products", "martos", "--json")
    printed = json.loads(capsys.readouterr().out)
    assert (printed["id"], printed["price"], printed["price_per_litre"]) == (oils[0].pk, "40.0000", "8.0000")
    page = client.get(f"/products/{oils[0].pk}/", headers={"host": "localhost"})
    assert printed["sentence"] == page.context["advice"].sentence


def test_what_is_left_out_is_said(oils, capsys):
    call_command("products", "picual", "--most", "2")
    captured = capsys.readouterr()
    assert len(captured.out.splitlines()) == 2
    assert captured.err == "... and 1 more: add a word, or --most N.\n"
    call_command("products", "picual", "--most", "3")
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (["nope"], "No product matches 'nope'."),
        (["--most", "0"], "--most must be from 1 to 1000, not 0."),
        (["--most", "1001"], "--most must be from 1 to 1000, not 1001."),
    ],
)
def test_a_wrong_request_says_what_is_wrong(oils, words, error):
    with pytest.raises(CommandError, match=error):
        call_command("products", *words)


def test_nothing_watched_yet_says_so():
    with pytest.raises(CommandError, match="There are no products yet: add one"):
        call_command("products")
