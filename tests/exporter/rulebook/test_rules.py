"""Rules are data with a source: what is not founded, not understood, or looser than what is above is refused."""

from collections.abc import Callable

import pytest
from boiduong_exporter.faults import Code

from tests.exporter.rulebook.folder import CENTRAL, LOCAL, OLD, READINGS, REGISTER, Folder

QUOTE_OF_5 = 'quote = "Nhóm 2: Ít nhất 5 ngày/nhiệm kỳ do Bộ Chính trị, Ban Bí thư quyết định"'
SOURCE = 'source = "Báo Đắk Nông, bài tóm tắt Quy định 145-QĐ/TW (baodaknong.vn)"'
SECOND = """
[[group]]
id = "4"
quote = "q"
"""
WIDER = """
[form]
allowed = ["in_person", "blended"]
quote = "q"
"""
COVERED = """
[[covered]]
kind = "nghiep-vu"
quote = "q"
"""
LEFT_OPEN = """
[[excluded]]
kind = "nghiep-vu"
may_be_decided = true
quote = "q"
"""
DISTRICT = """
number = "9-CV/HU"
issuer = "Huyện ủy"
title = "t"
date = 2024-08-01
in_force = 2024-08-01
scheme = "145"
scope = ["Huyện ủy Cái Bè"]
implements = "3315-CV/TU"
source = "s"

[[group]]
id = "3"
minimum_days = "{days}"
minimum_in_person_days = "{in_person}"
quote = "{days} ngày, trong đó {in_person} ngày trực tiếp"
"""
QUOTE_OF_7 = "ít nhất 7 ngày/nhiệm kỳ bằng hình thức trực tiếp"
NOT_COVERED = """
[[covered]]
kind = "khac"
quote = "q"
"""
EMPTY_FORM = """
[form]
allowed = []
quote = "q"
"""
NO_PERSON = """
[form]
allowed = ["blended"]
quote = "q"
"""
AGAIN = """
[[group]]
id = "3"
quote = "q"
"""


def duty(duty_: str = "plans", groups: str = "3", levels: str = "tinh") -> str:
    return f"""
[[authority]]
duty = "{duty_}"
body = "b"
groups = ["{groups}"]
levels = ["{levels}"]
quote = "q"
"""


def changed(*edits: tuple[str, str, str]) -> Callable[[Folder], None]:
    def spoil(folder: Folder) -> None:
        for edit in edits:
            folder.change(*edit)

    return spoil


def added(name: str, text: str) -> Callable[[Folder], None]:
    return lambda folder: folder.add(name, text)


def removed(name: str) -> Callable[[Folder], None]:
    return lambda folder: (folder.path / name).unlink()


def put(reading: str, value: str) -> Callable[[Folder], None]:
    return lambda folder: folder.set_value(reading, value)


