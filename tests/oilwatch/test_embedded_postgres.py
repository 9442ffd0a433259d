"""The embedded PostgreSQL plans for memory and solid disks: it looks rows up instead of reading whole tables."""

import psycopg
import pytest
from django.db import connection

from oilwatch.embedded.postgres import DATABASE, PLANNING

pytestmark = pytest.mark.django_db


def test_the_database_plans_by_look_ups():
    result = connection.get_connection_params()
    if "/" not in result.get("host", ""):
        pytest.skip("the database is the user's own")
    with psycopg.connect(host=result["host"], user=result["user"], dbname=DATABASE) as data_folder:
        for name, value in PLANNING.items():
            assert data_folder.execute("SELECT current_setting(%s)", [name]).fetchone() == (value,)
