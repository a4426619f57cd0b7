"""How papers look, as data: each figure with its words, and what is wrong with the file told."""

import re

import pytest
from boiduong_exporter.credit.rules import Status
from boiduong_exporter.rulebook.layout import FILE, read_layout

from tests.exporter.rulebook.folder import Folder


def told(folder: Folder) -> list[str]:
    found, problems = read_layout(folder.path)
    assert (found is None) == bool(problems)
    return [f"{each.code} {each.message} → {each.hint}" for each in problems]


def test_the_shipped_layout_holds(folder: Folder) -> None:
    assert told(folder) == []


def test_what_was_read_has_its_words_and_what_is_believed_says_so(folder: Folder) -> None:
    found, _ = read_layout(folder.path)
    assert found
    assert found.party.margins.status is Status.ASSUMPTION
    assert found.state.margins.status is Status.TEXT
    quote = re.search(r"mép trên và mép dưới (\d+) - (\d+) mm, cách mép trái (\d+) - (\d+)", found.state.margins.quote)
    assert quote
    low, high, left_low, left_high = map(int, quote.groups())
    assert low <= found.state.margins.top_mm <= high
    assert left_low <= found.state.margins.left_mm <= left_high


@pytest.mark.parametrize("form", ["party", "state"])
def test_each_size_read_in_a_table_is_within_what_it_says(folder: Folder, form: str) -> None:
    found, _ = read_layout(folder.path)
    assert found
    for element in found.form(form).element:
        if size := re.search(r"(?:In hoa|In thường), (\d+)(?: ?- ?(\d+))?", element.quote):
            assert int(size[1]) <= element.size <= int(size[2] or size[1]), element.id


WRONG = [
    ('width_mm = 210', 'width_mm = "210"', "R01 tệp viết chưa đúng dạng, trong [[party]]"),
    ("size = 15", "size = 150", "R01 [party]: element «heading»: cỡ chữ 150 không dùng được → cỡ chữ từ 6 đến 36"),
    ('id = "superior"', 'id = "superiors"', "R01 [party]: thiếu element «superior»"),
    ('id = "superior"', 'id = "issuer"', "R01 [party]: 2 khối element cùng id «issuer»"),
    ('text = "BÁO CÁO"', 'text = ""', "R01 [party]: element «type» thiếu text"),
    ("left_mm = 30", "left_mm = 130", "R01 [party]: lề quá rộng so với khổ giấy"),
    ("left_mm = 30", "left = 30", "R01 không hiểu khóa «left»"),
    ('under = "line"', 'under = "double"', "R01 tệp viết chưa đúng dạng, trong [[party]]"),
    ('quote = "Tên cơ quan cấp trên trực tiếp: In hoa, 14, Đứng"', "", "R02 [party]: element superior thiếu quote"),
    ('basis = "theo cách ghi trong văn bản thực tế"', "", "R02 [party]: signing thiếu basis"),
    ("[party.paper]", "[party.paper", "R01 tệp viết chưa đúng dạng"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "message"), WRONG)
def test_what_does_not_hold_is_told(folder: Folder, old: str, new: str, message: str) -> None:
    folder.change(FILE, old, new)
    assert any(each.startswith(message) for each in told(folder)), told(folder)


def test_a_folder_without_the_file_is_told(folder: Folder) -> None:
    (folder.path / FILE).unlink()
    assert told(folder)[0].startswith("R01 không tìm thấy tệp thể thức này")


def test_the_layout_has_no_part_in_what_is_counted(folder: Folder) -> None:
    before, _ = folder.read()
    folder.change(FILE, "size = 15", "size = 16")
    after, _ = folder.read()
    assert before
    assert after
    assert before.rulebook.version == after.rulebook.version
