"""Whole topics: what is read does not depend on how it was typed, and nothing an author types breaks the reader."""

import unicodedata
from pathlib import Path

import pytest
from boiduong_packager.model import BlankQuestion, ChoiceQuestion, MatchingQuestion, OrderingQuestion, Prose, Topic
from boiduong_packager.read.formula import MathError, mathml_of
from boiduong_packager.read.questions import decimal
from boiduong_packager.read.reading import Reading
from boiduong_packager.read.references import find_references, split_address
from boiduong_packager.read.source import Source, decode
from boiduong_packager.read.topic import read_topic
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.packager.cases.case_file import head_of

NOWHERE = Path(__file__).parent
PIECES = st.sampled_from(
    [
        "## Mục", "### Con {#con}", "chữ", "\n", "\n\n", "::: question {#q1}", "::: suy-ngẫm {#r}", ":::",
        "- [x] a", "- [ ] b", "= Đúng", "= 7 +- 0,5", "[[a|b]]", "- a -> b", "1. bước", "  > phản hồi",
        "Gợi ý: x", "Giải thích: y", "$a^2$", "$\\frac{1$", "| a | b |", "|---|---|", "[^1]", "[^1]: nguồn",
        "![m](a.svg \"t\")", "[x](#muc)", "[x](b.md#y)", "<u>", "</u>", "<script>", "`", "```", "<!--", "-->",
        "> [!NOTE]", "{: .x }", "{.caption}", "*[A]: b", "Từ\n:   nghĩa", "**", "_", "\\", "&lt;", "&nbsp;",
        "\t", "    ",
    ]
)  # fmt: skip


def read(body: str) -> Reading:
    source = decode((head_of() + body).encode(), "a.md")
    assert isinstance(source, Source)
    return read_topic(source, NOWHERE, {"a.md": "bai"}, {"pass_mark": 70})


def topic_of(body: str) -> Topic:
    reading = read(body)
    assert reading.topic is not None, reading.problems
    return reading.topic


def fragments(topic: Topic) -> list[str]:
    html = [part.html for section in topic.sections for part in section.parts if isinstance(part, Prose)]
    for question in topic.questions:
        html += [question.stem, question.hint, question.explanation]
        if isinstance(question, ChoiceQuestion):
            html += [text for choice in question.choices for text in (choice.html, choice.feedback)]
    return html


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(PIECES, st.just("\n"), st.text(max_size=4)), max_size=24))
def test_whatever_is_typed_is_a_topic_of_well_formed_fragments_or_problems(pieces: list[str]) -> None:
    source = decode((head_of() + "".join(pieces)).encode("utf-8", "ignore"), "a.md")
    assume(isinstance(source, Source))
    assert isinstance(source, Source)
    reading = read_topic(source, NOWHERE, {}, {"pass_mark": 70})
    assert reading.topic is not None or reading.problems
    for html in fragments(reading.topic) if reading.topic else ():
        etree.fromstring(f"<div>{html}</div>")
        assert "\x01" not in html
    lines = source.text.count("\n") + 1
    assert all(0 < problem.place.line <= lines for problem in reading.problems)


BODY = """
Lời đầu: huyện, ủy viên.

## Mục về hòa giải

Chữ có dấu.[^nguồn]

::: câu-hỏi {#q1}
Điều nào đúng?

- [ ] Một điều
- [x] Hai điều
:::

[^nguồn]: Sách.
"""


def test_decomposed_text_gives_the_same_topic() -> None:
    decomposed = unicodedata.normalize("NFD", BODY)
    assert decomposed != BODY
    assert topic_of(decomposed) == topic_of(BODY)


def test_line_ends_change_nothing() -> None:
    assert topic_of(BODY.replace("\n", "\r\n")) == topic_of(BODY)


def test_moving_the_choices_moves_no_id() -> None:
    moved = BODY.replace("- [ ] Một điều\n- [x] Hai điều", "- [x] Hai điều\n- [ ] Một điều")
    first, second = (topic_of(body).questions[0] for body in (BODY, moved))
    assert isinstance(first, ChoiceQuestion)
    assert isinstance(second, ChoiceQuestion)
    assert first.choices == second.choices[::-1]


def test_only_the_text_and_the_media_name_a_digest() -> None:
    assert topic_of(BODY).digest == topic_of(BODY).digest
    assert topic_of(BODY).digest != topic_of(BODY + "\nThêm.\n").digest


def test_element_ids_are_unique_in_a_topic() -> None:
    body = "## A\n\n### Con\n\nx[^1]\n\n### Con\n\ny[^1]\n\n## B\n\n### Con\n\nz[^1]\n\n## A con\n\nt\n\n[^1]: n\n"
    topic = topic_of(body)
    ids = [section.id for section in topic.sections]
    ids += [id_ for html in fragments(topic) for id_ in etree.fromstring(f"<div>{html}</div>").xpath("//@id")]
    assert len(ids) == len(set(ids)) == 11


