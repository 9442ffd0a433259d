"""Grades of oil in five languages and in slugs; foods, soaps and vessels are other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraping.grade import Grade, read_grade

TITLES = {
    Grade.EXTRA_VIRGIN: [
        "Carbonell Aceite de Oliva Virgen Extra 1 L",
        "aceite-de-oliva-virgen-extra-hacendado-1-l",
        "AOVE Picual 5L",
        "Aceite de oliva V.E. 1L",
        "Aceite virgen extra Coosur 1 l",
        "Olio extravergine di oliva",
        "Olio extra vergine d'oliva 100% italiano",
        "Olio EVO 5 litri",
        "Huile d'olive vierge extra",
        "Natives Olivenöl Extra 5l",
        "Griechisches Olivenöl nativ extra",
        "Filippo Berio Extra Virgin Olive Oil",
        "EVOO cold pressed",
        "Global Blend Medium Extra Virgin Olive Oil, 3 Liter",
        "aceite-de-oliva-virgen-extra-carbonell-1-l|botella",
        "Azeite virgem extra",
        "Pack de 3 garrafas de aceite de oliva virgen extra",
    ],
    Grade.VIRGIN: ["Aceite de oliva virgen", "Huile d'olive vierge 1 L", "aceite-oliva-virgen-1-l", "Natives Olivenöl"],
    Grade.OLIVE: [
        "Aceite de oliva suave 0,4",
        "Olio di oliva",
        "Huile d'olive",
        "Olivenöl 1 L",
        "Pure Olive Oil",
        "Azeite 500 ml",
    ],
    Grade.POMACE: [
        "Aceite de orujo de oliva",
        "Olio di sansa di oliva",
        "Huile de grignons d'olive",
        "Oliventresteröl 5 L",
        "Olive pomace oil",
    ],
    Grade.SUNFLOWER: [
        "Aceite de girasol 5L",
        "Olio di girasole",
        "Huile de tournesol",
        "Sonnenblumenöl",
        "Sunflower Oil",
    ],
    Grade.OTHER: [
        "",
        "Mayonesa con aceite de oliva",
        "Mayonnaise with olive oil",
        "Atún en aceite de oliva virgen extra",
        "Tuna in extra virgin olive oil",
        "Thunfisch in Olivenöl",
        "Tonno all'olio di oliva",
        "Sardines à l'huile d'olive",
        "Jabón de aceite de oliva",
        "Olive oil soap",
        "Seife mit Olivenöl",
        "Ölspender für Olivenöl",
        "Aceitera para aceite de oliva virgen extra",
        "Coconut oil extra virgin",
        "Huile de coco vierge extra",
        "Aceite de oliva virgen extra con aroma de trufa",
        "Aceite de oliva y girasol",
        "Aceite corporal de oliva",
        "Cecotec Conga Excellence 990, Robot Aspirador",
        "Motor oil 5W30",
    ],
}


@pytest.mark.parametrize(("grade", "title"), [(grade, title) for grade, titles in TITLES.items() for title in titles])
def test_titles(grade: Grade, title: str) -> None:
    assert read_grade(title) is grade


@given(st.text(max_size=120))
def test_any_title_is_read_without_an_exception(title: str) -> None:
    assert read_grade(title) in Grade


@pytest.mark.parametrize(
    ("title", "grade"),
    [
        ("Aceite de oliva intenso 1º contiene aceites refinados y 50 % de virgen extra garrafa 5 l", Grade.OLIVE),
        ("Ondoliva aceite de oliva sabor suave botella 1 l", Grade.OLIVE),
        ("Aceite de oliva virgen extra hojiblanca sabor frutado ligero 750 ml", Grade.EXTRA_VIRGIN),
        ("Aceite de oliva sabor a ajo 250 ml", Grade.OTHER),
    ],
)
def test_taste_and_refining_are_told_from_aromas(title: str, grade: Grade) -> None:
    assert read_grade(title) is grade


@pytest.mark.parametrize(
    "title",
    [
        "Set regalo aceite de oliva virgen extra 250 ml y vinagre 250 ml",
        "Aceite de oliva virgen extra + vinagre de Jerez",
        "Olio extravergine di oliva e aceto balsamico",
        "Coffret huile d'olive vierge extra, tapenade",
        "Geschenkset Olivenöl & Balsamico",
        "Extra virgin olive oil and balsamic vinegar",
        "Aceite de oliva virgen extra y sal",
        "Set extra virgin olive oil, ideal with balsamic",
        "Botella para aceite de oliva virgen extra",
        "Geschenkkorb mit Olivenöl, Pasta und Wein",
    ],
)
def test_a_set_with_something_else_and_a_vessel_are_other(title: str) -> None:
    assert read_grade(title) is Grade.OTHER


@pytest.mark.parametrize(
    "title",
    [
        "Estuche regalo aceite de oliva virgen extra 500 ml",
        "Confezione regalo olio extravergine di oliva",
        "Coffret cadeau huile d'olive vierge extra",
        "Geschenkset mit Olivenöl nativ extra",
        "Extra virgin olive oil gift set 3 x 100 ml",
        "Aceite de oliva virgen extra ideal para pan, queso y vinagre",
        "AOVE sin sal y sin gluten",
        "Set AOVE 3 x 250 ml sin sal marina",
        "AOVE con notas de almendra y tomate",
        "Extra virgin olive oil, seed oil free, not refined",
        "Olio E.V.O. 1 L",
        "Olio extravergine 1 L",
    ],
)
def test_a_box_of_oil_what_it_is_good_for_and_how_it_tastes_stay_extra_virgin(title: str) -> None:
    assert read_grade(title) is Grade.EXTRA_VIRGIN
