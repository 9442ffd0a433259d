"""The link at the end of each message: stop these alerts without signing in."""

from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from dashboard.services.alerts import stop_alerts
from dashboard.texts.alert_message import STOP_SALT


@csrf_exempt  # the signed address is the permission, and mail programs post to it (RFC 8058)
@require_http_methods(["GET", "HEAD", "POST"])
def stop_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """Ask first, for whatever follows links by itself; a POST stops them."""
    try:
        alert_ids: list[int] = signing.loads(token, salt=STOP_SALT)
    except signing.BadSignature as error:
        raise Http404 from error
    stopped = request.method == "POST"
    if stopped:
        stop_alerts(alert_ids=alert_ids)
    answer = render(request, "stop_alerts.html", {"stopped": stopped, "count": len(alert_ids)})
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
