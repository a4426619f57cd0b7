"""`report review`, `report slips` and `template review` as an officer types them."""

from pathlib import Path

import pytest
from docx import Document

from tests.exporter.office import Office
from tests.exporter.reporting.lam_giang import founded
from tests.paper import sheets

DAY = ("--as-of", "30/09/2026")


def told(capsys: pytest.CaptureFixture[str]) -> str:
    output = capsys.readouterr()
    return output.out + output.err


def text_of(path: Path) -> str:
    return "\n".join(paragraph.text for paragraph in Document(str(path)).paragraphs)


def test_a_review_is_a_draft_with_its_cover_letter(
    lam_giang: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    review, cover = tmp_path / "so-ket.docx", tmp_path / "cong-van.docx"
    assert lam_giang.run("report", "review", "TU", *DAY, "--out", review, "--cover", cover) == 0
    assert "dự thảo: số, ngày, nơi nhận, người ký" in told(capsys)
    assert "PHỤ LỤC" in text_of(review)
    assert "gửi kèm theo công văn này" in text_of(cover)


def test_the_offices_own_template_is_filled(lam_giang: Office, tmp_path: Path) -> None:
    own, out = tmp_path / "mau.docx", tmp_path / "so-ket.docx"
    assert lam_giang.run("template", "review", "--form", "party", "--out", own) == 0
    document = Document(str(own))
    document.add_paragraph("Văn phòng thêm: {{ tong_so }} người.")
    document.save(str(own))
    assert lam_giang.run("report", "review", "TU", *DAY, "--template", own, "--out", out) == 0
    assert "Văn phòng thêm: 7 người." in text_of(out)


def test_a_template_that_cannot_be_filled_is_told_and_nothing_is_written(
    lam_giang: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own, out = tmp_path / "mau.docx", tmp_path / "so-ket.docx"
    own.write_bytes(b"PK no docx")
    assert lam_giang.run("report", "review", "TU", *DAY, "--template", own, "--out", out) == 1
    assert "P01" in told(capsys)
    assert not out.exists()


def test_a_template_is_never_written_over(
    lam_giang: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = tmp_path / "mau.docx"
    own.write_bytes(b"of the office")
    assert lam_giang.run("template", "review", "--out", own) == 1
    assert "Đã có tệp" in told(capsys)
    assert own.read_bytes() == b"of the office"


def test_the_slips_of_a_unit_are_one_file_a_page_each(
    lam_giang: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "phieu.pdf"
    assert lam_giang.run("report", "slips", "DU01", *DAY, "--out", out) == 0
    pages = [sheet.text for sheet in sheets(out.read_bytes())]
    assert len(pages) == 3
    assert all(name in page for name, page in zip(("An", "Bình", "Lan"), pages, strict=True))
    assert "3 phiếu" in told(capsys)


def test_slips_of_nobody_are_not_written(lam_giang: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "phieu.pdf"
    assert lam_giang.run("report", "slips", "BCT", *DAY, "--out", out) == 0
    assert "không có ai giữ chức vụ" in told(capsys)
    assert not out.exists()


def test_a_slip_made_alone_and_among_others_says_the_same(lam_giang: Office, tmp_path: Path) -> None:
    lam_giang.run("report", "slips", "DU01", *DAY, "--out", tmp_path / "nhieu.pdf")
    lam_giang.run("explain", "01", *DAY, "--pdf", tmp_path / "mot.pdf")
    (alone,) = sheets((tmp_path / "mot.pdf").read_bytes())
    assert alone.text == sheets((tmp_path / "nhieu.pdf").read_bytes())[0].text


@pytest.mark.parametrize("words", [("unit", "TU", "--cover", "a.docx"), ("slips", "TU", "--template", "a.docx")])
def test_options_of_the_review_belong_to_it_alone(
    lam_giang: Office, words: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    assert lam_giang.run("report", *words, *DAY) == 2
    assert "chỉ dùng với review" in told(capsys)


def test_a_cover_letter_is_a_word_file(lam_giang: Office, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cover = tmp_path / "cong-van.pdf"
    assert lam_giang.run("report", "review", "TU", *DAY, "--out", tmp_path / "a.docx", "--cover", cover) == 2
    assert "cong-van.pdf»: đuôi tệp phải là một trong .docx" in told(capsys)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("outs", [("--out", "a.docx"), ("--out", "../{}/a.docx"), ()])
def test_a_cover_letter_never_takes_the_place_of_the_review(
    lam_giang: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str],
    outs: tuple[str, ...],
) -> None:  # fmt: skip
    monkeypatch.chdir(tmp_path)
    cover = "a.docx" if outs else "so-ket-tu-2026-09-30.docx"
    words = [word.format(tmp_path.name) for word in outs]
    assert lam_giang.run("report", "review", "TU", *DAY, *words, "--cover", cover) == 2
    assert f"không ghi vào cùng một tệp được: «{cover}»" in told(capsys)
    assert list(tmp_path.iterdir()) == []


def test_a_template_without_a_name_is_called_by_what_it_is(
    lam_giang: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert lam_giang.run("template", "review") == 0
    assert [path.name for path in tmp_path.iterdir()] == ["mau-so-ket.docx"]


def test_papers_of_sample_books_say_so(tmp_path: Path) -> None:
    office = founded(tmp_path, sample=True)
    office.run("report", "review", "TU", *DAY, "--out", tmp_path / "so-ket.docx")
    office.run("report", "slips", "DU01", *DAY, "--out", tmp_path / "phieu.pdf")
    header = Document(str(tmp_path / "so-ket.docx")).sections[0].header
    first = Document(str(tmp_path / "so-ket.docx")).sections[0].first_page_header
    notice = "DỮ LIỆU MẪU – KHÔNG CÓ GIÁ TRỊ"
    assert all(notice in "".join(each.text for each in part.paragraphs) for part in (header, first))
    assert all(notice in sheet.text for sheet in sheets((tmp_path / "phieu.pdf").read_bytes()))
