"""The front matter, key by key."""

from datetime import date

import pytest
from boiduong_packager.model import Classification, Orientation
from boiduong_packager.read.front_matter import KEYS, read_front_matter
from boiduong_packager.read.reading import find_id
from boiduong_packager.read.source import Source
from hypothesis import given
from hypothesis import strategies as st

from tests.packager.cases.case_file import head_of


def value(key: str, line: str) -> object:
    head, problems = read_front_matter(Source("a.md", f"---\n{line}\n---\n"), {})
    assert head is not None
    return head.values.get(key, [problem.code for problem in problems if problem.place.line > 1])


@pytest.mark.parametrize(
    ("key", "line", "expected"),
    [
        ("id", "mã: bai-1", "bai-1"),
        ("id", "ma : 'bai'", "bai"),
        ("title", "tên: Quy định 145: ai học # 1", "Quy định 145: ai học # 1"),
        ("title", "Tiêu đề: “Bài” và 'bài'", "“Bài” và 'bài'"),
        ("title", 'tên: "Bài" và "bài"', '"Bài" và "bài"'),
        ("title", "tên: [Bài] *một*", "[Bài] *một*"),
        ("title", "tên: 2026.10", "2026.10"),
        ("title", "tên: yes", "yes"),
        ("title", "tên: Một dòng\n  rồi một dòng", "Một dòng rồi một dòng"),
        ("title", "tên: >\n  Một dòng\n  hai dòng", "Một dòng hai dòng"),
        ("title", "tên:", ["K05"]),
        ("orientation", "định hướng: B.", Orientation.B),
        ("orientation", "dinh huong: định hướng c", Orientation.C),
        ("orientation", "định hướng: e", ["K05"]),
        ("periods", "tiết: 4 tiết", 4),
        ("periods", "số tiết: 4", 4),
        ("periods", "tiết: 0", ["K05"]),
        ("periods", "tiết: 1,5", ["K05"]),
        ("authors", "tác giả:\n- A\n– B: c", ("A", "B: c")),
        ("authors", "biên soạn: A", ("A",)),
        ("authors", "tác giả: [A, B]", ("A", "B")),
        ("sources", "nguồn:\n\t- A\n\t- B", ("A", "B")),
        ("sources", "nguồn:\n  a: b", ["K05"]),
        ("edition", "bản: 2026.10", "2026.10"),
        ("review_by", "rà soát trước: 31/12/2027", date(2027, 12, 31)),
        ("review_by", "hạn rà soát: 2027-12-31", date(2027, 12, 31)),
        ("review_by", "rà soát trước: ngày 5 tháng 1 năm 2027", date(2027, 1, 5)),
        ("review_by", "rà soát trước: 12/2027", ["K05"]),
        ("classification", "độ mật: TỐI  MẬT", Classification.SECRET),
        ("classification", "độ mật: tuyet-mat", Classification.TOP_SECRET),
        ("classification", "tên: x", Classification.NONE),
        ("pass_mark", "điểm đạt: 70 %", 70),
        ("pass_mark", "tên: x", 0),
        ("minimum_minutes", "thời gian tối thiểu: 20 phút", 20),
    ],
)
def test_a_value_is_understood_as_an_author_types_it(key: str, line: str, expected: object) -> None:
    assert value(key, line) == expected


@pytest.mark.parametrize("key", KEYS, ids=lambda key: key.name)
def test_every_key_is_known_by_all_its_names(key: object) -> None:
    names = (key.name, *key.aliases)  # type: ignore[attr-defined]
    for name in names:
        _, problems = read_front_matter(Source("a.md", f"---\n{name.upper()}: x\n---\n"), {})
        assert "K04" not in [problem.code for problem in problems]


@given(st.permutations(head_of().split("\n")[1:-2]))
def test_the_order_of_keys_changes_nothing(lines: list[str]) -> None:
    head, problems = read_front_matter(Source("a.md", "\n".join(["---", *lines, "---", ""])), {})
    first, _ = read_front_matter(Source("a.md", head_of()), {})
    assert problems == []
    assert head is not None
    assert first is not None
    assert head.values == first.values


@given(st.text(alphabet="abc:'\"[]{}#-–|>&*!%@`?\t \nệmã", max_size=60))
def test_any_front_matter_is_read_or_told(text: str) -> None:
    head, problems = read_front_matter(Source("a.md", f"---\n{text}\n---\n"), {})
    assert head is not None or problems


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("---\nmã: bai\n---\n", "bai"),
        ("—\nMA: 'bai'\n—\n", "bai"),
        ("---\nid：bai\n---\n", "bai"),
        ("---\nmã: Bài 1\n---\n", ""),
        ("---\ntên: x\n---\n\nmã: bai\n", ""),
        ("mã: bai\n", ""),
    ],
)
def test_the_id_is_found_before_the_topic_is_read(text: str, expected: str) -> None:
    assert find_id(text) == expected


def test_what_the_programme_says_holds_where_the_topic_is_silent() -> None:
    said = {"edition": "2026.1", "audience": "Nhóm 3", "pass_mark": 70}
    head, _ = read_front_matter(Source("a.md", "---\nbản: 2027.1\nđiểm đạt: 80\n---\n"), said)
    assert head is not None
    assert (head.values["edition"], head.values["audience"], head.values["pass_mark"]) == ("2027.1", "Nhóm 3", 80)


def test_a_slip_in_the_topic_is_not_covered_by_the_programme() -> None:
    head, problems = read_front_matter(Source("a.md", "---\nbản:\n---\n"), {"edition": "2026.1"})
    assert head is not None
    assert "edition" not in head.values
    assert any("«bản»" in problem.message for problem in problems)
