"""Which grade on the shelf a producer price belongs to, by the series' name. Pure.

Origin markets quote three oils: extra virgin and virgin, which are bottled as they are, and lampante, which is refined
into what is sold as olive oil (EU 2022/2104, https://eur-lex.europa.eu/eli/reg_del/2022/2104/oj).
"""

import re

_KINDS = (
    ("pomace", re.compile(r"orujo|pomace")),
    ("olive", re.compile(r"lampante|refin")),
    ("extra_virgin", re.compile(r"extra|evoo|aove")),
    ("virgin", re.compile(r"virg[ei]n|vergine|vierge")),
)


def producer_price_grade(name: str) -> str:
    """Return the grade a series' name speaks of; empty where it names none."""
    text = name.casefold()
    return next((grade for grade, pattern in _KINDS if pattern.search(text)), "")
