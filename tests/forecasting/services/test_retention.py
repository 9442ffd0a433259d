"""What trainings leave behind goes after its time; the published record and what serves it stay."""

import os
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from forecasting.models import Training, TrainingPart, TrainingStatus
from forecasting.services.artefacts import write_artefact
from forecasting.services.retention import broken_artefacts, forget_artefacts, forget_trainings

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 26, 4, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> Path:
    settings.OILWATCH_ARTEFACTS = tmp_path
    return tmp_path


def training(days_ago: int, status: str = "done", standing: str = "served") -> Training:
    done = status == "done"
    name = f"training-{days_ago}-{standing}.json"
    return Training.objects.create(
        status=status,
        standing=standing if done else "",
        artefact=name if done else "",
        checksum=write_artefact(name=name, content={"shop": days_ago}) if done else "",
        dispatch_at=NOW,
        finished_at=NOW - timedelta(days=days_ago),
    )


def test_parts_and_unpublished_trainings_go_after_their_time() -> None:
    old, failed, fresh = training(200), training(200, "failed"), training(100, "failed")
    for each in (old, failed, fresh):
        TrainingPart.objects.create(training=each, kind="publish", stage=2, status="done", dispatch_at=NOW)
    forget_trainings(now=NOW)
    assert set(Training.objects.all()) == {old, fresh}
    assert TrainingPart.objects.get().training == fresh


def test_a_training_that_runs_is_never_touched() -> None:
    Training.objects.create(status=TrainingStatus.QUEUED, dispatch_at=NOW)
    assert forget_trainings(now=NOW + timedelta(days=1000)) == 0


def test_old_artefacts_go_but_for_what_is_served(folder: Path) -> None:
    oldest, served, held = training(300), training(200), training(150, standing="held_back")
    recent = training(10, standing="held_back")
    assert forget_artefacts(now=NOW) == 2
    assert {path.name for path in folder.iterdir()} == {served.artefact, recent.artefact}
    assert not (folder / oldest.artefact).exists()
    assert not (folder / held.artefact).exists()


def test_what_a_dead_worker_began_to_write_goes_after_a_day(folder: Path) -> None:
    served = training(1)
    old, fresh = folder / ".training-7.json.41", folder / ".training-8.json.42"
    for path, hours in ((old, 25), (fresh, 23)):
        path.write_bytes(b"{")
        written = (NOW - timedelta(hours=hours)).timestamp()
        os.utime(path, (written, written))
    assert forget_artefacts(now=NOW) == 1
    assert {path.name for path in folder.iterdir()} == {served.artefact, fresh.name}


def test_a_harmed_artefact_is_found(folder: Path) -> None:
    good, harmed, gone = training(3), training(2), training(1)
    (folder / harmed.artefact).write_text("{}")
    (folder / gone.artefact).unlink()
    assert [pk for pk, _ in broken_artefacts()] == [harmed.pk]
    output = StringIO()
    with pytest.raises(CommandError, match="1 artefacts are not"):
        call_command("artefacts", stdout=output)
    assert f"training {good.pk} (served): {good.artefact}: 0 KiB, 1 shops, checksum right" in output.getvalue()
    assert "removed after the retention" in output.getvalue()
