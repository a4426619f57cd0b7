"""The cover letter: what is sent, and everything else blank."""

from pathlib import Path

import pytest
from boiduong_exporter.papers.cover import write_cover
from boiduong_exporter.reports.figures import Issuer
from docx import Document
from docx.shared import Pt

from tests.exporter.papers.made import PARTY, STATE, layout, review
from tests.exporter.papers.reading import footers, headers, lines
from tests.exporter.reports.made import basis


def written(path: Path, issuer: Issuer = PARTY) -> Path:
    write_cover(review(issuer, basis=basis(notice="DỮ LIỆU MẪU")), path / "cv.docx", layout())
    return path / "cv.docx"


def test_a_letter_has_no_type_and_its_subject_under_its_number(tmp_path: Path) -> None:
    said = lines(written(tmp_path))
    number = said.index("Số              -CV/………")
    assert said[number + 1] == "V/v gửi báo cáo sơ kết việc thực hiện Quy định số 145-QĐ/TW"
    assert "BÁO CÁO" not in said
    assert said[0] == "DỰ THẢO"


def test_the_subject_of_a_party_letter_is_small_and_italic(tmp_path: Path) -> None:
    style = Document(str(written(tmp_path))).styles["Trích yếu công văn"]
    assert style.font.size == Pt(12)
    assert style.font.italic


@pytest.mark.parametrize(("issuer", "behalf"), [(PARTY, "T/M"), (STATE, "TM.")])
def test_the_letter_says_what_is_sent_and_leaves_the_rest_blank(tmp_path: Path, issuer: Issuer, behalf: str) -> None:
    said = lines(written(tmp_path, issuer))
    body = [line for line in said if "gửi kèm theo công văn này báo cáo sơ kết" in line]
    assert len(body) == 1
    assert body[0].startswith(issuer.name)
    assert body[0].endswith("(Quý III năm 2026, tính đến ngày 01/11/2026)./.")
    assert [line for line in said if line.startswith("Kính gửi: ")] == ["Kính gửi: ……………………………………………"]
    end = said[said.index("Nơi nhận:") + 1 :]
    assert {line.removeprefix(behalf).strip("- …\u00a0") for line in end} == {""}


def test_the_letter_bears_mark_and_notice_too(tmp_path: Path) -> None:
    found = written(tmp_path)
    assert footers(found) == ["Mã đối chiếu: 9f3a5c1e"] * 2
    assert all("DỮ LIỆU MẪU" in each for each in headers(found))
