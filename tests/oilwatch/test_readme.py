"""The README's pictures exist, say in words what they show, and are light."""

import re
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
MOST_BYTES = 150_000
MARKDOWN = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
HTML = re.compile(r'<img src="([^"]+)"[^>]*?alt="([^"]*)"')


def test_every_picture_is_there_light_and_told_in_words() -> None:
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    shown = [(path, words) for words, path in MARKDOWN.findall(text)] + HTML.findall(text)
    assert len(shown) == text.count("![") + text.count("<img ") >= 3
    for path, words in shown:
        assert len(words) > 20, path
        assert 5_000 < (PROJECT / path).stat().st_size < MOST_BYTES, path


def test_the_pictures_are_all_of_the_scripts_and_make_takes_them() -> None:
    script = (PROJECT / ".github" / "screenshots.py").read_text(encoding="utf-8")
    taken = set(re.findall(r'Picture\("(\w+)"', script))
    assert taken == {path.stem for path in (PROJECT / ".github").glob("*.png")}
    assert re.search(r"^screenshots:.*\n\t.*\.github/screenshots\.py", (PROJECT / "Makefile").read_text(), re.MULTILINE)
