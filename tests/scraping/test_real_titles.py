"""Titles as shops write them, in five languages, with what a person reads in them: `titles.tsv`.

`litres` and `pack` are empty where a person could not tell, or where a set holds more than oil.
"""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from scraping.grade import Grade, read_grade
from scraping.volume import read_volume

with (Path(__file__).parent / "titles.tsv").open(encoding="utf-8", newline="") as file:
    ROWS = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
by_title = pytest.mark.parametrize("row", ROWS, ids=[f"{row['language']}: {row['title']}" for row in ROWS])


@by_title
def test_litres_and_pack_are_what_a_person_reads(row: dict[str, str]) -> None:
    volume = read_volume(row["title"])
    read = (volume.litres, volume.pack) if volume else None
    assert read == ((Decimal(row["litres"]), int(row["pack"])) if row["litres"] else None)


@by_title
def test_the_grade_is_what_a_person_reads(row: dict[str, str]) -> None:
    assert read_grade(row["title"]) == Grade(row["grade"])


def test_the_table_is_wide_enough() -> None:
    titles = [row["title"] for row in ROWS]
    languages = Counter(row["language"] for row in ROWS)
    assert len(titles) == len(set(titles)) >= 200
    assert set(languages) == {"es", "it", "fr", "de", "en"}
    assert min(languages.values()) >= 35
    assert {row["grade"] for row in ROWS} == set(Grade)
