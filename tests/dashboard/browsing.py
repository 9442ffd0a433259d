"""Driving Debian's Chromium: how it is started, and a page that keeps what there is to complain of."""

import shutil
from typing import Any

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
FLAGS += ["--disable-component-update", "--disable-sync"]
HOSTILE = "<img src=x onerror=alert(1)>"
IN_A_BROWSER = [
    pytest.mark.processes,
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(not CHROMIUM, reason="no chromium on this machine (Debian: apt install chromium)"),
]
# In every frame, before anything else of the page runs.
KEEP_VIOLATIONS = """
window.violations = [];
document.addEventListener("securitypolicyviolation",
    (said) => window.violations.push(`${said.effectiveDirective}: ${said.blockedURI}`));
"""


def complaining(context: Any) -> Any:
    """A page of this context whose `complaints` are what its console, its scripts and its dialogs said."""
    page = context.new_page()
    page.complaints = []
    page.add_init_script(KEEP_VIOLATIONS)
    page.on("console", lambda text: page.complaints.append(text.text) if text.type == "error" else None)
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("dialog", lambda dialog: (page.complaints.append(f"dialog {dialog.message}"), dialog.dismiss()))
    return page


def violations(page: Any) -> list[str]:
    """What the content policy had to stop, in the page and in the frames of its charts."""
    return [text for frame in page.frames for text in frame.evaluate("window.violations ?? []")]


def signed_in(context: Any, client: Any, url: str) -> Any:
    """The context with the session of a test client."""
    context.add_cookies([{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": url}])
    return context