TOLD: list[tuple[Code, Callable[[Folder], None], str, str]] = [
    (Code.BAD_RULES, removed(READINGS), READINGS, "không tìm thấy tệp quy tắc này"),
    (Code.BAD_RULES, removed(REGISTER), REGISTER, "không tìm thấy tệp quy tắc này"),
    (Code.BAD_RULES, changed((CENTRAL, "[[group]]", "[[group")), CENTRAL, "tệp viết chưa đúng dạng"),
    (Code.BAD_RULES, changed((CENTRAL, "minimum_days", "minimun_days")), CENTRAL, "không hiểu khóa «minimun_days»"),
    (Code.BAD_RULES, changed((CENTRAL, 'scheme = "145"\n', "")), CENTRAL, "thiếu khóa «scheme»"),
    (Code.BAD_RULES, changed((CENTRAL, 'minimum_days = "5"', 'minimum_days = "năm"')), CENTRAL, "không phải số ngày"),
    (Code.BAD_RULES, changed((CENTRAL, 'kind = "du-nguon"', 'kind = "du-nguonn"')), CENTRAL, "không có trong danh mục"),
    (Code.BAD_RULES, changed((OLD, "ends = 2024-05-09", "ends = 2012-01-01")), OLD, "ends trước in_force"),
    (Code.BAD_RULES, changed((REGISTER, "[[level]]", "[[levels]]")), REGISTER, "không hiểu khóa «levels»"),
    (Code.BAD_RULES, changed((LOCAL, 'implements = "145-QĐ/TW"', 'implements = "146-QĐ/TW"')), LOCAL, "«146-QĐ/TW»"),
    (Code.BAD_RULES, changed((LOCAL, 'implements = "145-QĐ/TW"', 'implements = "3315-CV/TU"')), LOCAL, "ở trên"),
    (Code.BAD_RULES, changed((OLD, 'number = "164-QĐ/TW"', 'number = "145-QĐ/TW"')), CENTRAL, "hai tệp cùng số"),
    (Code.BAD_RULES, changed((READINGS, 'decided_by = "Nhóm', 'decided_bi = "Nhóm')), READINGS, "decided_b"),
    (Code.BAD_RULES, added(CENTRAL, AGAIN), CENTRAL, "2 mục [[group]] cùng id «3»"),
    (Code.BAD_RULES, added(LOCAL, EMPTY_FORM), LOCAL, "phải có hình thức trực tiếp"),
    (Code.BAD_RULES, added(LOCAL, NO_PERSON), LOCAL, "phải có hình thức trực tiếp"),
    (Code.BAD_RULES, added(LOCAL, duty("planns")), LOCAL, "Có phải là «plans»?"),
    (Code.BAD_RULES, added(LOCAL, duty("digs")), LOCAL, "plans, orients, appraises, organises, supervises"),
    (Code.BAD_RULES, added(LOCAL, duty(groups="4")), LOCAL, "không có nhóm «4»"),
    (Code.BAD_RULES, added(CENTRAL, duty(groups="4")), CENTRAL, "không có nhóm «4»"),
    (Code.BAD_RULES, added(LOCAL, duty(levels="thon")), LOCAL, "không có cấp «thon»"),
    (Code.BAD_RULES, changed((LOCAL, 'id = "3"', 'id = "3"\nmanaged_by = ["cap-uy"]')), LOCAL, "managed_by chỉ"),
    (Code.BAD_RULES, changed((LOCAL, "in_force = 2024-07-24", "in_force = 2024-05-09")), LOCAL, "không có hiệu lực"),
    (Code.BAD_RULES, changed((LOCAL, 'scheme = "145"', 'scheme = "164"')), LOCAL, "scheme «164» khác với «145»"),
    (
        Code.BAD_RULES,
        changed((LOCAL, 'person_days = "7"', 'person_days = "8"'), (LOCAL, QUOTE_OF_7, f"8 {QUOTE_OF_7}")),
        LOCAL,
        "8 ngày, nhiều hơn minimum_days 7",
    ),
    (
        Code.BAD_RULES,
        changed(
            (LOCAL, 'minimum_days = "7"\nminimum_in_person_days = "7"', 'minimum_in_person_days = "8"'),
            (LOCAL, QUOTE_OF_7, f"8 {QUOTE_OF_7}"),
        ),
        LOCAL,
        "8 ngày, nhiều hơn minimum_days 7",
    ),
    (Code.UNFOUNDED_RULE, changed((CENTRAL, QUOTE_OF_5, 'quote = "  "')), CENTRAL, "[[group]] 2 thiếu quote"),
    (Code.UNFOUNDED_RULE, changed((CENTRAL, SOURCE, 'source = " "')), CENTRAL, "[[group]] 2 thiếu source"),
    (Code.UNFOUNDED_RULE, changed((CENTRAL, "Ít nhất 5 ngày", "Ít nhất 15 ngày")), CENTRAL, "không có số ấy"),
    (
        Code.UNFOUNDED_RULE,
        changed((LOCAL, "ít nhất 7 ngày", "ít nhất bảy ngày")),
        LOCAL,
        "minimum_in_person_days = «7»",
    ),
    (Code.UNFOUNDED_RULE, changed((CENTRAL, QUOTE_OF_5, "")), CENTRAL, "[[group]] 2 thiếu quote"),
    (Code.UNFOUNDED_RULE, changed((CENTRAL, SOURCE, "")), CENTRAL, "[[group]] 2 thiếu source"),
    (
        Code.UNFOUNDED_RULE,
        changed((CENTRAL, 'basis = "đào tạo theo', '# basis = "đào tạo theo')),
        CENTRAL,
        "thiếu basis",
    ),
    (
        Code.LOOSER_RULE,
        changed((LOCAL, 'minimum_days = "7"\nm', 'minimum_days = "13/2"\nm'), (LOCAL, QUOTE_OF_7, f"6,5 {QUOTE_OF_7}")),
        LOCAL,
        "13/2 ngày, ít hơn 7",
    ),
    (Code.LOOSER_RULE, added(LOCAL, SECOND), LOCAL, "không có nhóm «4»"),
    (Code.LOOSER_RULE, added(LOCAL, COVERED), LOCAL, "«Bồi dưỡng nghiệp vụ» bị 145-QĐ/TW loại trừ"),
    (Code.LOOSER_RULE, added(LOCAL, LEFT_OPEN), LOCAL, "may_be_decided"),
    (Code.LOOSER_RULE, added(LOCAL, NOT_COVERED), LOCAL, "không thuộc loại mà 145-QĐ/TW tính"),
    (Code.RULES_OVERLAP, changed((OLD, "ends = 2024-05-09", "ends = 2024-05-10")), OLD, "từ 10/05/2024"),
    (Code.RULES_OVERLAP, changed((OLD, "ends = 2024-05-09 ", "# ")), OLD, "cùng có hiệu lực"),
    (Code.BAD_READING, put("cap", '"nominall"'), READINGS, "Có phải là «nominal»?"),
    (Code.BAD_READING, put("self_paced_needs", '"some_atendance"'), READINGS, "Có phải là «some_attendance»?"),
    (Code.BAD_READING, put("self_paced_needs", '"5/4"'), READINGS, '"0" đến "1"'),
    (Code.BAD_READING, put("result_required", '"true"'), READINGS, "true hoặc false"),
    (Code.BAD_READING, put("half_day", '{ whole_from = "3/4" }'), READINGS, "whole_from, below"),
    (Code.BAD_READING, put("half_day", '{ whole_from = 1, below = "none" }'), READINGS, '"0" đến "1"'),
    (Code.BAD_READING, put("half_day", '{ whole_from = "1/0", below = "none" }'), READINGS, '"0" đến "1"'),
    (Code.BAD_READING, put("display_step", '"0"'), READINGS, "bước"),
    (Code.BAD_READING, put("retention", "{ years_after_term = true }"), READINGS, "số năm"),
    (Code.BAD_READING, put("retention", "{ years_after_term = -1 }"), READINGS, "số năm"),
    (Code.BAD_READING, put("raw_beats", "{ months = 0 }"), READINGS, "số tháng, từ 1"),
    (
        Code.BAD_READING,
        put("study_halves", '{ afternoon_from = "12h", evening_from = "18:00" }'),
        READINGS,
        "giờ và phút",
    ),
    (
        Code.BAD_READING,
        put("study_halves", '{ afternoon_from = "24:00", evening_from = "18:00" }'),
        READINGS,
        "giờ và phút",
    ),
    (
        Code.BAD_READING,
        put("study_halves", '{ afternoon_from = "18:00", evening_from = "12:00" }'),
        READINGS,
        "buổi tối phải sau",
    ),
    (Code.BAD_READING, changed((READINGS, 'pass_score = "5"', 'pass_score = "1/0"')), READINGS, "pass_score «1/0»"),
    (Code.BAD_READING, changed((READINGS, "periods_per_day = 8", "periods_per_day = 0")), READINGS, "phải từ 1"),
    (
        Code.BAD_READING,
        changed((READINGS, "[topic_repeat]", "[topic_repeats]")),
        READINGS,
        "Có phải là «topic_repeat»?",
    ),
    (Code.BAD_READING, changed((READINGS, "[pro_rata]", "[prorata_of]")), READINGS, "[pro_rata]: thiếu mục này"),
]


