"""The report keeps what was not measured again, and says nothing of hosts and folders."""

import platform
from pathlib import Path

import pytest

from benchmarks import run


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "RESULTS.md"
    monkeypatch.setattr(run, "RESULTS", path)
    monkeypatch.setattr(run, "names", lambda: ["one", "two"])
    return path


def test_every_module_with_a_section_is_found() -> None:
    assert {"forecasting", "import_prices", "read_pages", "spells"} <= set(run.names())
    assert not {"run", "data_folder", "served_platform"} & set(run.names())


def test_only_what_is_wanted_is_measured_and_the_rest_stays(report: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "measure", lambda name: f"## {name}\n\nfirst\n")
    assert run.main([]) == 0
    monkeypatch.setattr(run, "measure", lambda name: f"## {name}\n\nsecond\n")
    assert run.main(["two"]) == 0
    text = report.read_text()
    assert text.index("## one\n\nfirst") < text.index("## two\n\nsecond")
    assert text.startswith(run.HEAD)
    assert run.main(["two"]) == 0
    assert report.read_text() == text


def test_a_section_that_fails_keeps_its_figures_and_fails_the_run(
    report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run.write({"one": "## one\n\nkept\n"})
    monkeypatch.setattr(run, "measure", lambda name: None if name == "one" else "## two\n")
    assert run.main([]) == 1
    assert "FAILED, and left as they were: one" in capsys.readouterr().err
    assert run.stored_sections() == {"one": "## one\n\nkept\n", "two": "## two\n"}


def test_an_unknown_name_is_said(report: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["three"]) == 2
    assert "No benchmark is called three; there are one, two." in capsys.readouterr().err
    assert not report.exists()


def test_the_machine_is_described_without_its_name() -> None:
    text = run.machine()
    assert "cores of" in text
    assert platform.node() not in text
    assert "/" not in text.replace("(R)", "")
