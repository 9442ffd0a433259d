# ruff: noqa: E501 - markup keeps the lines it is sent in
"""Pages that are no product's, written by hand: robot checks, errors, the front page, search results."""

from tests.scraping.amazon.made_pages import ES, Shop, price_span

CAPTCHA = """<!DOCTYPE html><html lang="en-us"><head><title dir="ltr">Amazon.com</title></head><body><form method="get"
action="/errors/validateCaptcha" name=""><input type="hidden" name="amzn" value="x"><img src="https://images/captcha.jpg">
<input id="captchacharacters" name="field-keywords"></form></body></html>"""
CONTINUE = """<!DOCTYPE html><html lang="en-us"><head><title>Amazon.com</title></head><body><form method="get"
action="/errors/validateCaptcha"><input type=hidden name="field-keywords" value="A"><h4>Click the button below to
continue shopping</h4><button>Continue shopping</button></form></body></html>"""
WAF = """<!DOCTYPE html><html lang="en"><head><title></title><script>window.gokuProps = {"key":"a","iv":"b"};</script>
<script src="https://x.y.us-east-1.token.awswaf.com/x/y/challenge.js"></script></head><body>
<div id="challenge-container"></div><noscript>verify that you're not a robot</noscript></body></html>"""
SIGN_IN = """<!doctype html><html><head><title dir="ltr">Authentication required</title></head><body>
<div id="cvf-page-content" class="cvf-widget-container"><img src="https://opfcaptcha-prod.s3.amazonaws.com/a.jpg"></div></body>"""
DOGS = """<!doctype html><html><head><title>Sorry! Something went wrong!</title></head><body>
<a href="/ref=cs_503_logo"><img src="https://images/error/logo._TTD_.png"></a><a href="/ref=cs_503_link">
<img src="https://images/G/01/error/500_503.png"></a></body></html><!-- api-services-support@amazon.com -->"""
ES_503 = """<html><head><title>503 - Error de servicio no disponible</title></head><body><!-- api-services-support@amazon.com -->
<a href="/ref=cs_503_logo"><img src="logo._TTD_.png"></a><img src="x/common/kailey-kitty._TTD_.gif">Lo sentimos</body></html>"""
BUSY = """<html><head><title>Server Busy</title></head><body>We're just checking you're human
<!-- contact api-services-support@amazon.com --></body></html>"""
GONE = """<html><head><title>Página no encontrada</title></head><body><a href="/ref=cs_404_logo">¿Buscas algo?</a></body></html>"""
BLOCKS = {"captcha": CAPTCHA, "continue": CONTINUE, "waf": WAF, "sign_in": SIGN_IN, "busy": BUSY}


def home(shop: Shop = ES) -> str:
    """The front page, with deal prices on it."""
    deals = "".join(f"<li>{price_span(shop, price, read_aloud=True)}</li>" for price in ("9.99", "24.99"))
    return (
        f'<!doctype html><html lang="{shop.lang}"><head><link rel="canonical" href="https://www.amazon.{shop.code}/" />'
        f"<title>Amazon</title></head><body><div id='gw-layout'>{deals}</div>{'<p>oferta</p>' * 3000}</body></html>"
    )


def tile(shop: Shop, asin: str, title: str, price: str | None, *, sponsored: bool = False, extra: str = "") -> str:
    """One tile of a search page."""
    ad = '<span class="puis-sponsored-label-text">Patrocinado</span>' if sponsored else ""
    cost = f'<div data-cy="price-recipe"><a>{price_span(shop, price, read_aloud=True)}</a></div>' if price else ""
    holder = " AdHolder" if sponsored else ""
    return (
        f'<div role="listitem" data-asin="{asin}" data-component-type="s-search-result" class="s-result-item s-asin{holder}">'
        f'<div data-cy="title-recipe">{ad}<a href="/x/dp/{asin}"><h2 class="a-size-base-plus"><span>{title}</span></h2></a></div>'
        f"{cost}{extra}</div>"
    )


def search_page(shop: Shop, tiles: str, *, next_href: str | None = "/s?k=aceite&page=2") -> str:
    """A search page around some tiles."""
    after = f'<a href="{next_href}" class="s-pagination-item s-pagination-next">Siguiente</a>' if next_href else ""
    return (
        f'<!doctype html><html lang="{shop.lang}"><head><script>var ue_mid = "{shop.seller_id}";</script></head><body>'
        f'<span id="glow-ingress-line1">{shop.place[0]}</span><div class="s-main-slot">{tiles}</div>{after}</body></html>'
    )
