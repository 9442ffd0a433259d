"""The same oil in another size: false siblings are worse than none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraping.demo.catalogue import PRODUCTS
from scraping.same_oil import oil_words, same_oil


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Carbonell aceite de oliva suave botella 1 l", "Carbonell aceite de oliva suave botella de 3 l"),
        ("Borges aceite de oliva suave 04 botella 1 l", "Borges aceite de oliva suave 04 garrafa 5 l"),
        ("Valdeluz Aceite de Oliva Virgen Extra Picual, 3 x 5 L", "Valdeluz Aceite Oliva Virgen Extra Picual - 5l"),
        ("Tres Cerros Hojiblanca, Caja de 12 x 1 L", "Tres Cerros Hojiblanca, Pack de 6 botellas de 750 ml"),
        ("Oro del Sur AOVE 500ml x 12", "ORO DEL SUR AOVE, 2,5 litros"),
        ("Cornicabra, Caja 12 botellas x 250 ml", "Cornicabra - Lata 5 l"),
        ("Marqués Arbequina 6 × 0,75 l", "Marques arbequina 75 cl"),
    ],
)
def test_only_the_size_differs(title, other):
    assert same_oil(title, other)


@pytest.mark.parametrize(
    ("title", "other"),
    [
        ("Valdeluz Virgen Extra Picual 5 l", "Valdeluz Virgen Extra Arbequina 5 l"),
        ("Valdeluz Virgen Extra Picual 5 l", "Valdeluz Virgen Extra Picual sin filtrar 500 ml"),
        ("Campo Zahira Ecológico botella de vidrio 1 l", "Campo Zahira Ecológico botella 1 l"),
        ("La Masía suave 0,4 1 l", "La Masía intenso 1 1 l"),
        ("Hacendado gran selección 1 l", "Hacendado 1 l"),
        ("Aceite 5 l", "Aceite de girasol 5 l"),
        ("5 l", "1 l"),
        ("", ""),
    ],
)
def test_another_oil_is_no_sibling(title, other):
    assert not same_oil(title, other)


def test_the_brand_counts_where_a_title_leaves_it_out():
    assert same_oil("Picual 1 l", "Valdeluz Picual 5 l", brand="Valdeluz", other_brand="VALDELUZ")
    assert not same_oil("Picual 1 l", "Picual 5 l", brand="Valdeluz", other_brand="Tres Cerros")


def test_the_demo_shops_siblings_differ_in_size_alone():
    for one in PRODUCTS:
        for other in PRODUCTS:
            if same_oil(one.title, other.title):
                assert (one.brand, one.grade) == (other.brand, other.grade)


@given(st.text(max_size=80), st.text(max_size=80))
def test_it_is_mutual_and_nothing_breaks_it(title, other):
    assert same_oil(title, other) == same_oil(other, title)
    assert same_oil(title, title) == bool(oil_words(title))
