#!/usr/bin/env python3
"""The command line: `python manage.py help` lists what it can do."""

import os
import signal
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent
# Commands that need neither database nor Redis, so that they run anywhere at once.
SERVERLESS = {
    "backtest", "check", "collectstatic", "compilemessages", "help", "makemessages", "makemigrations",
    "read_pages", "spectacular", "version", "--help", "--version", "-h", "demo_shop", "train_file",
}  # fmt: skip


def main() -> None:
    """Run one command, with the embedded servers up where it needs them."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "oilwatch.settings")
    os.environ.setdefault("OMP_NUM_THREADS", "1")  # processes are the unit of parallel work here
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # leave in order: the last one stops the servers
    command = sys.argv[1] if len(sys.argv) > 1 else "help"
    if command == "up":  # a person is watching: only what is wrong is worth a line
        os.environ.setdefault("LOG_LEVEL", "WARNING")
        os.environ.setdefault("OILWATCH_COMPRESS_STATIC", "false")  # by Brotli, which takes a minute
    try:
        import django  # noqa: F401
    except ImportError:
        _rerun_in_virtual_environment()
    if command not in SERVERLESS:
        from oilwatch.embedded.servers import ensure

        if ensure() and command not in {"migrate", "test"}:
            _migrate_if_new()
    from django.core.exceptions import ImproperlyConfigured
    from django.core.management import execute_from_command_line
    from django.db import OperationalError

    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as error:
        sys.exit(f"Settings: {error}")
    except OperationalError as error:
        sys.exit(f"The database does not answer (DATABASE_URL): {error}")


def _rerun_in_virtual_environment() -> None:
    python = PROJECT / ".venv" / "bin" / "python"
    if not python.exists() or Path(sys.prefix) == PROJECT / ".venv":
        sys.exit("Django is not installed here. Run `make up` (or `make install`) in the project first.")
    os.execv(python, [str(python), *sys.argv])  # noqa: S606 - our own interpreter


def _migrate_if_new() -> None:
    import django
    from django.core.management import call_command
    from django.db import connection

    django.setup()
    if "django_migrations" not in connection.introspection.table_names():
        call_command("migrate", verbosity=0)


if __name__ == "__main__":
    main()
