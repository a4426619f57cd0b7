"""Bodies come back as the evidence that was entered."""

from datetime import date
from fractions import Fraction

import msgspec
import pytest
from boiduong_records.bodies import decode
from boiduong_vocabulary.canonical import canonical
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import (
    KINDS,
    NAMES,
    Completion,
    Designation,
    Evidence,
    Exemption,
    Half,
    Question,
    Recognition,
    Reported,
    Result,
    Ruling,
    StudyDay,
    StudyPart,
)

from tests.records.samples import attendance

DAY = date(2026, 3, 5)
EVIDENCE: list[Evidence] = [
    attendance(),
    Result("L01", DAY, Fraction(17, 2), True, "Lê Văn Cường"),
    Result("L01", DAY),
    Completion("L01", "mot", "2026", DAY, 3, 4, None, 80, 600),
    StudyDay(DAY, (StudyPart("L01", "mot", "2026", Half.EVENING, 1_234_567, 30),), "9f"),
    Reported("L01", "mot", "2026", DAY, 1_500_000, "Moodle"),
    Recognition("Tập huấn", "hội nghị", Delivery.BRIDGE, DAY, DAY, Fraction(1, 2), "05-QĐ", "đúng nội dung"),
    Exemption(DAY, None, "05-QĐ", "nghỉ thai sản"),
    Exemption(DAY, Fraction(5), "05-QĐ", "nghỉ ốm"),
    Designation("3", DAY, None, "05-QĐ", "theo chức danh"),
    Ruling("L01", Question.FORM, False, "05-QĐ", "học từ xa", DAY, Half.MORNING),
]


@pytest.mark.parametrize("evidence", EVIDENCE, ids=lambda one: type(one).__name__)
def test_evidence_comes_back_as_it_was(evidence: Evidence) -> None:
    assert decode(NAMES[type(evidence)], canonical(evidence).decode()) == evidence


def test_every_kind_of_evidence_is_among_them() -> None:
    assert {type(one) for one in EVIDENCE} == set(KINDS.values())


def test_a_body_of_another_kind_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        decode("result", canonical(EVIDENCE[3]).decode().replace("class_code", "code"))


def test_a_kind_that_is_no_evidence_is_refused() -> None:
    with pytest.raises(KeyError):
        decode("import", "{}")
