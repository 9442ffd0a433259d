"""Collected files are compressed once, and again when they change."""

import gzip
import os

from oilwatch.static_storage import GzippedStaticFilesStorage


def test_files_are_compressed_once_and_again_when_they_change(tmp_path):
    storage = GzippedStaticFilesStorage(location=tmp_path, base_url="/static/")
    script, picture = tmp_path / "a.js", tmp_path / "a.png"
    script.write_text("let a = 1;\n" * 500)
    picture.write_bytes(b"x" * 5000)
    paths = {"a.js": None, "a.png": None}
    assert list(storage.post_process(paths, dry_run=True)) == []
    assert list(storage.post_process(paths)) == [("a.js", "a.js.gz", True)]
    assert gzip.decompress((tmp_path / "a.js.gz").read_bytes()) == script.read_bytes()
    assert list(storage.post_process(paths)) == [], "as it was"
    script.write_text("let b = 2;\n" * 500)
    os.utime(script, (1_700_000_000, 1_700_000_000))
    assert list(storage.post_process(paths)) == [("a.js", "a.js.gz", True)]
    assert gzip.decompress((tmp_path / "a.js.gz").read_bytes()) == script.read_bytes()
