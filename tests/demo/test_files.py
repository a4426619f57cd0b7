"""What lies on the desk of the sample office: the same on any day, marked, and like an office's own files."""

import csv
import gzip
import json
import tomllib
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.rulebook.read import read_rules
from boiduong_vocabulary.catalog import from_json
from openpyxl import load_workbook

from tests.demo.small import PEOPLE, Small
from tools.demo.files import ON_OPEN_EDX, write_desk
from tools.demo.study import STRANGERS
from tools.demo.walking import RULES, SEED
from tools.demo.workbooks import NOTICE


def files(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def written(small: Small, folder: Path, seed: int) -> dict[str, bytes]:
    catalog = from_json(small.walk.catalog.read_text("utf-8"))
    return files(write_desk(folder / "dau-vao", catalog, RULES, PEOPLE, seed).folder)


def lines_of(path: Path) -> list[str]:
    return gzip.decompress(path.read_bytes()).decode().splitlines()


def beats_of(small: Small) -> list[dict[str, Any]]:
    """The lines of the school's own logs but the last, which is torn."""
    found = [line for path in small.walk.desk.logs for line in lines_of(path)]
    return [json.loads(line) for line in found[:-1]]


def test_the_same_seed_gives_the_same_bytes(small: Small, tmp_path: Path) -> None:
    assert written(small, tmp_path, SEED) == files(small.walk.desk.folder)


def test_another_seed_gives_other_people(small: Small, tmp_path: Path) -> None:
    found, known = written(small, tmp_path, SEED + 1), files(small.walk.desk.folder)
    assert found["to-chuc.xlsx"] == known["to-chuc.xlsx"], "the province itself is drawn by hand"
    assert found["can-bo.xlsx"] != known["can-bo.xlsx"]


def test_every_workbook_is_marked_on_every_sheet_and_page(small: Small) -> None:
    books = [*small.walk.desk.folder.rglob("*.xlsx")]
    assert len(books) == 5 + 28 + 2
    for path in books:
        for sheet in load_workbook(path).worksheets:
            assert sheet["A1"].value == NOTICE
            assert sheet.oddHeader
            assert NOTICE in str(sheet.oddHeader.center.text)


def test_every_csv_is_marked_and_opens_in_excel(small: Small) -> None:
    paths = [*small.walk.desk.folder.rglob("*.csv")]
    assert len(paths) == 3
    for path in paths:
        assert path.read_bytes().startswith(b"\xef\xbb\xbf")
        (first, *_), *rest = csv.reader(path.read_text("utf-8-sig").splitlines(), delimiter=";")
        assert first == NOTICE
        assert rest


def test_the_bridged_class_has_a_sheet_for_every_place(small: Small) -> None:
    book = load_workbook(next(small.walk.desk.folder.rglob("L2025-04.xlsx")))
    assert "Hội trường Tỉnh ủy" in book.sheetnames
    assert len(book.sheetnames) > 3


def test_a_copied_log_ends_in_the_middle_of_a_line(small: Small) -> None:
    for path in small.walk.desk.logs:
        lines = lines_of(path)
        torn = lines.pop() if path == small.walk.desk.logs[-1] else ""
        assert all(json.loads(line)["name"].startswith("boiduong.") for line in lines)
        if torn:
            with pytest.raises(json.JSONDecodeError):
                json.loads(torn)


def test_logs_hold_offline_spans_two_tabs_and_strangers(small: Small) -> None:
    lines = beats_of(small)
    beats = [line for line in lines if line["name"].endswith("beat")]
    assert any(line["age_ms"] for line in beats)
    assert all(0 <= line["elapsed_ms"] <= 35_000 for line in beats)
    assert {line["learner"] for line in lines} >= set(STRANGERS)
    launches = {(line["learner"], line["topic"], line["launch"]) for line in beats}
    assert len(launches) > len({launch[:2] for launch in launches})


def test_the_tracking_log_knows_accounts_and_the_course_alone(small: Small) -> None:
    lines = [json.loads(line) for line in lines_of(small.walk.desk.tracking)]
    ours = [line for line in lines if line["event_type"].startswith("boiduong.")]
    assert ours
    assert len(ours) < len(lines), "the platform's own events stand between"
    assert not [line for line in ours if "class" in line["event"] or "learner" in line["event"]]
    accounts = small.walk.desk.accounts.read_text("utf-8-sig")
    named = {line["username"] for line in ours} - set(STRANGERS)
    assert named
    assert all(f";{name}" in accounts for name in named)


def test_nothing_is_dated_after_the_last_day_of_the_sample(small: Small) -> None:
    assert max(line["time_ms"] for line in beats_of(small)) < 1_795_132_800_000  # 20/11/2026


def test_the_rules_hold_an_invented_letter_in_the_place_of_a_real_one(small: Small) -> None:
    rules, problems = read_rules(small.walk.desk.rules)
    assert rules
    assert not problems
    numbers = {each.number for each in rules.rulebook.rulesets}
    assert "3315-CV/TU" not in numbers
    (letter,) = (each for each in rules.rulebook.rulesets if not each.is_central)
    assert letter.issuer == "Tỉnh ủy Lam Hòa"
    assert letter.groups[0].minimum_in_person_days == 4
    text = next(small.walk.desk.rules.glob("*lam-hoa*")).read_text("utf-8")
    quotes = [each["quote"] for part in ("group", "authority") for each in tomllib.loads(text)[part]]
    assert all("giả định" in quote for quote in quotes), "whoever reads a quotation on paper sees that it is invented"


def test_the_class_on_open_edx_is_named_to_the_command(small: Small) -> None:
    command = next(command for command, _ in small.said if "tracking.log" in command)
    assert f"--class {ON_OPEN_EDX}" in command