@pytest.mark.parametrize(("code", "spoil", "name", "words"), TOLD)
def test_what_does_not_hold_is_refused_with_its_file(
    folder: Folder, code: Code, spoil: Callable[[Folder], None], name: str, words: str
) -> None:
    spoil(folder)
    told = folder.told()
    assert [line for line in told if line.startswith(f"{code.value} {name}: ") and words in line], told


def test_every_code_of_the_rules_has_a_case() -> None:
    assert list(dict.fromkeys(code for code, *_ in TOLD)) == [code for code in Code if code[0] == "R"]


def test_a_broken_file_is_told_with_its_line(folder: Folder) -> None:
    folder.change(CENTRAL, "[[group]]", "[[group")
    (problem,) = folder.read()[1]
    assert problem.place.line > 10


def test_a_local_document_may_not_widen_the_form(folder: Folder) -> None:
    folder.change(CENTRAL, 'allowed = ["in_person", "blended"]', 'allowed = ["in_person"]')
    folder.add(LOCAL, WIDER)
    (told,) = folder.told()
    assert told.startswith("R03")
    assert "hình thức «trực tiếp kết hợp trực tuyến»" in told


@pytest.mark.parametrize(("days", "in_person", "wrong"), [("7", "7", 0), ("8", "8", 0), ("7", "6", 1), ("6", "6", 3)])
def test_a_document_is_held_against_all_those_above_it(folder: Folder, days: str, in_person: str, wrong: int) -> None:
    folder.add("9-cv-hu.toml", DISTRICT.format(days=days, in_person=in_person))
    told = folder.told()
    assert [line[:3] for line in told] == ["R03"] * wrong


def test_documents_that_implement_one_another_are_refused(folder: Folder) -> None:
    folder.add("9-cv-hu.toml", DISTRICT.format(days="7", in_person="7"))
    folder.change(LOCAL, 'implements = "145-QĐ/TW"', 'implements = "9-CV/HU"')
    assert {line[:3] for line in folder.told()} == {"R01"}


def test_what_is_wrong_in_one_file_is_told_once(folder: Folder) -> None:
    folder.change(CENTRAL, "[[group]]", "[[group")
    assert len(folder.told()) == 1
