"""Logging: one event a line, as JSON for machines or coloured for a terminal."""

import sys
from typing import Any

import structlog

SHARED: list[Any] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso", utc=True),
]


def logging_config(*, level: str) -> dict[str, Any]:
    """A `logging.config.dictConfig` dictionary; also sets structlog up to feed it."""
    terminal = sys.stderr.isatty()  # its renderer writes tracebacks itself
    tracebacks: list[Any] = [] if terminal else [structlog.processors.format_exc_info]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.processors.StackInfoRenderer(),
            *tracebacks,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=True,
    )
    renderer = structlog.dev.ConsoleRenderer() if terminal else structlog.processors.JSONRenderer()
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": structlog.stdlib.ProcessorFormatter,
                "processor": renderer,
                "foreign_pre_chain": [*SHARED, *tracebacks],  # of Celery, beat, Django and other libraries
            }
        },
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            name: {"level": level, "handlers": ["console"], "propagate": False}
            for name in ("oilwatch", "scraping", "forecasting", "dashboard")
        }
        | {"django_structlog": {"level": "ERROR"}, "cmdstanpy": {"level": "ERROR"}, "prophet": {"level": "ERROR"}},
    }
