# ruff: noqa: E501 - markup keeps the lines it is sent in
"""Small pages written by hand with the structure of Amazon's, all of oil; no real page is copied."""

from dataclasses import dataclass, field

ASIN = "B0OLIVA001"


@dataclass(frozen=True)
class Shop:
    """How one marketplace writes its pages."""

    code: str
    lang: str
    money: str  # "{whole}{mark}{cents} €"
    mark: str
    in_stock: str
    unavailable: str
    sellers: str
    choose: str
    sold_by: str
    place: tuple[str, str]
    seller_id: str = ""


ES = Shop(
    "es",
    "es-es",
    "{} €",
    ",",
    "En stock",
    "No disponible por el momento.",
    "Ver todas las opciones de compra",
    "Para comprar, selecciona Tamaño",
    "Vendido por",
    ("Entrega en Madrid 28008", "Actualizar ubicación"),
    "A1RKKUPIHCS9HS",
)
IT = Shop(
    "it",
    "it-it",
    "{} €",
    ",",
    "Disponibilità immediata",
    "Attualmente non disponibile.",
    "Visualizza tutte le opzioni di acquisto",
    "Per effettuare l'acquisto, seleziona Formato",
    "Venduto da",
    ("Consegna a Roma 00100", "Aggiorna posizione"),
)
FR = Shop(
    "fr",
    "fr-fr",
    "{} €",
    ",",
    "En stock",
    "Actuellement indisponible.",
    "Voir toutes les options d'achat",
    "Pour effectuer un achat, veuillez sélectionner Taille",
    "Vendu par",
    ("Livraison à Paris 75001", "Mettre à jour l’emplacement"),
)
DE = Shop(
    "de",
    "de-de",
    "{} €",
    ",",
    "Auf Lager",
    "Derzeit nicht verfügbar.",
    "Alle Kaufoptionen ansehen",
    "Zum Kaufen bitte Größe wählen",
    "Verkauf durch",
    ("Lieferung nach Berlin 10115", "Standort aktualisieren"),
)
UK = Shop(
    "co.uk",
    "en-gb",
    "£{}",
    ".",
    "In stock",
    "Currently unavailable.",
    "See All Buying Options",
    "To buy, select Size",
    "Sold by",
    ("Delivering to London SW1A 2", "Update location"),
)
US = Shop(
    "com",
    "en-us",
    "${}",
    ".",
    "In Stock",
    "Currently unavailable.",
    "See All Buying Options",
    "To buy, select Size",
    "Sold by",
    ("Deliver to", "Canton 13617"),
)
SHOPS = {shop.code: shop for shop in (ES, IT, FR, DE, UK, US)}
SYMBOLS = {"co.uk": "£", "com": "$"}
CODES = {"co.uk": "GBP", "com": "USD"}


def shown(shop: Shop, price: str) -> str:
    """Write "1234.56" as the shop does."""
    whole, _, cents = price.partition(".")
    grouped = f"{int(whole):,}".replace(",", "." if shop.mark == "," else ",")
    return shop.money.format(f"{grouped}{shop.mark}{cents}")


def html(shop: Shop, body: str, *, asin: str = ASIN, title: str | None = None, head: str = "") -> str:
    """Wrap a body as a product page; without a title it is no product page."""
    named = f'<span id="productTitle" class="a-size-large"> {title} </span>' if title else ""
    return (
        f'<!doctype html><html class="a-js" lang="{shop.lang}"><head><meta charset="utf-8">'
        f'<link rel="canonical" href="https://www.amazon.{shop.code}/Aceite-Oliva/dp/{asin}" />{head}</head><body>'
        f'<div id="glow-ingress-block"><span id="glow-ingress-line1"> {shop.place[0]} </span>'
        f'<span id="glow-ingress-line2"> {shop.place[1]}&zwnj; </span></div>'
        f'<input name="ASIN" value="B0OTHER999"><div id="dp"><div id="centerCol">{named}{body}</div></div></body></html>'
    )


def price_span(shop: Shop, price: str, classes: str = "", *, read_aloud: bool = False) -> str:
    """A modern price: whole and fraction shown, the text for screen readers blank as on most pages."""
    whole, _, cents = price.partition(".")
    offscreen = shown(shop, price) if read_aloud else " "
    return (
        f'<span class="a-price {classes}" data-a-size="xl"><span class="a-offscreen">{offscreen}</span>'
        f'<span aria-hidden="true"><span class="a-price-whole">{int(whole):,}<span class="a-price-decimal">{shop.mark}'
        f'</span></span><span class="a-price-fraction">{cents}</span><span class="a-price-symbol">'
        f"{SYMBOLS.get(shop.code, '€')}</span></span></span>"
    )


def unit_span(shop: Shop, unit_price: str, unit: str) -> str:
    """The price per unit beside the price; its spoken twin is escaped twice."""
    text = shown(shop, unit_price)
    twice = text.replace(" ", "&amp;nbsp;").replace("€", "&amp;euro;")
    return (
        f'<span class="a-size-mini aok-offscreen"> {twice} por {unit} </span>'
        f'<span class="a-size-mini pricePerUnit">(<span class="a-price a-text-price" data-a-size="mini">'
        f'<span class="a-offscreen">{text}</span><span aria-hidden="true">{text}</span></span> / {unit})</span>'
    )


def struck(shop: Shop, price: str) -> str:
    """The list price, struck out, in the same markup as a price."""
    text = shown(shop, price)
    return (
        f'<span class="aok-relative"><span class="basisPrice">Precio recomendado: <span class="a-price a-text-price" '
        f'data-a-strike="true"><span class="a-offscreen">{text}</span><span aria-hidden="true">{text}</span></span></span></span>'
    )


