"""Lines of the log: what a library reports keeps its traceback, like our own."""

import json
import logging
import sys

import pytest

from oilwatch.log_config import logging_config


def line_of(record: logging.LogRecord) -> str:
    """The record as the console handler writes it."""
    options = dict(logging_config(level="INFO")["formatters"]["line"])
    formatter: logging.Formatter = options.pop("()")(**options)
    return formatter.format(record)


def failed(name: str) -> logging.LogRecord:
    with pytest.raises(ZeroDivisionError) as caught:
        1 / 0  # noqa: B018 - for its traceback
    return logging.LogRecord(
        name, logging.ERROR, __file__, 1, "Task %s failed", ("one",), (caught.type, caught.value, caught.tb)
    )


@pytest.mark.parametrize("name", ["celery.worker", "django.request", "scraping.services"])
def test_the_traceback_of_a_library_is_kept(name: str) -> None:
    line = json.loads(line_of(failed(name)))
    assert line["event"] == "Task one failed"
    assert line["exception"].splitlines()[-1] == "ZeroDivisionError: division by zero"
    assert "test_log_config.py" in line["exception"]
    assert "exc_info" not in line


def test_on_a_terminal_it_is_written_below_the_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)
    text = line_of(failed("celery.worker"))
    assert "Task one failed" in text
    assert "ZeroDivisionError" in text
