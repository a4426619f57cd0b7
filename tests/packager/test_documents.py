"""The register of documents: what the real one holds, and how sentences are told apart."""

from datetime import date
from pathlib import Path

import pytest
from boiduong_packager.documents import Register, Term, citation_faults, read_register
from boiduong_packager.read.source import Source

ROOT = Path(__file__).parents[2]
TODAY = date(2026, 11, 22)


def told(text: str) -> list[tuple[int, int, str]]:
    register, _ = read_register(ROOT / "content")
    problems = citation_faults(register, Source("a.md", text), TODAY)
    return [(problem.place.line, problem.place.column, problem.code) for problem in problems]


def test_the_real_register_can_be_read_and_names_a_source_for_everything() -> None:
    register, problems = read_register(ROOT / "content")
    assert problems == []
    assert all(entry.source for entry in (*register.document, *register.term))
    assert all(document.ends for document in register.document if document.replaced_by)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Báo cáo huyện ủy.", [(1, 9, "D02")]),
        ("Báo cáo huyện uỷ.", [(1, 9, "D02")]),
        ("Năm 2024, báo cáo huyện ủy.", []),
        ("Trước đây báo cáo huyện ủy.", []),
        ("Ghi “báo cáo huyện ủy” thế thôi.", []),
        ("Ghi `huyện ủy` thế thôi.", []),
        ("> Báo cáo huyện ủy.", []),
        ("> [!NOTE]\n> Báo cáo huyện ủy.", [(2, 11, "D02")]),
        ("Dòng một\nbáo cáo huyện ủy\nnăm 2024.", []),
        ("Dòng một, năm 2024.\nBáo cáo huyện ủy.", [(2, 9, "D02")]),
        ("- Năm 2024\n- Huyện ủy", [(2, 3, "D02")]),
        ("---\ntên: huyện ủy\n---\n\nChữ.", []),
        ("\n—\ntên: huyện ủy\n—\n\nChữ.", []),
        ("Ban Tuyên giáo và Dân vận Trung ương.", []),
        ("Ban Tuyên giáo Trung ương.", [(1, 1, "D02")]),
        ("Theo 164-QĐ/TW.", [(1, 6, "D01")]),
        ("Theo 1164-QĐ/TW và 366-QĐ/TW.", []),
        ("Quy định 145 thay 164-QĐ/TW.", []),
        ("Luật 29/2018/QH14.", [(1, 6, "D01")]),
        ("3315-CV/TU năm 2024.", []),
    ],
)
def test_a_sentence_is_told_only_where_it_uses_what_ended(text: str, expected: list[tuple[int, int, str]]) -> None:
    assert told(text) == expected


def test_a_term_is_told_from_its_day_on() -> None:
    register = Register(term=(Term("cấp huyện", date(2025, 7, 1), "cấp xã", "báo"),))
    source = Source("a.md", "Cán bộ cấp huyện.")
    days = [date(2025, 6, 30), date(2025, 7, 1)]
    assert [len(list(citation_faults(register, source, day))) for day in days] == [0, 1]


def test_no_register_is_an_empty_register(tmp_path: Path) -> None:
    assert read_register(tmp_path) == (Register(), [])


@pytest.mark.parametrize(
    ("words", "text"),
    [("Ủy ban cũ", "Uỷ ban cũ."), ("huyện ủy", "HUYỆN UỶ đó."), ("Ủy ban toàn dân", "Ủy ban toàn dân.")],
)
def test_a_term_is_told_in_either_spelling_and_shown_in_a_right_one(words: str, text: str) -> None:
    register = Register(term=(Term(words, date(2025, 7, 1), "tên mới", "báo"),))
    (problem,) = citation_faults(register, Source("a.md", text), TODAY)
    assert problem.message.casefold() == f"«{words}» không còn từ 01/07/2025".casefold()