def options_json(shop: Shop, **prices: str) -> str:
    """The hidden JSON of buying options: NEW="42.95", USED="30.00"."""
    rows = ",".join(
        f'{{"displayPrice":"x","priceAmount":{price},"currencySymbol":"{SYMBOLS.get(shop.code, "€")}",'
        f'"buyingOptionType":"{kind}"}}'
        for kind, price in prices.items()
    )
    return f'<div class="a-section aok-hidden twister-plus-buying-options-price-data">{{"desktop_buybox_group_1":[{rows}]}}</div>'


def metrics(price: str, currency: str = "EUR", asin: str = ASIN) -> str:
    """The hidden metrics element of the 2018-2020 layout."""
    return (
        f'<div id="cerberus-data-metrics" style="display: none;" data-asin="{asin}" data-asin-price="{price}" '
        f'data-asin-shipping="0" data-asin-currency-code="{currency}" data-substitute-count="-1"></div>'
    )


BUTTON = '<span id="submit.add-to-cart"><input id="add-to-cart-button" type="submit" value="Añadir a la cesta"></span>'


@dataclass(frozen=True)
class Grocery:
    """A modern grocery page; every part can be left out or changed."""

    shop: Shop = ES
    title: str = "Carbonell Aceite de Oliva Virgen Extra, Garrafa 5 L"
    price: str = "42.95"
    unit_price: str | None = "8.59"
    unit: str = "l"
    list_price: str | None = None
    subscribe: str | None = None
    coupon: str | None = None
    used: str | None = None
    hidden: str | None = "same"
    availability: str | None = None
    rows: tuple[tuple[str, str], ...] = (("Marca", "Carbonell"),)
    others: tuple[str, ...] = field(default=("3.49", "129.00"))

    def build(self) -> str:
        """Return the page."""
        shop = self.shop
        unit = unit_span(shop, self.unit_price, self.unit) if self.unit_price else ""
        basis = struck(shop, self.list_price) if self.list_price else ""
        core = price_span(shop, self.price, "priceToPay")
        centre = f'<div id="corePriceDisplay_desktop_feature_div" class="celwidget">{core}{unit}{basis}</div>'
        table = "".join(f"<tr><td>{label}</td><td>{value}</td></tr>" for label, value in self.rows)
        overview = f'<div id="productOverview_feature_div"><table>{table}</table></div>'
        coupon = (
            f'<div id="promoPriceBlockMessage_feature_div"><label id="couponTextpctch1">{self.coupon}</label></div>'
            if self.coupon
            else ""
        )
        hidden = self.price if self.hidden == "same" else self.hidden
        data = options_json(shop, **({"NEW": hidden} if hidden else {}), **({"USED": self.used} if self.used else {}))
        body = centre + coupon + overview + (data if hidden or self.used else "") + self._box() + self._others()
        return html(shop, body, title=self.title)

    def _box(self) -> str:
        shop = self.shop
        stock = f'<div id="availability"><span> {self.availability or shop.in_stock} </span></div>'
        seller = (
            f'<div id="merchantInfoFeature_feature_div"><span class="a-color-tertiary">{shop.sold_by}</span>'
            f'<span class="offer-display-feature-text-message">Amazon</span></div>'
        )
        new = f'<div id="corePrice_feature_div">{price_span(shop, self.price, read_aloud=True)}</div>{stock}{seller}{BUTTON}'
        rows = f'<div id="newAccordionRow_0">{new}</div>'
        if self.subscribe:
            rows = (
                f'<div id="snsAccordionRowMiddle"><div id="corePrice_feature_div">'
                f'{price_span(shop, self.subscribe, read_aloud=True)}</div><span id="sns-base-price" class="a-color-price">'
                f"{shown(shop, self.subscribe)}</span></div>{rows}"
            )
        if self.used:
            used = f'<div id="corePrice_feature_div">{price_span(shop, self.used, read_aloud=True)}</div>{BUTTON}'
            rows += f'<div id="usedAccordionRow">{used}</div>'
        return f'<div id="rightCol"><div id="desktop_buybox"><div id="buybox">{rows}</div></div></div>'

    def _others(self) -> str:
        tiles = "".join(
            f'<li data-asin="B0OTHER999">{price_span(self.shop, p, read_aloud=True)}</li>' for p in self.others
        )
        return f'<div id="similarities_feature_div"><ul>{tiles}</ul></div>'


def old_page(shop: Shop, body: str, *, title: str = "Aceite de Oliva 1 L", stock: str | None = None) -> str:
    """A page of the 2017-2020 layout around some price rows."""
    result = (
        f'<div id="availability_feature_div"><div id="availability"><span>{stock or shop.in_stock}.</span></div></div>'
    )
    return html(
        shop, f'<div id="price"><table>{body}</table></div>{result}<div id="buybox">{BUTTON}</div>', title=title
    )


def price_row(name: str, text: str) -> str:
    """A row of the old price table: name is ourprice, dealprice or saleprice."""
    return f'<tr id="priceblock_{name}_row"><td>Precio:</td><td><span id="priceblock_{name}">{text}</span></td></tr>'


def without_offer(shop: Shop, box: str) -> str:
    """A modern page whose box has no price, with other products' prices below."""
    others = Grocery(shop=shop)._others()
    body = f'<div id="apex_desktop"></div><div id="availability"></div><div id="desktop_buybox"><div id="buybox">{box}</div></div>'
    return html(shop, body + others, title="Aceite de Oliva Virgen Extra 3 x 5 L")
