"""A drawn bottle or can in place of a photograph."""

from scraping.demo.catalogue import DemoProduct

_INK = {
    "extra_virgin": "#4d5b1f",
    "virgin": "#6f7a2c",
    "olive": "#9a8f3a",
    "pomace": "#a88b4a",
    "sunflower": "#d9a92c",
}
_OUTLINES = {
    "pet": "M70 40h60v20c20 8 30 22 30 40v150H40V100c0-18 10-32 30-40z",
    "tin": "M50 50h100v200H50zM85 30h30v20H85z",
    "glass": "M88 20h24v70c20 10 26 24 26 44v116H62V134c0-20 6-34 26-44z",
    "sachet": "M60 80h80v120H60z",
}


def picture(product: DemoProduct | None) -> str:
    """Return an SVG; a plain square for anything that is no product."""
    outline = _OUTLINES[product.packaging] if product else "M20 20h160v240H20z"
    ink = _INK[product.grade] if product else "#888888"
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 280" width="200" height="280">'
        f'<path d="{outline}" fill="{ink}"/></svg>'
    )
