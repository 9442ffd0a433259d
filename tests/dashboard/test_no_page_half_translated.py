"""No page is half translated: every role walks every page in Spanish, and nothing but data stands outside the marks."""

import re
from typing import Any

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from django.utils import translation

from oilwatch.admin_names import APPS
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


# What the administration shows as it is stored, and what Django itself leaves in English (names of its icons).
STORED = (
    r"\bde (?=\d)|\bde +de \d{4}|\bde \d{4}|\ba las \d{1,2}:\d{2}",  # dates, as Django writes them in Spanish
    r"^ *(?:True|False|Search) *$",  # icons
    r"^ *[\[{]\".*|^ *\[\{.*|[#.][\w-]+ \.\w+",  # JSON and places on a page
    r"event model|price_below \S+ ?\S*|^ *(?:en|es|all|unconfirmed) *$",  # codes
    r"the two readers disagree: [\d.]+ and [\d.]+",  # a reason, kept for logs
)


def admin_pages() -> list[str]:
    """The index, every list of oilwatch's tables, and the page of one row of each."""
    paths = ["/admin/", "/admin/scraping/visit/selectors/"]
    for model in admin.site._registry:
        label = model._meta.app_label
        if label not in APPS:
            continue
        paths.append(reverse(f"admin:{label}_{model._meta.model_name}_changelist"))
        if row := model._default_manager.first():
            paths.append(reverse(f"admin:{label}_{model._meta.model_name}_change", args=[row.pk]))
    return paths


def test_the_administration() -> None:
    operator = UserFactory(staff=True)
    furnish(operator)
    data = re.compile("|".join([*STORED, names_of_rows().pattern]), re.MULTILINE)
    wrong = walk(signed_in(operator), admin_pages(), data)
    assert wrong == {}


def test_an_untranslated_word_is_noticed_wherever_it_stands() -> None:
    with marked_translations("es"), translation.override("es"):
        market = translation.gettext("Market")
        days = translation.ngettext("%(count)s alert", "%(count)s alerts", 2) % {"count": 2}
        nobody = translation.gettext("No catalogue has this sentence.")
    page = f'<p title="Close">{market} {days}</p><p>{nobody}</p><p lang="en">Left alone</p><script>let it = 1</script>'
    assert untranslated(page, "es", DATA) == ["Close", nobody]
    assert market == "⟦Mercado⟧"
