"""Pages as somebody who is signed in sees them: the demo shop's, with a person's data planted all over."""

from datetime import date
from decimal import Decimal

from scraping.demo.answers import product_answer
from scraping.demo.catalogue import BY_ASIN, PRODUCTS, DemoProduct
from scraping.demo.misbehaviour import Mode
from scraping.demo.simulation import Simulation

ASIN = PRODUCTS[2].asin
SECRETS = (
    *("Ana", "García", "ana.garcia@example.org", "612 345 678", "+34 915 550 123", "Calle Mayor 5"),
    *("csrf-7f3c9e", "session-123-4567890", "A3CUSTOMER99", "Lista de Ana", "Comprado el 3 de junio", "4111"),
)
_HEAD = """<script>var ue_sid='session-123-4567890', customerId='A3CUSTOMER99';</script>
<meta name="csrf" content="csrf-7f3c9e"><style>.ana-garcia{}</style>"""
_NAVIGATION = """<!-- ana.garcia@example.org -->
<div id="nav-belt"><a id="nav-link-accountList"><span id="nav-link-accountList-nav-line-1">Hola, Ana</span></a>
<div id="nav-flyout">Mis pedidos: Ana García, Calle Mayor 5</div>
<div id="glow-ingress-block"><span id="glow-ingress-line1">Enviar a Ana</span>
<span id="glow-ingress-line2">Madrid 28008</span></div></div>
<iframe src="https://www.amazon.es/ana"></iframe>"""
_BOX = """<div class="a-section">Enviar a Ana García: Calle Mayor 5, Madrid 28008</div>
<div id="contextualIngressPt_feature_div"><span id="contextualIngressPtLabel">Enviar a Ana - Madrid 28008</span></div>
<div id="wishlistButtonStack">Lista de Ana</div><div id="instantOrderUpdate_feature_div">Comprado el 3 de junio</div>
<input type="hidden" name="anti-csrftoken-a2z" value="csrf-7f3c9e"><input name="card" value="4111">
<a href="/gp/profile/A3CUSTOMER99" title="Ana">Ana, escríbenos: ana.garcia@example.org o +34 915 550 123</a>
<textarea>Ana García</textarea><select><option>Calle Mayor 5</option></select>
<div class="a-hidden">{"customerId": "A3CUSTOMER99"}</div>"""
_END = """<div id="rhf">Visto hace poco por Ana</div>
<div id="cm_cr_dp_d">Opinión de Ana García, 612 345 678</div>"""


def demo_page(asin: str = ASIN, mode: Mode = Mode.OK) -> str:
    """The demo shop's page of a product, on a day when it is in stock."""
    answer = product_answer(Simulation(), BY_ASIN[asin], today=day_in_stock(BY_ASIN[asin]), mode=mode)
    return answer.body.decode()


def day_in_stock(product: DemoProduct) -> date:
    """A day on which the product can be bought."""
    days = (date(2026, 3, number) for number in range(1, 29))
    return next(day for day in days if Simulation().offer(product.asin, day).in_stock)


def personal_page(asin: str = ASIN) -> str:
    """The same page, seen by somebody who is signed in."""
    page = demo_page(asin)
    head, _, rest = page.partition('<div id="glow-ingress-block">')
    _, _, rest = rest.partition("</div>")
    box = '<div id="rightCol">'
    page = head.replace("</head>", f"{_HEAD}</head>") + _NAVIGATION + rest
    assert page.count(box) == page.count("</body>") == 1
    buy_box = next(mark for mark in ('<div id="desktop_buybox"', '<div id="buybox"') if mark in page)
    at = page.index(">", page.index(buy_box)) + 1
    return page[:at] + _BOX + page[at:].replace("</body>", f"{_END}</body>")


def price_of(asin: str = ASIN) -> Decimal:
    """What the page says it costs."""
    price = Simulation().offer(asin, day_in_stock(BY_ASIN[asin])).price
    assert price is not None
    return price
