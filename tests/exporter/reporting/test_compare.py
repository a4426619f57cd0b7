"""What a draft of the rules would change: exactly who, how, and why."""

import json
from collections.abc import Callable, Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reporting.compare import comparison
from boiduong_exporter.reporting.unit import unit_report
from boiduong_exporter.reports.compare import Change, Comparison, Difference, Move, summary_text
from boiduong_exporter.reports.data import write_unit_json
from sqlalchemy import Connection

from tests.exporter.reporting.lam_giang import SHIPPED, asked, rules
from tests.exporter.rulebook.folder import CENTRAL, LOCAL, READINGS, REGISTER, Folder


@pytest.fixture
def draft(tmp_path: Path) -> Folder:
    """A copy of the rules in force, to be changed."""
    return Folder(tmp_path)


def compared(books: Connection, draft: Folder, unit: str = "TU") -> Comparison:
    return comparison(books, rules(), rules(draft.path), unit, asked())


def raise_minimum(draft: Folder) -> None:
    (draft.path / LOCAL).unlink()  # it implements what the draft changes
    draft.change(CENTRAL, 'minimum_days = "7"', 'minimum_days = "8"')
    draft.change(CENTRAL, "Ít nhất 7 ngày", "Ít nhất 8 ngày")


def by_code(found: Comparison) -> dict[str, Change]:
    return {change.code: change for change in found.changes}


def test_the_same_rules_change_nobody(books: Connection, draft: Folder) -> None:
    found = compared(books, draft)
    assert (found.changes, found.differences, found.moves) == ((), (), ())
    assert found.now == found.then
    assert found.people == 7
    assert "Hai bản quy tắc như nhau." in summary_text(found)


def test_a_higher_minimum_changes_exactly_those_of_its_group(books: Connection, draft: Folder) -> None:
    raise_minimum(draft)
    found = compared(books, draft)
    assert sorted(by_code(found)) == ["01", "02", "03", "04", "06"], "neither the one outside nor the one of group 2"
    dung = by_code(found)["04"]
    assert (dung.now.standing, dung.then.standing) == (Standing.ENOUGH, Standing.SHORT)
    assert (dung.now.required, dung.then.required) == (7, 8)
    assert (dung.now.shortfall, dung.then.shortfall) == (0, 1)
    assert dung.now.credited == dung.then.credited == 7
    assert dung.why == ("Số ngày tối thiểu: 7 ngày/nhiệm kỳ → 8 ngày/nhiệm kỳ",)
    assert found.moves == (Move(Standing.ENOUGH, Standing.SHORT, 2), Move(Standing.SHORT, Standing.SHORT, 3))
    assert (dict(found.now)[Standing.ENOUGH], dict(found.then)[Standing.ENOUGH]) == (2, 0)


def test_a_unit_is_held_against_a_draft_by_its_own_people(books: Connection, draft: Folder) -> None:
    raise_minimum(draft)
    assert sorted(by_code(compared(books, draft, "DU01"))) == ["01", "02", "03"]


def test_another_reading_changes_exactly_whom_it_concerns_and_is_named(books: Connection, draft: Folder) -> None:
    """Bình's day in a class that the regulation does not name waits; Hoa, outside the regime, was there too."""
    draft.set_value("kinds_not_listed", '"refused"')
    found = compared(books, draft)
    binh, hoa = found.changes
    assert (binh.code, hoa.code) == ("02", "05")
    assert (hoa.now.standing, hoa.then.standing) == (Standing.OUTSIDE, Standing.OUTSIDE)
    assert (hoa.now.refused, hoa.then.refused) == (0, 1)
    assert (binh.now.standing, binh.then.standing) == (Standing.SHORT, Standing.SHORT)
    assert (binh.now.waiting, binh.then.waiting) == (1, 0)
    lines, reading = binh.why
    assert lines == (
        "2 buổi: chờ quyết định (loại lớp quy định không gọi tên, chờ quyết định) → không tính (loại lớp quy định "
        "không gọi tên), chờ 1 → 0 ngày, gồm Chuyên đề quốc tế"
    )
    assert reading == ("cách hiểu «Loại lớp mà quy định không gọi tên: chờ cấp có thẩm quyền quyết định → không tính»")
    assert found.differences == (
        Difference(
            "Cách hiểu",
            "Loại lớp mà quy định không gọi tên",
            "chờ cấp có thẩm quyền quyết định",
            "không tính",
        ),
    )


def test_a_new_local_letter_is_named_as_the_reason(books: Connection, draft: Folder) -> None:
    draft.add("9-cv-tu.toml", LETTER)
    found = compared(books, draft)
    an = by_code(found)["01"]
    assert an.then.required == Fraction(9)
    assert an.why[0] == "thêm văn bản áp dụng: 9-CV/TU"
    assert "Số ngày tối thiểu: 7 ngày/nhiệm kỳ → 9 ngày/nhiệm kỳ" in an.why
    told = {(each.where, each.what): (each.now, each.then) for each in found.differences}
    assert told[("9-CV/TU", "Nhóm 3: số ngày tối thiểu")] == ("", "9 ngày")
    assert told[("9-CV/TU", "Văn bản")] == ("", "9-CV/TU ngày 01/06/2026 của Tỉnh ủy Lam Giang: thư giả định")
    assert {where for where, _ in told} == {"9-CV/TU"}


