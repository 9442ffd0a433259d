"""Errors as RFC 9457 problem details: always JSON, always saying what to change."""

from http import HTTPStatus
from typing import Any

from django.http import JsonResponse
from rest_framework.exceptions import APIException, ErrorDetail, ValidationError
from rest_framework.response import Response
from rest_framework.views import exception_handler

PROBLEM_TYPE = "application/problem+json"


class Conflict(APIException):
    """The request is fine, but the state of things does not allow it yet."""

    status_code = HTTPStatus.CONFLICT
    default_detail = "Not possible at the moment."
    default_code = "conflict"


def problem_details(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's exception handler: the same status and headers, another body."""
    response = exception_handler(error, context)
    if response is None:
        return None
    body: dict[str, Any] = _problem(response.status_code, _sentence(response.data))
    if isinstance(error, ValidationError):
        body["errors"] = response.data
    response.data = _sendable(body)
    response.content_type = PROBLEM_TYPE
    return response


def problem_response(status: int, detail: str) -> JsonResponse:
    """A problem outside DRF's views (an address that does not exist, an error of ours)."""
    return JsonResponse(_problem(status, detail), status=status, content_type=PROBLEM_TYPE)


def _problem(status: int, detail: str) -> dict[str, Any]:
    return {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail}


def _sendable(data: Any) -> Any:
    """The same without half surrogate pairs: JSON carries them ("\\ud800"), an answer in UTF-8 cannot."""
    if isinstance(data, dict):
        return {_sendable(key): _sendable(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_sendable(each) for each in data]
    return data.encode(errors="replace").decode() if isinstance(data, str) else data


def _sentence(data: Any) -> str:
    if isinstance(data, dict):
        if "detail" in data:
            return str(data["detail"])
        return " ".join(
            text if key == "non_field_errors" else f"{key}: {text}"
            for key, text in ((k, _sentence(v)) for k, v in data.items())
        )
    if isinstance(data, list):
        return " ".join(_sentence(each) for each in data)
    return str(data) if isinstance(data, ErrorDetail | str) else repr(data)
