"""No page is half translated: every role walks every page in Spanish, and nothing but data stands outside the marks."""

import re
from typing import Any

import pytest
from django.test import Client
from django.utils import translation

from tests.dashboard.marked_translations import OPEN, marked_translations, untranslated
from tests.dashboard.running_platform import furnish
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
MONTHS = "ene|feb|mar|abr|may|jun|jul|ago|sept?|oct|nov|dic"
# What is the same in every language: names, codes, units, addresses, and dates as CLDR writes them.
DATA = re.compile(
    "|".join(
        (
            r"oilwatch|English|Español|Atom|RSS|Amazon|ASIN|Prophet|LSTM|EUR|JSON|CSV|PNG|API|OpenAPI|Firefox|Chrome|Chromium|Edge|CRPS",
            r"(?:https?|ntfys?|json|mailto)://?\S*|\S+@\S+|/\S+/|\b[A-Z0-9]{10}\b|\bB0\w+",
            r"OILWATCH_\w+|EMAIL_\w+|\w+\.example\b",
            rf"\b\d{{1,2}} (?:de )?(?:{MONTHS})[a-z]*\.?(?: (?:de )?\d{{4}})?",
            rf"\b(?:{MONTHS})\.? \d{{2,4}}|\b(?:{MONTHS})\b",
            r"nothing-matches-this|\bperson-\d+|shop-\d+|\bdemo\b|amazon\.\w+|Europe/Madrid|\bml\b|\bkg\b",
        )
    )
)


def walk(client: Client, paths: list[str], data: re.Pattern[str]) -> dict[str, list[str]]:
    """Return what is not translated on each page."""
    wrong = {}
    with marked_translations("es"):
        for path in paths:
            response = client.get(path, headers={"accept-language": "es", "host": "localhost"})
            if response.status_code in {302, 403, 405} or not response.headers["Content-Type"].startswith("text/html"):
                continue
            page = response.content.decode()
            assert OPEN in page, path
            if texts := untranslated(page, "es", data):
                wrong[path] = texts
    translation.deactivate()
    return wrong


def signed_in(user: Any) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def names_of_rows() -> re.Pattern[str]:
    """What people and shops called things, as it stands in the database."""
    from dashboard.models import Channel
    from scraping.models import CaptureToken, Product, Shop

    names = {
        value
        for model, field in ((Product, "title"), (Product, "brand"), (Shop, "name"))
        for value in values(model, field)
    }
    names |= {value for model in (Channel, CaptureToken) for value in values(model, "name")}
    longest_first = sorted(filter(None, names), key=len, reverse=True)
    return re.compile("|".join([*map(re.escape, longest_first), DATA.pattern]))


def values(model: Any, field: str) -> list[str]:
    return list(model._default_manager.values_list(field, flat=True))


def test_every_page_for_everybody() -> None:
    operator = UserFactory(staff=True)
    paths = [address.path for address in furnish(operator)]
    data = names_of_rows()
    for client in (Client(), signed_in(UserFactory()), signed_in(operator)):
        assert walk(client, [*paths, "/capture/send/", "/api/docs/", "/nothing/"], data) == {}


def test_an_untranslated_word_is_noticed_wherever_it_stands() -> None:
    with marked_translations("es"), translation.override("es"):
        market = translation.gettext("Market")
        days = translation.ngettext("%(count)s alert", "%(count)s alerts", 2) % {"count": 2}
        nobody = translation.gettext("No catalogue has this sentence.")
    page = f'<p title="Close">{market} {days}</p><p>{nobody}</p><p lang="en">Left alone</p><script>let it = 1</script>'
    assert untranslated(page, "es", DATA) == ["Close", nobody]
    assert market == "⟦Mercado⟧"
