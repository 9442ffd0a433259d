"""A platform of its own for a benchmark: fresh embedded servers in a temporary folder, migrated, gone afterwards."""

import atexit
import os
import shutil
import tempfile


def fresh_platform() -> None:
    """Start the servers, set Django up and migrate; once a process."""
    home = tempfile.mkdtemp(prefix="oilwatch-bench-")
    atexit.register(shutil.rmtree, home, ignore_errors=True)  # runs after the servers, registered later, have stopped
    for name in ("DATABASE_URL", "REDIS_URL"):  # never somebody's real rows
        os.environ.pop(name, None)
    os.environ |= {"OILWATCH_HOME": home, "OILWATCH_PLAIN_HTTP": "true", "DJANGO_SETTINGS_MODULE": "oilwatch.settings"}
    os.environ["OILWATCH_LEADERBOARD_DAYS"] = "0"  # a comparison once a week, for which no page waits

    from oilwatch.embedded.servers import ensure

    ensure()
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
