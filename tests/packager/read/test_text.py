"""From bytes to text, and what stands where in it."""

import unicodedata

import pytest
from boiduong_packager.read.masking import blanked, mask, mask_math, without_comments
from boiduong_packager.read.source import Source, decode
from boiduong_packager.read.spacing import QUOTES_PART, spaced
from boiduong_vocabulary.problem import Place, Problem
from hypothesis import given
from hypothesis import strategies as st

MARKDOWN = st.text(alphabet="`~$<!->\n #:[](){}=|*_ax1đệ\\.", max_size=80)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"a\r\nb\rc\n", "a\nb\nc\n"),
        (b"\xef\xbb\xbfa", "a"),
        ("a\u00a0b\u200bc\x0bd\u2028e".encode(), "a bc d e"),
        (unicodedata.normalize("NFD", "huyện ủy").encode(), "huyện ủy"),
        ("Ðảng ðoàn".encode(), "Đảng đoàn"),
        (b"a\tb", "a\tb"),
    ],
)
def test_bytes_become_plain_composed_text(data: bytes, text: str) -> None:
    assert decode(data, "a.md") == Source("a.md", text)


@pytest.mark.parametrize(
    ("data", "code", "line"),
    [
        ("chữ".encode("utf-16"), "F03", 1),
        ("chữ".encode("utf-16-le"), "F03", 1),
        (b"a\nb\n\xe1\n", "F03", 3),
        ("Đúng.\n\nTµi liÖu båi d­ìng lý luËn chÝnh trÞ\n".encode(), "F02", 3),
        ("Ñaûng boä xaõ hoïp baøn veà coâng taùc\n".encode(), "F02", 1),
    ],
)
def test_what_is_no_unicode_is_told_with_its_line(data: bytes, code: str, line: int) -> None:
    problem = decode(data, "a.md")
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place.line) == (code, line)


@pytest.mark.parametrize(
    "text",
    [
        "HỘI NGHỊ TOÀN QUỐC",
        "Toàn khoá, toàn xã, quà tuân quá hoàn.",
        "Café Müller, Zoë, Noël, Genève, naïve.",
        "± 5 µm · 10 × 20 ® © §",
        "ĐẢNG BỘ XÃ HÒA BÌNH",
        "Văn Hoà, Tuý Loan, Thuỷ Nguyên",
    ],
)
def test_unicode_text_is_not_taken_for_a_legacy_encoding(text: str) -> None:
    assert isinstance(decode(text.encode(), "a.md"), Source)


@given(st.binary(max_size=60))
def test_any_bytes_are_a_text_or_a_problem(data: bytes) -> None:
    found = decode(data, "a.md")
    assert isinstance(found, Problem) or unicodedata.is_normalized("NFC", found.text)


@pytest.mark.parametrize(
    ("offset", "line", "column"), [(0, 1, 1), (1, 1, 2), (2, 2, 1), (3, 3, 1), (4, 3, 2), (5, 3, 3)]
)
def test_a_place_counts_lines_and_columns_from_one(offset: int, line: int, column: int) -> None:
    assert Source("a.md", "a\n\nbc").place(offset) == Place("a.md", line, column)


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("a `b` c", "a     c"),
        ("``a ` b`` c", "          c"),
        ("\\`a` `", "\\`a   "),
        ("`a\n\nb`", "`a\n\nb`"),
        ("```\n# a\n```\nb", "   \n   \n   \nb"),
        ("```\na\n", "```\na\n"),
        ("~~~ x\na\n~~~\nb", "     \n \n   \nb"),
        ("a <!-- b\nc --> d", "a       \n      d"),
        ("a <!-- b", "a <!-- b"),
    ],
)
def test_code_and_remarks_are_masked_where_they_are_closed(text: str, masked: str) -> None:
    assert mask(text) == masked


@given(MARKDOWN)
def test_masks_keep_length_and_lines(text: str) -> None:
    for masked in (mask(text), mask_math(mask(text)), without_comments(text), blanked(text, [(0, len(text) // 2)])):
        assert len(masked) == len(text)
        assert [n for n, letter in enumerate(masked) if letter == "\n"] == [
            n for n, letter in enumerate(text) if letter == "\n"
        ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\n- b\n- c", "a\n\n- b\n- c"),
        ("a\n1. b", "a\n\n1. b"),
        ("a\n2. b", "a\n2. b"),
        ("- a\nb\n- c", "- a\nb\n- c"),
        ("- a\n  - b\n    - c\n- d", "- a\n    - b\n        - c\n- d"),
        ("1. a\n   - b\n2. c", "1. a\n    - b\n2. c"),
        ("- a\n    - b", "- a\n    - b"),
        ("a\n|b|c|\n|-|-|", "a\n\n|b|c|\n|-|-|"),
        ("```\na\n- b\n```", "```\na\n- b\n```"),
        ("> a\n> - b", "> a\n>\n> - b"),
        ("> a\n\n> b", f"> a\n\n{QUOTES_PART}\n\n> b"),
        ("> a\n>\n> b", "> a\n>\n> b"),
        ("a - b\n-c", "a - b\n-c"),
        ("- a\n\n    - b\n- c", "- a\n\n    - b\n\n- c"),
        ("`a`> b", "`a`> b"),
    ],
)
def test_the_blank_lines_that_markdown_wants_are_put_in(text: str, expected: str) -> None:
    assert spaced(text) == expected


@given(MARKDOWN)
def test_nothing_but_space_is_added_to_a_text(text: str) -> None:
    assert "".join(spaced(text).replace(QUOTES_PART, "").split()).replace(">", "") == "".join(text.split()).replace(
        ">", ""
    )
