"""Whatever the API's own schema allows to be asked, no answer is an error, and each has the shape it promises."""

from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from oilwatch.wsgi import application
from tests.factories import SpellFactory, UserFactory
from tests.long_form import rounds

schema = schemathesis.openapi.from_wsgi("/api/schema/?format=json", application)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A real WSGI request closes its connection at the end; here that is the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def signed_in(db: None) -> dict[str, str]:
    from rest_framework.authtoken.models import Token

    SpellFactory()
    return {"Authorization": f"Token {Token.objects.create(user=UserFactory(staff=True)).key}"}


@schema.parametrize()
@settings(
    max_examples=rounds(8, 60),
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_no_question_breaks_it(case: schemathesis.Case, signed_in: dict[str, str], settings: object) -> None:
    settings.OILWATCH_READS_PER_MINUTE = settings.OILWATCH_WRITES_PER_MINUTE = 1_000_000
    answer = case.call(headers={**signed_in, "Accept-Encoding": "identity"})  # its client does not unpack
    checks = [not_a_server_error, response_schema_conformance, content_type_conformance]
    # lists by column instead of rows are a second shape under one media type, which OpenAPI's pages cannot tell apart
    by_column = (case.query or {}).get("format") == "columns"
    case.validate_response(answer, checks=checks[:1] if by_column else checks)