@pytest.mark.parametrize(
    ("body", "seconds"),
    [
        ("## A\n\n" + "tiếng " * 150, 60),
        ("## A\n\n" + "tiếng " * 151, 61),
        ("## A\n\n| a | b |\n|---|---|\n| 1 | 2 |\n", 60),
        ("## A\n\n" + "tiếng " * 150 + "\n\n::: question {#q}\nHỏi?\n\n= Sai\n:::\n", 150),
        ("## A\n\n" + "tiếng " * 150 + "\n\n::: suy-ngẫm {#q}\nHỏi?\n:::\n", 360),
        ("## A\n\n" + "tiếng – " * 150, 60),
    ],
)
def test_reading_time_counts_syllables_tables_and_questions(body: str, seconds: int) -> None:
    assert topic_of(body).reading_seconds == seconds


def test_without_a_scored_question_there_is_no_pass_mark() -> None:
    assert topic_of("## A\n\n::: suy-ngẫm {#q}\nHỏi?\n:::\n").pass_mark == 0
    assert topic_of("## A\n\n::: question {#q}\nHỏi?\n\n= Sai\n:::\n").pass_mark == 70


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", "7"),
        ("7,5", "7.5"),
        ("7.5", "7.5"),
        ("1.250", "1250"),
        ("1.250,5", "1250.5"),
        ("-3", "-3"),
        ("– 3", "-3"),
        ("1.25", "1.25"),
        ("0.125", "0.125"),
    ],
)
def test_numbers_are_read_as_vietnamese_write_them(text: str, value: str) -> None:
    assert str(decimal(text)) == value


@pytest.mark.parametrize("text", ["", ".", "1,2,3", "bảy", "1.2.3"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        decimal(text)


@pytest.mark.parametrize("latex", ["\\frac{1}{2", "{", "\\khongco{a}", "x^", "10 đồng và", "\\frac{1}", "\\left("])
def test_a_formula_that_cannot_be_read_is_refused(latex: str) -> None:
    with pytest.raises(MathError):
        mathml_of(latex, "inline")


@pytest.mark.parametrize(
    "latex", ["a^2", "\\frac{a}{b}", "\\text{diện tích} = a", "a < b", "\\sum_{i=1}^n x_i", "50\\%"]
)
def test_a_formula_is_well_formed_mathml(latex: str) -> None:
    assert etree.fromstring(mathml_of(latex, "inline")).tag == "{http://www.w3.org/1998/Math/MathML}math"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("![a](b.svg)", [(True, "a", "b.svg", 0)]),
        ('x ![a [b]](c d(1).svg "t (1)")', [(True, "a [b]", "c d(1).svg", 2)]),
        ("![a](<b c.svg>)", [(True, "a", "b c.svg", 0)]),
        ("![a](b.svg “t”)", [(True, "a", "b.svg", 0)]),
        ("[![a](b.svg)](#c)", [(False, "![a](b.svg)", "#c", 0), (True, "a", "b.svg", 1)]),
        ("\\[a](b) [^1] [a] (b)", []),
        ("[a](b\n\n)", []),
    ],
)
def test_references_are_found_as_markdown_reads_them(text: str, expected: list[tuple[bool, str, str, int]]) -> None:
    found = find_references(text, text, 0)
    assert [(one.is_image, one.text, one.address, one.start) for one in found] == expected


def test_a_title_in_curly_quotes_is_a_title() -> None:
    assert split_address("a.svg “Hình 1”") == ("a.svg", "Hình 1")
    assert split_address("a b.svg") == ("a b.svg", None)


def test_ids_of_options_come_from_their_words() -> None:
    body = "## A\n\n::: question {#q}\nGhép.\n\n- a -> b\n- c -> d\n:::\n"
    body += "\n::: question {#r}\nXếp.\n\n1. a\n2. b\n3. c\n:::\n"
    matching, ordering = topic_of(body).questions
    assert isinstance(matching, MatchingQuestion)
    assert isinstance(ordering, OrderingQuestion)
    assert [pair.id for pair in matching.pairs] == [ordering.steps[0].id, ordering.steps[2].id]
    assert matching.pairs[0].right_id == ordering.steps[1].id


def test_blanks_are_numbered_in_the_order_of_the_text() -> None:
    (question,) = topic_of("## A\n\n::: question {#q}\n[[a]] và [[b|c]].\n:::\n").questions
    assert isinstance(question, BlankQuestion)
    assert question.stem == '<p><span data-blank="0"></span> và <span data-blank="1"></span>.</p>'
    assert question.blanks == (("a",), ("b", "c"))


def test_the_digest_names_what_a_silent_topic_takes_from_its_programme() -> None:
    head = "mã: bai\ntên: Bài\nđịnh hướng: a\nsố tiết: 1\ntác giả: A\nnguồn: B\nrà soát trước: 31/12/2027\n"
    text = f"---\n{head}---\n## Mục\n\nChữ.\n"
    digests = set()
    for edition in ("2026.1", "2026.2"):
        said = {"audience": "Nhóm 3", "issuing_body": "Trường", "edition": edition, "pass_mark": 70}
        topic = read_topic(Source("a.md", text), NOWHERE, {}, said).topic
        assert topic is not None
        digests.add(topic.digest)
    assert len(digests) == 2
