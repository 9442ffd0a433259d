"""The description of the API: in one language for programs, a summary for every operation."""

import json

import pytest

pytestmark = pytest.mark.django_db


JSON, YAML = "application/vnd.oai.openapi+json", "application/vnd.oai.openapi"


def schema_of(client, form, language="en"):
    headers = {"host": "localhost", "accept": form, "accept-language": language}
    return client.get("/api/schema/", headers=headers).content


@pytest.mark.parametrize("form", [JSON, YAML])
def test_it_is_english_whatever_language_the_reader_asks_for(client, form):
    """Programs are made from it, so labels and descriptions do not follow the browser."""
    assert schema_of(client, form, "en") == schema_of(client, form, "es")


def test_every_operation_has_a_summary(client):
    schema = json.loads(schema_of(client, JSON))
    operations = {
        f"{method} {path}": operation
        for path, methods in schema["paths"].items()
        for method, operation in methods.items()
        if method in {"get", "post", "put", "patch", "delete"}
    }
    assert operations
    assert [name for name, operation in operations.items() if not operation.get("summary")] == []
