"""The Spanish catalogue holds every text that the code and the templates ask for, now."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[3]
APPS = ("oilwatch", "scraping", "forecasting", "dashboard", "templates")
CATALOGUE = "dashboard/locale/es/LC_MESSAGES/django.po"


@pytest.mark.skipif(not shutil.which("xgettext"), reason="no gettext on this machine (Debian: apt install gettext)")
def test_no_text_of_the_pages_is_missing(tmp_path):
    for app in APPS:
        shutil.copytree(PROJECT / app, tmp_path / app, ignore=shutil.ignore_patterns("__pycache__", "static", "*.mo"))
    made = subprocess.run(
        [sys.executable, "-m", "django", "makemessages", "--locale", "es", "--no-obsolete", "--no-location"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path), "DJANGO_SETTINGS_MODULE": "oilwatch.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert made.returncode == 0, made.stderr
    for kind in ("--untranslated", "--only-fuzzy"):
        result = subprocess.run(
            ["msgattrib", kind, str(tmp_path / CATALOGUE)], capture_output=True, text=True, check=True
        ).stdout
        missing = [line for line in result.splitlines() if line.startswith("msgid ") and line != 'msgid ""']
        assert missing == [], kind
