"""The sixty oils of the demo shop: invented brands, life-like packs, titles as Spanish shops write them."""

from dataclasses import dataclass
from decimal import Decimal

GRADE_NAMES = {
    "extra_virgin": "Aceite de Oliva Virgen Extra",
    "virgin": "Aceite de Oliva Virgen",
    "olive": "Aceite de Oliva Suave",
    "pomace": "Aceite de Orujo de Oliva",
    "sunflower": "Aceite de Girasol",
}


@dataclass(frozen=True, slots=True)
class DemoProduct:
    """One oil of the demo shop: `containers` of `container_litres` each."""

    asin: str
    title: str
    brand: str
    grade: str
    containers: int
    container_litres: Decimal
    packaging: str

    @property
    def litres(self) -> Decimal:
        """Return the litres of the whole pack."""
        return self.containers * self.container_litres


# brand|grade|what the title adds|containers|ml of one|packaging|how the title says the size
_ROWS = """
Valdeluz|extra_virgin|Picual|1|5000|pet|Garrafa 5 l
Valdeluz|extra_virgin|Picual|3|5000|pet|3 x 5 L
Valdeluz|extra_virgin|Cosecha Temprana|1|500|glass|Botella de Vidrio Oscuro 500 ml
Valdeluz|olive||1|5000|pet|Garrafa 5 l
Valdeluz|olive||12|1000|pet|12 x 1 l
Tres Cerros|extra_virgin|Hojiblanca|1|1000|pet|Botella 1 l
Tres Cerros|extra_virgin|Hojiblanca|12|1000|pet|Caja de 12 x 1 L
Tres Cerros|extra_virgin|Arbequina|6|750|glass|Pack de 6 botellas de 750 ml
Tres Cerros|virgin||1|5000|pet|Garrafa de 5 Litros
Tres Cerros|pomace||1|5000|pet|Garrafa 5 l
Cortijo Almenara|extra_virgin|Ecológico|1|3000|tin|Lata 3 L
Cortijo Almenara|extra_virgin|Ecológico|1|500|glass|500 ml
Cortijo Almenara|extra_virgin|Coupage|2|5000|pet|2 x 5 l
Cortijo Almenara|extra_virgin|Picual sin filtrar|4|500|glass|Pack 4 x 500 ml
Cortijo Almenara|olive|Intenso|3|5000|pet|3 x 5 L
Finca Robledal|extra_virgin|Arbequina|1|250|glass|Botella 250 ml
Finca Robledal|extra_virgin|Arbequina|6|250|glass|6 x 250 ml
Finca Robledal|extra_virgin|Arbequina|1|2000|pet|Garrafa 2 L
Finca Robledal|extra_virgin|Edición Limitada|1|500|glass|Botella de vidrio 500 ml con estuche
Finca Robledal|virgin||4|5000|pet|4 x 5 Litros
Doña Clemencia|extra_virgin||1|5000|pet|garrafa 5 l
Doña Clemencia|extra_virgin||15|1000|pet|Pack de 15 botellas de 1 l
Doña Clemencia|olive||1|1000|pet|Botella 1 l
Doña Clemencia|olive||3|1000|pet|Pack de 3 x 1 l
Doña Clemencia|sunflower||1|5000|pet|Garrafa 5 l
Doña Clemencia|sunflower|Alto Oleico|3|5000|pet|3 x 5 L
Molino Quintanar|extra_virgin|Cornicabra|1|5000|tin|Lata 5 l
Molino Quintanar|extra_virgin|Cornicabra|1|750|glass|Botella 750 ml
Molino Quintanar|extra_virgin|Cornicabra|12|250|glass|Caja 12 botellas x 250 ml
Molino Quintanar|virgin||1|2000|pet|Garrafa 2 litros
Molino Quintanar|pomace|para freír|4|5000|pet|4 garrafas de 5 l
La Vereda Alta|extra_virgin|Picual|1|5000|pet|Garrafa 5L
La Vereda Alta|extra_virgin|Picual|2|2000|pet|2 x 2 l
La Vereda Alta|extra_virgin|Primer Día de Cosecha|2|500|glass|2 botellas de 500 ml
La Vereda Alta|olive|Suave 0,4º|1|5000|pet|Garrafa 5 l
La Vereda Alta|sunflower||12|1000|pet|12 x 1 l
Oleum Ardila|extra_virgin|Verdial|1|3000|pet|Garrafa 3 l
Oleum Ardila|extra_virgin|Verdial|5|3000|pet|5 x 3 L
Oleum Ardila|extra_virgin|Manzanilla|1|500|glass|Botella Negra 500 ml
Oleum Ardila|olive||4|5000|pet|4 x 5 l
Oleum Ardila|pomace||3|5000|pet|3 x 5 L
Campo Zahira|extra_virgin|Ecológico Picual|1|5000|tin|Lata de 5 Litros
Campo Zahira|extra_virgin|Ecológico Picual|6|500|glass|Pack de 6 botellas de 500 ml
Campo Zahira|extra_virgin|Familiar|1|1000|pet|Botella 1 L
Campo Zahira|virgin||3|5000|pet|3 garrafas x 5 L
Campo Zahira|sunflower|Ecológico|1|1000|glass|Botella de vidrio 1 l
Hacienda Luciana|extra_virgin|Hojiblanca y Picual|1|5000|pet|Garrafa 5 l
Hacienda Luciana|extra_virgin|Hojiblanca y Picual|1|2000|pet|Garrafa 2 L
Hacienda Luciana|extra_virgin|Reserva|1|750|glass|Botella 75 cl
Hacienda Luciana|extra_virgin|Monodosis|120|20|sachet|120 x 20 ml
Hacienda Luciana|olive||1|5000|pet|Garrafa 5 l
Monte Jabalera|extra_virgin|Empeltre|1|5000|pet|Garrafa 5 l
Monte Jabalera|extra_virgin|Empeltre|3|2000|pet|3 x 2 L
Monte Jabalera|extra_virgin|Royal|1|500|glass|Botella 500 ml
Monte Jabalera|sunflower|Alto Oleico|1|5000|pet|Garrafa 5 l
Almazara del Cuco|extra_virgin||1|5000|pet|Garrafa de 5 l
Almazara del Cuco|extra_virgin||8|1000|pet|8 x 1 L
Almazara del Cuco|virgin||1|1000|pet|Botella 1 l
Almazara del Cuco|sunflower||15|1000|pet|15 x 1 L
Almazara del Cuco|pomace||1|1000|pet|Botella 1 L
"""


def _product(number: int, row: str) -> DemoProduct:
    brand, grade, addition, containers, millilitres, packaging, size = row.split("|")
    name = " ".join(part for part in (brand, GRADE_NAMES[grade], addition) if part)
    separator = " - " if number % 3 == 0 else ", "  # sellers agree on no punctuation
    return DemoProduct(
        asin=f"B0DEM{number:05d}",
        title=f"{name}{separator}{size}",
        brand=brand,
        grade=grade,
        containers=int(containers),
        container_litres=Decimal(millilitres) / 1000,
        packaging=packaging,
    )


PRODUCTS: tuple[DemoProduct, ...] = tuple(
    _product(number, row) for number, row in enumerate(_ROWS.strip().splitlines(), start=1)
)
BY_ASIN: dict[str, DemoProduct] = {product.asin: product for product in PRODUCTS}
