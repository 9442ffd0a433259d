"""The description of the API in OpenAPI, in English: programs are made from it, whatever its reader speaks."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import translation
from drf_spectacular.views import SpectacularAPIView
from rest_framework.response import Response


class SchemaView(SpectacularAPIView):
    """Describe the API; its labels are translated when it is rendered, so that is done here too."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer in English."""
        with translation.override("en"):
            answer = super().dispatch(request, *args, **kwargs)
            return answer.render() if isinstance(answer, Response) else answer
