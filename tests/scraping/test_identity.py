"""The same product after Amazon's usual edits of a title; another one after an ASIN was handed on."""

from decimal import Decimal

import pytest

from scraping.identity import ProductIdentity, compare_products, title_similarity

VACUUM = "Cecotec Conga Excellence 990, Robot Aspirador 4 en 1. iTech 3.0. Programable 24h. 5 Modos de Limpieza"
WINDOWS = (
    "Cecotec Robot Limpiacristales Windroid 880 SprayWater Smart Connected. 90 W, Pulveriza, Limpia y Seca, Control "
    "por App y Mando a Distancia, 4 Programas, Cable 5,5m, Incluye 12 Paños"
)
OIL = ProductIdentity("Carbonell Aceite de Oliva Virgen Extra, Garrafa 5 L", "Carbonell", Decimal(5))


def test_the_robot_that_became_another_robot() -> None:
    assessment = compare_products(ProductIdentity(VACUUM, "Cecotec"), ProductIdentity(WINDOWS, "Cecotec"))
    assert not assessment.same
    assert "titles share" in assessment.reasons[0]


@pytest.mark.parametrize(
    "title",
    [
        OIL.title,
        "CARBONELL Aceite de oliva virgen extra - Garrafa 5L",
        "Aceite de Oliva Virgen Extra Carbonell 5 L garrafa",
        "Carbonell Aceite de Oliva Virgen Extra, Garrafa 5 Litros, ideal para cocinar y aliñar, sabor intenso",
        "Carbonell - Aceite de Oliva Virgen Extra Original - 5 l",
    ],
)
def test_usual_edits_keep_the_product(title: str) -> None:
    assert compare_products(OIL, ProductIdentity(title, "Visita la tienda de Carbonell", Decimal(5))).same


@pytest.mark.parametrize(
    ("seen", "reason"),
    [
        (ProductIdentity(OIL.title.replace("5 L", "1 L"), "Carbonell", Decimal(1)), "volume went from 5 to 1"),
        (
            ProductIdentity("Carbonell Aceite de Oliva Virgen, Garrafa 5 L", "Carbonell", Decimal(5)),
            "grade went from extra_virgin",
        ),
        (ProductIdentity("Bosch Taladro percutor 650 W", "Bosch"), "titles share"),
        (ProductIdentity("", None), "titles share"),
    ],
)
def test_another_product(seen: ProductIdentity, reason: str) -> None:
    assessment = compare_products(OIL, seen)
    assert not assessment.same
    assert reason in " ".join(assessment.reasons)


def test_half_alike_titles_need_the_brand() -> None:
    known = ProductIdentity("Hojiblanca Aceite de Oliva Virgen Extra Selección Especial 1 L", "Hojiblanca", Decimal(1))
    seen = ProductIdentity("Coosur Aceite de Oliva Virgen Extra Gran Reserva Botella Cristal 1 L", "Coosur", Decimal(1))
    assert not compare_products(known, seen).same


def test_unknown_brand_and_litres_do_not_break() -> None:
    assert compare_products(OIL, ProductIdentity(OIL.title)).same


def test_similarity_is_symmetric_and_bounded() -> None:
    assert title_similarity(VACUUM, WINDOWS) == title_similarity(WINDOWS, VACUUM)
    assert title_similarity(VACUUM, VACUUM) == 1
    assert title_similarity("", "") == 1
    assert title_similarity("", OIL.title) == 0
