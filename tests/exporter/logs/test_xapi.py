"""xAPI statements: one a line, in an array, or in the answer of an LRS."""

import json
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from boiduong_exporter.logs.reading import read_log
from boiduong_exporter.logs.record import Beat, Grade, Progress, Record, Where

from tests.exporter.logs.made import AT, COURSE, beat, only, payload, read, statement, text, told

GOING = "https://hoc.example/goi/che-do"
PACKAGE = Where(package=GOING)
STORED = AT + 877
"""2026-11-25T01:02:04.000Z, when the LRS received the statement."""
SIGN = payload(beat())
EXPERIENCED = "http://adlnet.gov/expapi/verbs/experienced"
SCORED = "http://adlnet.gov/expapi/verbs/scored"


def extended(**extensions: Any) -> dict[str, Any]:
    return {"extensions": {f"urn:boiduong:{key}": value for key, value in extensions.items()}}


def of_course(course: str) -> dict[str, Any]:
    return {"id": course, "definition": {"type": "http://adlnet.gov/expapi/activities/course"}}


def scored(**score: Any) -> dict[str, Any]:
    return {"score": score}


def verb(name: str) -> str:
    return f"http://adlnet.gov/expapi/verbs/{name}"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (statement(), Progress(1, "an.nv", PACKAGE, AT, True)),
        (statement("https://w3id.org/xapi/adl/verbs/completed"), Progress(1, "an.nv", PACKAGE, AT, True)),
        (statement(verb("passed"), result=scored(scaled=0.855)), Progress(1, "an.nv", PACKAGE, AT, True, score=85)),
        (statement(verb("failed"), result=scored(scaled=0.4)), Progress(1, "an.nv", PACKAGE, AT, None, score=40)),
        (statement(verb("failed"), result={"completion": True}), Progress(1, "an.nv", PACKAGE, AT, True)),
        (statement(result={"completion": False}), Progress(1, "an.nv", PACKAGE, AT, False)),
        (statement(SCORED, result=scored(raw=17, max=20)), Progress(1, "an.nv", PACKAGE, AT, None, score=85)),
        (statement(SCORED, result=scored(raw=15, min=10, max=20)), Progress(1, "an.nv", PACKAGE, AT, None, score=50)),
        (statement(SCORED, result=scored(scaled=-0.5)), Progress(1, "an.nv", PACKAGE, AT, None, score=0)),
        (statement(result=scored(raw=17)), Progress(1, "an.nv", PACKAGE, AT, True)),
        (statement(result={"duration": "PT45M"}), Progress(1, "an.nv", PACKAGE, AT, True)),
        (statement(actor={"mbox": "mailto:an@tinh.example"}), Progress(1, "an@tinh.example", PACKAGE, AT, True)),
        (statement(timestamp=None), Progress(1, "an.nv", PACKAGE, STORED, True)),
        (
            statement(context=extended(study={"class": "L01", "topic": "che-do", "edition": "2026.1"})),
            Progress(1, "an.nv", Where("L01", "", "che-do", "2026.1"), AT, True),
        ),
        (
            statement(EXPERIENCED, context=extended(beat=SIGN)),
            Beat(1, "an.nv", Where("", "", "che-do", "2026.1"), "7f3a", STORED - 30_000, STORED, False),
        ),
        (
            statement(
                "http://id.tincanapi.com/verb/earned",
                object=of_course(f"http://hoc.example/course/{COURSE}"),
                result=scored(scaled=0.85, raw=0.85, min=0, max=1),
            ),
            Grade(1, "an.nv", Where(course=COURSE), AT, Fraction("8.5")),
        ),
        (
            statement(verb("passed"), object=of_course("https://lms.example/lop/7"), result=scored(raw=9, max=12)),
            Grade(1, "an.nv", Where(course="https://lms.example/lop/7"), AT, Fraction("7.5")),
        ),
    ],
)  # fmt: skip
def test_a_statement_says(tmp_path: Path, said: dict[str, Any], expected: Record) -> None:
    assert read(tmp_path, text(said)) == [expected]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (statement("http://adlnet.gov/expapi/verbs/launched"), "Skipped"),
        (statement(verb("voided"), object={"objectType": "StatementRef", "id": "0a94"}), "Skipped"),
        (statement(verb("terminated"), result={"duration": "PT45M"}), "Skipped"),
        (statement(EXPERIENCED), "Skipped"),
        (statement(object=of_course("x")), "Skipped"),
        (statement(actor={"objectType": "Group", "mbox": "mailto:lop@tinh.example"}), "L08"),
        (statement(actor={"mbox_sha1sum": "ebd31e95054c018b10727ccffd2ef2ec3a016ee9"}), "L08"),
        (statement(actor={"account": {"homePage": "x", "name": ""}}), "L08"),
        (statement(actor=5), "L05"),
        (statement(SCORED, result=scored(scaled="tám")), "L05"),
        (statement(result=scored(scaled=1.5)), "L05"),
        (statement(result=scored(raw=12, max=10)), "L05"),
        (statement(result=scored(raw=1, max=0)), "L05"),
        (statement(SCORED, object=of_course("x"), result=scored(scaled=1e300)), "L05"),
        (statement(timestamp="1969-01-01T00:00:00Z"), "L06"),
        (statement(timestamp=None, stored=None), "L06"),
        (statement(EXPERIENCED, context=extended(beat=SIGN), stored=None), "L06"),
        (statement(EXPERIENCED, context=extended(beat={**SIGN, "age_ms": -1})), "L05"),
        (json.dumps(statement())[:-9], "L03"),
        (statement(object={"id": "a\0b"}), "L03"),
        ("", "Skipped"),
    ],
)  # fmt: skip
def test_any_other_statement_is_one_record(tmp_path: Path, said: Any, expected: str) -> None:
    assert told(read(tmp_path, text(statement(), said, statement()))) == ["1:Progress", f"2:{expected}", "3:Progress"]


