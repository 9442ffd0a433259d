"""Where the frame of a full chart is: what it shows, and the language of the page it stands in."""

from urllib.parse import urlencode

from django.urls import reverse

from dashboard.language_addresses import active_language


def frame_address(chart: str, **parameters: str | int) -> str:
    """Return the address; the frame's own request does not know which page it belongs to."""
    frame = reverse("the_django_plotly_dash:app-main", kwargs={"ident": chart})
    return f"{frame}?{urlencode({**parameters, 'language': active_language()}, safe=',')}"
