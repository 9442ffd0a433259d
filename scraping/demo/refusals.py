# ruff: noqa: E501 - markup keeps the lines it is sent in
"""The pages a shop shows instead of a product: robot checks, error pages, its home page."""

CLASSIC_CAPTCHA = """<!doctype html><html class="a-no-js" lang="en-us"><head><title dir="ltr">Amazon.com</title>
<script>ue_sn = "opfcaptcha.amazon.com";</script></head><body><!-- To discuss automated access to Amazon data please
contact api-services-support@amazon.com. --><h4>Enter the characters you see below</h4>
<p>Sorry, we just need to make sure you're not a robot.</p>
<form method="get" action="/errors/validateCaptcha" name=""><input type=hidden name="amzn" value="demo">
<img src="/image/captcha.svg"><input autocomplete="off" id="captchacharacters" name="field-keywords" type="text">
<button type="submit">Continue shopping</button></form></body></html>"""

SOFT_CAPTCHA = """<!doctype html><html class="a-no-js" lang="en-us"><head><title dir="ltr">Amazon.com</title>
<script>ue_sn = "opfcaptcha.amazon.com";</script></head><body><!-- To discuss automated access to Amazon data please
contact api-services-support@amazon.com. --><h4>Click the button below to continue shopping</h4>
<form method="get" action="/errors/validateCaptcha" name=""><input type=hidden name="amzn" value="demo">
<input type=hidden name="field-keywords" value="DEMO"><button type="submit">Continue shopping</button></form>
</body></html>"""

# AWS WAF: none of the classic marks, not even the word captcha.
WAF_CHALLENGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title></title>
<script>window.awsWafCookieDomainList = []; window.gokuProps = {"key":"demo","iv":"demo","context":"demo"};</script>
<script src="https://demo.us-east-1.token.awswaf.com/demo/challenge.js"></script></head><body>
<div id="challenge-container"></div><noscript><h1>JavaScript is disabled</h1>In order to continue, we need to verify
that you're not a robot.</noscript></body></html>"""

ERROR_503 = """<html><head><title>503 - Error de servicio no disponible</title></head><body bgcolor="#FFFFFF"><!--
Para tratar el acceso automático a los datos de Amazon, dirígete a api-services-support@amazon.com. -->
<a href="/ref=cs_503_logo"><img src="/image/logo._TTD_.svg" alt="Amazon"></a><img src="/image/kailey-kitty._TTD_.svg">
<b>Lo sentimos</b><br>Se ha producido un error al intentar procesar tu solicitud.
<a href="/ref=cs_503_link">Haz clic aquí para volver a la página de inicio de Amazon.</a></body></html>"""

DOGS_500 = """<!doctype html><html><head><title>Sorry! Something went wrong!</title></head><body>
<a href="/ref=cs_503_logo"><img id="b" src="/image/logo._TTD_.svg" alt="Amazon.com"></a><form id="a" action="/s">
<input id="e" name="field-keywords" placeholder="Search"></form><a href="/ref=cs_503_link"><img src="/image/500_503.png"
alt="Sorry! Something went wrong on our end. Please go back and try again."></a>
<a href="/dogsofamazon/ref=cs_503_d"><img id="d" alt="Dogs of Amazon"></a></body></html>"""

NOT_FOUND = """<!doctype html><html lang="es-es"><head><title>Página no encontrada</title></head><body>
<a href="/ref=cs_404_logo"><img src="/image/logo._TTD_.svg" alt="Amazon.es"></a><b>¿Buscas algo?</b>
<p>Lo sentimos. La dirección Web que has especificado no es una página activa de nuestro sitio.</p>
<a href="/ref=cs_404_link">Ir a la página de inicio de Amazon.es</a></body></html>"""

_DEAL = """<div class="a-cardui dcl-product"><a href="/dp/B0DEM00001"><span>Oferta del día: aceite y más</span></a><span
class="a-price"><span class="a-offscreen">9,99 €</span></span><p>Descubre las ofertas de la despensa, con envío gratis a
partir de 35 €.</p></div>"""

HOME = f"""<!doctype html><html lang="es-es"><head><title>Amazon.es: compra online de electrónica, libros, deporte</title>
<link rel="canonical" href="https://www.amazon.es/"><script>var ue_mid = 'A1RKKUPIHCS9HS';</script></head><body>
<div id="glow-ingress-block"><span id="glow-ingress-line1"> Entrega en Madrid 28008 </span></div>
<span id="nav-global-location-data-modal-action" data-a-modal='{{"url":"/portal-migration/hz/glow/\
get-rendered-address-selections?deviceType=desktop","ajaxHeaders":{{"anti-csrftoken-a2z":"demo-first-token"}}}}'></span>
<div id="gw-layout">{_DEAL * 120}</div></body></html>"""  # bigger than any block page, and with prices on it
