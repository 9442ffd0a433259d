"""Litres in titles, tables and unit prices; what contradicts itself is no answer."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scraping.volume import UnitPrice, read_volume


@pytest.mark.parametrize(
    ("title", "litres", "pack"),
    [
        ("Aceite de oliva virgen extra garrafa 5L", "5", 1),
        ("Aceite 3 x 5 L", "15", 3),
        ("3x5L", "15", 3),
        ("3 × 5 litros", "15", 3),
        ("Pack de 6 botellas de 750 ml", "4.5", 6),
        ("2 x 1000 ml (2 litros)", "2", 2),
        ("500ml x 12", "6", 12),
        ("Pack 4 unidades 1L", "4", 4),
        ("0,75 l", "0.75", 1),
        ("Botella 75 cl", "0.75", 1),
        ("25.4 fl oz (750 ml)", "0.75", 1),
        ("Pompeian 101 FL OZ", "2.987", 1),
        ("Olio extravergine 5 litri latta, 30 x 20 cm", "5", 1),
        ("Huile d'olive, bidon 5L", "5", 1),
        ("6 bouteilles 75cl", "4.5", 6),
        ("Olivenöl, Kanister 5 l", "5", 1),
        ("5-Liter-Kanister", "5", 1),
        ("6 Flaschen à 0,75 l", "4.5", 6),
        ("Olivenöl 6er Pack (6 x 1 l)", "6", 6),
        ("12 x 1 L = 12L", "12", 12),
        ("1 L (Pack de 3)", "3", 3),
        ("Extra Virgin Olive Oil, Pack of 2 500ml", "1", 2),
        ("PACK 15L (3 garrafas de 5 litros)", "15", 3),
        ("Confezione da 3 bottiglie da 1 L", "3", 3),
        ("Aceite 1.000 ml", "1", 1),
        ("Huile 1 000 ml", "1", 1),
        ("Aceite 1/2 litro", "0.5", 1),
        ("aceite-de-oliva-virgen-extra-hacendado-1-l", "1", 1),
        ("aceite-de-oliva-0-75-l", "0.75", 1),
        ("Aceite de oliva virgen extra 5 kg", "5.459", 1),
        ("Azeite virgem extra 500 ml, embalagem de 6", "3", 6),
        ("Aceite Hojiblanca 5 litros (Caja de 3 Garrafas)", "15", 3),
        ("Pack de 2 unidades de 500ml - Total 1L", "1", 2),
        ("Natives Olivenöl, 1er Pack (1 x 1 l)", "1", 1),
        ("Organic Extra Virgin Olive Oil, 48 Fl Oz (Pack of 1)", "1.42", 1),
        ("Olive Oil 1Lt 3-Pack", "3", 3),
        ("Aceite, 1 Lata x 2.5L", "2.5", 1),
        ("Garrafa de 5 litros. Cosecha 2024/2025", "5", 1),
    ],
)
def test_titles(title: str, litres: str, pack: int) -> None:
    volume = read_volume(title)
    assert volume is not None
    assert (volume.litres, volume.pack, volume.agreed) == (Decimal(litres), pack, False)


@pytest.mark.parametrize(
    "title",
    [
        "",
        "Aceite de oliva",
        "Aceite 1 L + 500 ml",
        "Extra Virgin Olive Oil 750mL & 500mL",
        "3 x 1 L, pack de 2",
        "2 x 6 L o 3 x 5 L",
        "aceite-1-5-l",
        "Aceite, pack de 6",
        "Atún en aceite 5 kg",
        "Cable de 5 m",
        "Aceite 90000 l",
        "0 x 5 L",
    ],
)
def test_unsure_is_none(title: str) -> None:
    assert read_volume(title) is None


def litre_price(amount: str, unit: str = "l", per: str = "1") -> UnitPrice:
    return UnitPrice(Decimal(amount), "EUR", Decimal(per), unit)


def test_the_unit_price_confirms_the_title() -> None:
    volume = read_volume("Garrafa 5 L", unit_price=litre_price("8.59"), price=Decimal("42.95"))
    assert volume is not None
    assert (volume.litres, volume.evidence, volume.agreed) == (Decimal(5), ("title", "unit_price"), True)


def test_per_hundred_millilitres_too() -> None:
    volume = read_volume("Botella 500 ml", unit_price=litre_price("1.40", "ml", "100"), price=Decimal("6.99"))
    assert volume is not None
    assert volume.agreed


def test_the_unit_price_against_the_title_is_no_answer() -> None:
    assert read_volume("Aceite 1 L", unit_price=litre_price("8.59"), price=Decimal("42.95")) is None


def test_the_unit_price_decides_for_the_table_where_the_title_is_silent() -> None:
    rows = {"Volumen del artículo": "5 Litros"}
    volume = read_volume("Aceite familiar", table_rows=rows, unit_price=litre_price("8.59"), price=Decimal("42.95"))
    assert volume is not None
    assert volume.evidence == ("table", "unit_price")


def test_the_unit_price_alone_is_rounded_to_a_bottle() -> None:
    volume = read_volume("Aceite familiar", unit_price=litre_price("9.32"), price=Decimal("6.99"))
    assert volume is not None
    assert (volume.litres, volume.agreed) == (Decimal("0.75"), False)


def test_a_piece_is_no_litre() -> None:
    volume = read_volume("Garrafa 5 L", unit_price=litre_price("42.95", "count"), price=Decimal("42.95"))
    assert volume is not None
    assert volume.evidence == ("title",)


@pytest.mark.parametrize(
    ("value", "agreed"), [("1 Litros", True), ("3 litros", True), ("1000 Mililitros", True), ("2 l", None)]
)
def test_tables_may_give_the_bottle_or_all(value: str, agreed: bool | None) -> None:
    volume = read_volume("Aceite 3 x 1 L", table_rows={"Volumen del artículo": value})
    assert (volume and volume.agreed) == agreed


def test_rows_about_other_things_are_not_volumes() -> None:
    volume = read_volume("Garrafa 5 L", table_rows={"Peso del producto": "4,8 l", "Marca": "3 l"})
    assert volume is not None
    assert volume.evidence == ("title",)


SIZES = st.sampled_from(["0.25", "0.5", "0.75", "1", "2", "3", "5"])


@given(
    SIZES,
    st.integers(2, 24),
    st.sampled_from(["{n} x {s} L", "{s} l x {n}", "Pack de {n} botellas de {s} litros", "{n}x{c} cl"]),
)
def test_packs_multiply(size: str, count: int, form: str) -> None:
    litres = Decimal(size)
    title = form.format(n=count, s=size.replace(".", ","), c=int(litres * 100))
    volume = read_volume(f"Aceite de oliva {title}")
    assert volume is not None
    assert (volume.litres, volume.pack) == (litres * count, count)


@given(st.text(max_size=120))
def test_any_title_is_read_without_an_exception(title: str) -> None:
    volume = read_volume(title)
    assert volume is None or Decimal("0.005") <= volume.litres <= 1000


@pytest.mark.parametrize(
    ("title", "litres", "pack"),
    [
        ("Aceite 1 l + 25 % gratis", "1.25", 1),
        ("Aceite 1 l + 25 % gratis (1,25 l)", "1.25", 1),
        ("Aceite 25 % gratis: 1,25 l en vez de 1 l", "1.25", 1),
        ("Huile 1,1 L dont 10 % offert", "1.1", 1),
        ("Pack 3 x 1 L + 20 % gratis", "3.6", 3),
        ("3L Kanister + 1x 250ml gratis", "3.25", 2),
        ("5 L + 2 botellas 250 ml de regalo", "5.5", 3),
        ("750 ml + 250 ml gratis", "1", 1),
        ("5 L + 1 L gratis, total 6 L", "6", 1),
        ("3+1 gratis, 1 L", "4", 4),
        ("6 botellas de 1 L + 1 botella gratis", "7", 7),
        ("Garrafa 5 L, envío gratis", "5", 1),
        ("Oil 1 L, gluten free", "1", 1),
        ("Oil 1 L with bottle BPA free", "1", 1),
        ("5 L + 20% descuento", "5", 1),
    ],
)
def test_what_comes_for_nothing_is_added(title: str, litres: str, pack: int) -> None:
    volume = read_volume(title)
    assert volume is not None
    assert (volume.litres, volume.pack) == (Decimal(litres), pack)


UNCLEAR = [
    "Garrafa 5 L + botella de regalo",
    "Kanister 5 l + Gratisflasche",
    "Aceite 5 L + 20 %",
    "Aceite 25 % gratis 1,25 l",
    "5 L + 1 L gratis, total 7 L",
    "5 L + 20 % gratis + 250 ml de regalo",
    "5 L + 20 % gratis + botella de regalo",
    "500 ml + 500 ml + 250 ml gratis",
    "500 ml + 500 ml, pack de 3",
    "2 x 5 L, garrafa 3 L",
    "Garrafa 5 L + 1 botella gratis",
    "Oferta 3x2 aceite 1 L",
    "Buy 2 get 1 free, oil 1 L",
    "4 x (6 x 1 l)",
    "6 x 750 ml + 750 ml + 1 L",
    "Monodosis de aceite 10 ml",
    "Pack de 6 monodosis y 12 sobres 10 ml",
    "Caja de 12 botellas, 6 L",
    "Caja de 6 botellas, 5 L",
    "300 botellas de 1 L",
    "250 ml Picual, 250 ml Arbequina, 250 ml Royal",
    "AOVE 5L picual y royal 5L",
    "Aceite de oliva 250 ml y vinagre 250 ml",
    " + ".join(["5 L"] * 20),
]


@pytest.mark.parametrize("title", UNCLEAR)
def test_an_unclear_title_is_no_answer_whatever_else_the_page_says(title: str) -> None:
    rows = {"Volumen del artículo": "5 Litros"}
    assert read_volume(title) is None
    assert read_volume(title, table_rows=rows) is None
    assert read_volume(title, table_rows=rows, unit_price=litre_price("8.59"), price=Decimal("42.95")) is None


def test_an_unclear_row_says_nothing() -> None:
    rows = {"Volumen del artículo": "5 litros o 3 litros", "Tamaño": "5 L"}
    volume = read_volume("Aceite familiar", table_rows=rows)
    assert volume is not None
    assert volume.litres == 5


@pytest.mark.parametrize(
    ("title", "litres", "pack"),
    [
        ("500 ml + 500 ml", "1", 2),
        ("1 L + 500 ml (1,5 L)", "1.5", 2),
        ("Picual 500 ml y AOVE Arbequina 500 ml", "1", 2),
        ("Garrafa 5 L, picual y arbequina, 5 L", "5", 1),
        ("2 cajas de 6 botellas de 750 ml", "9", 12),
        ("12 botellas, 6 L en total", "6", 12),
        ("Doppelpack 750 ml", "1.5", 2),
        ("tres botellas de 1 L", "3", 3),
        ("olio ml. 500 x 6", "3", 6),
        ("half gallon", "1.893", 1),
        ("1'5 L", "1.5", 1),
        ("500 ml (19,96 € / 1 l)", "0.5", 1),
        ("500 monodosis de 10 ml", "5", 500),
        ("3/4 l", "0.75", 1),
    ],
)
def test_other_ways_to_write_a_size(title: str, litres: str, pack: int) -> None:
    volume = read_volume(title)
    assert volume is not None
    assert (volume.litres, volume.pack) == (Decimal(litres), pack)


PIECES = [*"x 2 + 25 % gratis botellas y total = ( ) monodosis sobres kg".split(), "5 l", "1 L", "250 ml", "3 x", "0 l"]  # noqa: SIM905


@given(st.lists(st.sampled_from([*PIECES, "25 %", "de regalo", "pack de", "1/2 l"]), max_size=14))
def test_any_order_of_size_words_is_read_without_an_exception(pieces: list[str]) -> None:
    volume = read_volume("Aceite de oliva " + " ".join(pieces))
    assert volume is None or (volume.litres > 0 and volume.pack >= 1)
