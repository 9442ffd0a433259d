"""The workflows call commands that exist, with options that are known, under pinned actions and few rights."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.core.management import get_commands, load_command_class

PROJECT = Path(__file__).resolve().parents[2]
WORKFLOWS = sorted((PROJECT / ".github" / "workflows").glob("*.yml"))
MAKE_TARGETS = re.findall(r"^([a-z-]+):", (PROJECT / "Makefile").read_text(), re.MULTILINE)


def jobs(path: Path) -> list[dict[str, Any]]:
    return list(yaml.safe_load(path.read_text())["jobs"].values())


def steps(path: Path) -> list[dict[str, Any]]:
    return [step for job in jobs(path) for step in job["steps"]]


def test_both_are_there() -> None:
    assert [path.name for path in WORKFLOWS] == ["ci.yml", "scrape.yml"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_actions_are_pinned_by_major_version_and_may_only_read(path: Path) -> None:
    used = [step["uses"] for step in steps(path) if "uses" in step]
    assert used
    assert all(re.fullmatch(r"actions/[a-z-]+@v\d+", action) for action in used)
    assert yaml.safe_load(path.read_text())["permissions"] == {"contents": "read"}
    assert all(job["timeout-minutes"] for job in jobs(path))


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.name)
def test_what_it_runs_exists(path: Path) -> None:
    ran = [step["run"] for step in steps(path) if "run" in step]
    assert ran
    for line in ran:
        text = line.split()
        if text[0] == "make":
            assert text[1] in MAKE_TARGETS
        elif text[:2] == [".venv/bin/python", "manage.py"]:
            app = get_commands()[text[2]]
            command = load_command_class(app, text[2]) if isinstance(app, str) else app
            command.create_parser("manage.py", text[2]).parse_args(text[3:])
        else:
            assert (PROJECT / line).stat().st_mode & 0o100, f"{line} cannot be run"


def test_the_schedule_looks_then_retrains_against_ones_own_database() -> None:
    (job,) = jobs(PROJECT / ".github" / "workflows" / "scrape.yml")
    commands = [step["run"].split()[2] for step in job["steps"] if "manage.py" in step.get("run", "")]
    assert commands == ["migrate", "backfill", "scrape", "retrain"]
    assert job["env"]["DATABASE_URL"] == "${{ secrets.DATABASE_URL }}"
    assert job["env"]["SECRET_KEY"] == "${{ secrets.SECRET_KEY }}"
    assert "redis" in job["services"]
    assert "OILWATCH_SERVERLESS" in job["if"]