SHAPES = {
    "array": lambda said: said,
    "answer": lambda said: {"statements": said},
    "answer with more": lambda said: {"more": "/xapi/statements?cursor=2", "statements": said},
    "last answer": lambda said: {"statements": said, "more": ""},
}


@pytest.mark.parametrize("indent", [None, 2])
@pytest.mark.parametrize("shape", SHAPES)
def test_statements_in_one_document_are_numbered_by_their_position(
    tmp_path: Path, shape: str, indent: int | None
) -> None:
    odd = statement(object={"id": 'a "quoted" } ] name \\'})
    document = json.dumps(SHAPES[shape]([statement(), odd, statement(actor=5), statement()]), indent=indent)
    records = read(tmp_path, document.encode())
    assert told(records) == ["1:Progress", "2:Progress", "3:L05", "4:Progress"]


def test_a_broken_statement_spoils_no_other_of_its_document(tmp_path: Path) -> None:
    whole = json.dumps(statement())
    document = f"[{whole},\n{whole.replace('true', 'tru').replace(': ', ' ', 1)},\n{whole}]"
    assert told(read(tmp_path, document.encode())) == ["1:Progress", "2:L03", "3:Progress"]


def test_a_document_that_breaks_off_gives_all_before_and_says_so(tmp_path: Path) -> None:
    document = json.dumps([statement(), statement(), statement()]).encode()
    for cut in range(len(document) // 3 + 5, len(document), 97):
        *before, last = told(read(tmp_path, document[:cut]))
        assert set(before) <= {"1:Progress", "2:Progress", "3:Progress"}
        assert last == f"{len(before) + 1}:L02"


def test_a_statement_beyond_all_size_is_passed_over(tmp_path: Path) -> None:
    huge = statement(object={"id": "x", "definition": {"name": {"vi": ["a"] * 1_500_000}}})
    assert told(read(tmp_path, json.dumps([statement(), huge, statement()]).encode())) == [
        "1:Progress",
        "2:L04",
        "3:Progress",
    ]


def test_a_string_that_never_ends_is_an_end_in_the_middle(tmp_path: Path) -> None:
    document = json.dumps([statement()])[:-1].encode() + b', {"id": "' + b"x" * 9_000_000
    assert told(read(tmp_path, document)) == ["1:Progress", "2:L02"]


def test_a_voiding_statement_is_told_as_such(tmp_path: Path) -> None:
    (found,) = read(tmp_path, text(statement(verb("voided"), object={"objectType": "StatementRef", "id": "0a94"})))
    assert "LRS" in found.reason  # type: ignore[union-attr]


def test_an_empty_answer_has_no_statement(tmp_path: Path) -> None:
    assert read(tmp_path, b'{"statements": [], "more": ""}') == []


def test_the_time_of_receipt_is_the_lrss_own(tmp_path: Path) -> None:
    """The device's clock is a day fast; the LRS knows better."""
    said = statement(EXPERIENCED, context=extended(beat=SIGN), timestamp="2026-11-26T01:02:03Z")
    assert only(read(tmp_path, text(said))).end_ms == STORED  # type: ignore[union-attr]


def test_the_format_is_named(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(json.dumps([statement()]).encode())
    assert read_log(path).format == "xAPI"