LETTER = """
number = "9-CV/TU"
issuer = "Tỉnh ủy Lam Giang"
title = "thư giả định"
date = 2026-06-01
in_force = 2026-06-01
scheme = "145"
scope = ["Tỉnh ủy Lam Giang"]
implements = "145-QĐ/TW"
source = "giả định"

[[group]]
id = "3"
minimum_days = "9"
quote = "ít nhất 9 ngày"
"""


def test_a_kind_of_class_that_leaves_the_regime_is_told_with_the_days_it_takes(
    books: Connection, draft: Folder
) -> None:
    (draft.path / LOCAL).unlink()
    draft.change(CENTRAL, '[[covered]]\nkind = "cap-nhat"', '[[excluded]]\nkind = "cap-nhat"')
    found = compared(books, draft)
    an = by_code(found)["01"]
    assert (an.now.credited, an.then.credited) == (7, 0)
    assert an.why[0].startswith("14 buổi: được tính (đủ buổi) → không tính (loại lớp không thuộc chế độ này)")
    assert an.why[0].endswith("được tính 7 → 0 ngày, gồm Lớp mùa hạ")
    told = {each.what: (each.now, each.then) for each in found.differences if each.where == "145-QĐ/TW"}
    label = "Loại lớp «Bồi dưỡng, cập nhật kiến thức, kỹ năng»"
    assert told == {label: ("thuộc chế độ", "không thuộc chế độ")}


def test_a_register_that_names_a_kind_otherwise_moves_its_people_to_another_group(
    books: Connection, draft: Folder
) -> None:
    draft.change(REGISTER, 'authority = "cap-uy"', 'authority = "ban-bi-thu"')
    found = compared(books, draft)
    (each,) = found.differences
    assert (each.where, each.what) == ("Danh mục loại", "«Cấp ủy» là loại cấp quản lý")
    assert (each.now, each.then) == ("cap-uy", "ban-bi-thu")
    an = by_code(found)["01"]
    assert (an.now.required, an.then.required) == (7, 5)
    assert "Số ngày tối thiểu: 7 ngày/nhiệm kỳ → 5 ngày/nhiệm kỳ" in an.why


def test_a_reading_that_had_no_part_is_no_reason(books: Connection, draft: Folder) -> None:
    raise_minimum(draft)
    draft.set_value("topic_repeat", '"each_class"')
    found = compared(books, draft)
    assert by_code(found)["04"].why == ("Số ngày tối thiểu: 7 ngày/nhiệm kỳ → 8 ngày/nhiệm kỳ",)
    assert "Một chuyên đề học lại" in {each.what for each in found.differences}


def test_a_reading_whose_ground_changed_is_no_other_reading(books: Connection, draft: Folder) -> None:
    draft.change(READINGS, "danh sách loại trừ để ngỏ («,...»)", "danh sách để ngỏ")
    found = compared(books, draft)
    assert found.changes == ()
    (each,) = found.differences
    assert each.what == "Loại lớp mà quy định không gọi tên: trích dẫn"
    assert each.then.startswith("danh sách để ngỏ (cách hiểu; ")


DRAFTS: dict[str, Callable[[Folder], None]] = {
    "a higher minimum": raise_minimum,
    "a kind refused": lambda draft: draft.set_value("kinds_not_listed", '"refused"'),
    "a local letter": lambda draft: draft.add("9-cv-tu.toml", LETTER),
    "another group": lambda draft: draft.change(REGISTER, 'authority = "cap-uy"', 'authority = "ban-bi-thu"'),
}


@pytest.mark.parametrize("change", DRAFTS.values(), ids=DRAFTS)
def test_everybody_of_whom_a_units_report_prints_another_figure_is_listed_and_nobody_else(
    books: Connection, draft: Folder, tmp_path: Path, change: Callable[[Folder], None]
) -> None:
    """The same list made by each of the two folders, and held side by side."""
    change(draft)
    listed = [printed(books, folder, tmp_path / "a.json") for folder in (SHIPPED, draft.path)]
    differ = {code for code, row in listed[0].items() if row != listed[1][code]}
    assert differ
    assert set(by_code(compared(books, draft))) == differ


def printed(books: Connection, folder: Path, path: Path) -> dict[str, dict[str, Any]]:
    """By code, the figures of everyone's row as the file has them."""
    write_unit_json(unit_report(books, rules(folder), "TU", asked()), path)
    people = json.loads(path.read_text("utf-8"))["people"]
    return {row["code"]: {key: cell for key, cell in row.items() if key != "why"} for row in people}


def test_each_basis_names_its_own_version_of_the_rules(books: Connection, draft: Folder) -> None:
    raise_minimum(draft)
    found = compared(books, draft)
    assert found.basis.head == found.draft.head
    assert found.basis.rulebook_version != found.draft.rulebook_version


def numbers(found: Comparison) -> Iterator[int]:
    yield sum(move.people for move in found.moves)
    yield len(found.changes)


def test_moves_add_up_to_those_who_change(books: Connection, draft: Folder) -> None:
    raise_minimum(draft)
    draft.set_value("kinds_not_listed", '"refused"')
    found = compared(books, draft)
    assert set(numbers(found)) == {6}
    assert sum(count for _, count in found.then) == found.people == 7
