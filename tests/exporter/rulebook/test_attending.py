"""Figures of attendance, as data: read whole, or told where they do not hold."""

import pytest
from boiduong_exporter.rulebook.attending import FILE
from boiduong_vocabulary.evidence import Half

from tests.exporter.rulebook.folder import Folder


def test_the_shipped_figures(folder: Folder) -> None:
    rules, problems = folder.read()
    assert rules
    assert not problems
    found = rules.attending
    assert (found.objection_days, found.check_out, found.before, found.after) == (3, False, 120, 120)
    assert found.hours[Half.MORNING] == (7 * 60 + 30, 11 * 60 + 30)


def test_they_have_no_part_in_how_days_are_counted(folder: Folder) -> None:
    before, _ = folder.read()
    folder.change(FILE, "days = 3", "days = 5")
    after, _ = folder.read()
    assert before
    assert after
    assert after.attending.objection_days == 5
    assert after.rulebook.version == before.rulebook.version


WRONG = [
    ("days = 3", 'days = "ba"', "R01 diem-danh.toml: tệp viết chưa đúng dạng, trong [[objections]]"),
    ("days = 3", "days = 300", "R01 diem-danh.toml: tệp viết chưa đúng dạng, trong [[objections]]"),
    ("minutes_before = 120", "before = 120", "R01 diem-danh.toml: không hiểu khóa «before»"),
    ('"07:30-11:30"', '"7h30-11h30"', "R01 diem-danh.toml: tệp viết chưa đúng dạng, trong [[hours]]"),
    ('"07:30-11:30"', '"11:30-07:30"', "R01 diem-danh.toml: [hours]: «11:30-07:30» kết thúc trước khi bắt đầu"),
    ('morning = "07:30-11:30", ', "", "R01 diem-danh.toml: [hours]: thiếu buổi «morning»"),
    ("[check_out]", "[check_out", "R01 diem-danh.toml: tệp viết chưa đúng dạng"),
]


@pytest.mark.parametrize(("old", "new", "message"), WRONG)
def test_what_does_not_hold_is_told(folder: Folder, old: str, new: str, message: str) -> None:
    folder.change(FILE, old, new)
    (told,) = folder.told()
    assert told.startswith(message), told


def test_a_folder_without_the_file_says_where_to_get_it(folder: Folder) -> None:
    (folder.path / FILE).unlink()
    (told,) = folder.told()
    assert told.startswith("R01 diem-danh.toml: không tìm thấy tệp quy tắc này → ")
