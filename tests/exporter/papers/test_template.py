"""A template that an office has edited in Word: its wording holds, and what is wrong with it is told."""

import re
from collections.abc import Callable
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from boiduong_exporter.faults import Code
from boiduong_exporter.papers.names import LINES, values
from boiduong_exporter.papers.review import write_review
from boiduong_exporter.papers.template import review_template
from boiduong_exporter.reports.figures import ProvinceReport
from boiduong_vocabulary.problem import Problem
from docx import Document

from tests.exporter.papers.made import ROOT, layout, review
from tests.exporter.papers.reading import footers, headers, lines, text
from tests.exporter.reports.made import basis

Edit = Callable[[Any], None]


@cache
def shipped() -> bytes:
    return review_template(layout(), "party")


def edited(path: Path, edit: Edit) -> Path:
    """The office's copy, opened, changed and saved."""
    document = Document(BytesIO(shipped()))
    edit(document)
    document.save(str(path / "mau.docx"))
    return path / "mau.docx"


def result(path: Path, template: Path, report: ProvinceReport | None = None) -> Problem | Path:
    problem = write_review(report or review(), path / "so-ket.docx", layout(), template)
    assert (path / "so-ket.docx").exists() is (problem is None)
    return problem or path / "so-ket.docx"


def adding(*paragraphs: str) -> Edit:
    def edit(document: Any) -> None:
        for each in paragraphs:
            document.add_paragraph(each)

    return edit


def find(document: Any, wanted: str) -> Any:
    return next(line for line in document.paragraphs if wanted in line.text)


def rename(document: Any) -> None:
    find(document, "II. KẾT QUẢ").runs[0].text = "II. NHỮNG VIỆC ĐÃ LÀM"


def test_a_changed_heading_survives(tmp_path: Path) -> None:
    found = result(tmp_path, edited(tmp_path, rename))
    assert isinstance(found, Path)
    assert "II. NHỮNG VIỆC ĐÃ LÀM" in lines(found)
    assert "450" in text(found)


def test_a_tag_that_word_has_split_into_runs_is_filled(tmp_path: Path) -> None:
    def split(document: Any) -> None:
        line = document.add_paragraph("Tổng cộng: {")
        for part in ("{ to", "ng_", "so }", "} người"):
            line.add_run(part).bold = part == "ng_"

    found = result(tmp_path, edited(tmp_path, split))
    assert isinstance(found, Path)
    assert "Tổng cộng: 1.234 người" in lines(found)


def test_an_office_may_write_its_own_sentences_conditions_and_loops(tmp_path: Path) -> None:
    edit = adding(
        "{% if du != '0' %}Đã có {{ du }} người đủ.{% endif %}",
        "{% for dong in bang_nhom %}{{ dong.ten }}: {{ dong.du }}{% if not loop.last %}; {% endif %}{% endfor %}",
    )
    found = result(tmp_path, edited(tmp_path, edit))
    assert isinstance(found, Path)
    assert lines(found)[-2:] == ["Đã có 450 người đủ.", "Nhóm 2: 3; Nhóm 3: 447"]


def drop_all(document: Any) -> None:
    """All but one tag, which is filled with nothing: a file without any is no template."""
    for each in list(document.element.body)[:-1]:
        document.element.body.remove(each)
    for part in (document.sections[0].first_page_footer, document.sections[0].footer):
        part.paragraphs[0].runs[0].text = "{{ cap_tren }}"


def test_a_report_that_is_filled_already_is_no_template(tmp_path: Path) -> None:
    found = result(tmp_path, edited(tmp_path, rename))
    assert isinstance(found, Path)
    filled = found.rename(tmp_path / "bao-cao-cu.docx")
    problem = result(tmp_path, filled)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place.path) == (Code.NOT_A_TEMPLATE, str(filled))
    assert "không có thẻ nào, hình như là báo cáo đã điền" in problem.message
    assert problem.hint == "lấy mẫu bằng boiduong template review"


def test_what_a_paper_must_bear_is_put_back(tmp_path: Path) -> None:
    template = edited(tmp_path, drop_all)
    found = result(tmp_path, template, review(basis=basis(notice="DỮ LIỆU MẪU")))
    assert isinstance(found, Path)
    assert lines(found) == ["DỰ THẢO"]
    assert [each.strip() for each in footers(found)] == ["Mã đối chiếu: 9f3a5c1e"] * 2
    assert all("DỮ LIỆU MẪU" in each for each in headers(found))


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("Căn cứ DỰ THẢO kế hoạch của Tỉnh ủy", ["Căn cứ DỰ THẢO kế hoạch của Tỉnh ủy"]),
        ("Căn cứ kế hoạch của Tỉnh ủy", ["DỰ THẢO", "Căn cứ kế hoạch của Tỉnh ủy"]),
    ],
)
@pytest.mark.parametrize("blank", [(), ("",)])
def test_the_mark_of_a_draft_is_looked_for_on_top_only(
    tmp_path: Path, first: str, expected: list[str], blank: tuple[str, ...]
) -> None:
    def edit(document: Any) -> None:
        drop_all(document)
        adding(*blank, first, "Góp ý cho DỰ THẢO này gửi về Văn phòng.")(document)

    found = result(tmp_path, edited(tmp_path, edit))
    assert isinstance(found, Path)
    assert [line for line in lines(found) if line][:-1] == expected


def test_a_paper_of_more_sections_bears_them_on_all_pages(tmp_path: Path) -> None:
    def edit(document: Any) -> None:
        section = document.add_section()
        section.different_first_page_header_footer = False
        section.header.is_linked_to_previous = section.footer.is_linked_to_previous = False
        document.settings.odd_and_even_pages_header_footer = True

    found = result(tmp_path, edited(tmp_path, edit), review(basis=basis(notice="DỮ LIỆU MẪU")))
    assert isinstance(found, Path)
    for section in Document(str(found)).sections:
        for part in (section.header, section.even_page_header):
            assert "DỮ LIỆU MẪU" in "".join(line.text for line in part.paragraphs)
        for part in (section.footer, section.even_page_footer):
            assert "9f3a5c1e" in "".join(line.text for line in part.paragraphs)


def in_footer(document: Any) -> None:
    document.sections[0].footer.paragraphs[0].add_run(" {{ ma_doi_chiu }}")


def move_a_tag(document: Any) -> None:
    find(document, "{%p for doan in doan_lop %}").runs[0].text = "Xem: {% for doan in doan_lop %}"
    find(document, "{%p endfor %}")


BROKEN: dict[str, tuple[Edit, str, str]] = {
    "an unknown name": (
        adding("Có {{ nguoi_hoc }} người"),
        "thẻ dùng tên không có: «nguoi_hoc», ở đoạn «Có {{ nguoi_hoc }} người»",
        "Tên dùng được: ",
    ),
    "a name a letter off": (adding("{{ co_qan }}"), "«co_qan»", "Có phải là «co_quan»?"),
    "one in a footer": (in_footer, "«ma_doi_chiu», ở đoạn «Mã đối chiếu: ", "Có phải là «ma_doi_chieu»?"),
    "an unknown name of a line": (
        adding("{% for dong in bang_nhom %}{{ dong.tenn }}{% endfor %}"), "«tenn», ở đoạn «{% for", "«ten»",
    ),
    "a name of another list": (
        adding("{% for dong in bang_nhom %}{{ dong.lenh }}{% endfor %}"),
        "dòng của bảng ấy không có, ở đoạn «{% for dong in bang_nhom", "bang_nhom: stt, ten",
    ),
    "a tag that is not closed": (
        adding("{% if du %}", "Đủ"), "thẻ {% if … %} chưa có thẻ đóng {% endif %}", "sửa thẻ",
    ),
    "an open bracket": (adding("Có {{ du } người"), "thẻ viết chưa đúng, ở đoạn «Có {{ du } người»", "sửa thẻ"),
    "an unknown tag": (adding("{% neu du %}"), "thẻ có từ không hiểu «neu», ở đoạn «{% neu du %}»", "sửa thẻ"),
    "an unknown filter": (adding("{{ du|hoa }}"), "thẻ có từ không hiểu «hoa», ở đoạn «{{ du|hoa }}»", "sửa thẻ"),
    "a sum of text": (adding("{{ du + 1 }}"), "thẻ không tính được, ở đoạn «{{ du + 1 }}»", "thẻ chỉ nên"),
    "a division by nought": (adding("{{ 1 / 0 }}"), "thẻ không tính được, ở đoạn «{{ 1 / 0 }}»", "thẻ chỉ nên"),
    "too long a loop": (
        adding("{% for n in range(999999999) %}{% endfor %}"), "«{% for n in range", "thẻ chỉ nên",
    ),
    "a number without end": (adding("{{ 2**100000 }}"), "ở đoạn «{{ 2**100000 }}»", "thẻ chỉ nên"),
    "a number of too many digits": (adding(f"{{{{ {'9' * 5000} }}}}"), "thẻ không tính được", "thẻ chỉ nên"),
    "a text without end": (adding("{{ 'x'*200000000 }}"), "ở đoạn «{{ 'x'*200000000 }}»", "thẻ chỉ nên"),
    "a width without end": (adding("{{ '%999999999d' % 1 }}"), "thẻ không tính được", "thẻ chỉ nên"),
    "a method of a text": (adding("{{ 'x'['center'](999999999) }}"), "thẻ không tính được", "thẻ chỉ nên"),
    "a macro that calls itself": (
        adding("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}"), "thẻ không tính được", "thẻ chỉ nên",
    ),
    "brackets without end": (adding(f"{{{{ {'(' * 3000}1{')' * 3000} }}}}"), "thẻ không tính được", "thẻ chỉ nên"),
    "another text each time": (adding("{{ lipsum() }}"), "tên không có: «lipsum»", "Tên dùng được"),
    "a choice of chance": (adding("{{ bang_nhom|random }}"), "từ không hiểu «random»", "sửa thẻ"),
    "a filter that makes texts long": (adding("{{ du|center(999999999) }}"), "từ không hiểu «center»", "sửa thẻ"),
    "a way out of the sandbox": (adding("{{ du.__class__ }}"), "tên không có: «__class__»", "Tên dùng được"),
    "tags that part what belongs together": (
        move_a_tag, "thẻ mở và thẻ đóng không cùng một chỗ", "đứng một mình trong một đoạn",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("edit", "message", "hint"), BROKEN.values(), ids=BROKEN)
def test_a_broken_template_is_told_and_nothing_is_written(tmp_path: Path, edit: Edit, message: str, hint: str) -> None:
    template = edited(tmp_path, edit)
    problem = result(tmp_path, template)
    assert isinstance(problem, Problem)
    assert (problem.code, problem.place.path) == (Code.BAD_TAG, str(template))
    assert message in problem.message
    assert hint in problem.hint
    assert "docs/mau-bao-cao.md" in problem.hint


def zipped(name: str) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w") as package:
        package.writestr(name, "x")
    return buffer.getvalue()


NO_WORD = (b"", b"\xd0\xcf\x11\xe0 old Word", b"PK\x03\x04 cut", zipped("a.txt"), zipped("[Content_Types].xml"))
CASES = {Code.NOT_A_TEMPLATE: NO_WORD, Code.BAD_TAG: BROKEN}


@pytest.mark.parametrize("data", NO_WORD)
def test_a_file_that_is_no_word_document_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "mau.docx").write_bytes(data)
    problem = result(tmp_path, tmp_path / "mau.docx")
    assert isinstance(problem, Problem)
    assert problem.code == Code.NOT_A_TEMPLATE
    assert "Word Document (.docx)" in problem.hint


def test_every_name_that_a_template_may_use_is_documented_and_no_other_is() -> None:
    page = (ROOT / "docs/mau-bao-cao.md").read_text("utf-8")
    named, listed = page.split("## Các tên dùng được")[1].split("Các danh sách, và tên trong mỗi dòng")
    rows = [re.findall(r"`(\w+)`", line) for line in re.findall(r"^\| (`.*) \| .* \|$", named, re.MULTILINE)]
    lists = re.findall(r"^\| (`[^|]*) \| (`[^|]*) \|$", listed, re.MULTILINE)
    told = {name: tuple(re.findall(r"`(\w+)`", of)) for names, of in lists for name in re.findall(r"`(\w+)`", names)}
    assert told == LINES
    assert {name for row in rows for name in row} | (told.keys() - {"trich"}) == values(review()).keys()


def test_each_line_has_the_names_of_its_list() -> None:
    found = values(review())
    for name, names in LINES.items():
        lines_of = found["van_ban"][0]["trich"] if name == "trich" else found[name]  # type: ignore[index,call-overload]
        assert lines_of
        assert all(tuple(line) == names for line in lines_of)  # type: ignore[union-attr,arg-type]


def test_the_offices_copy_has_tags_and_no_figures(tmp_path: Path) -> None:
    (tmp_path / "mau.docx").write_bytes(review_template(layout(), "state"))
    said = text(tmp_path / "mau.docx")
    assert "{%tr for dong in bang_don_vi %}" in said
    assert "{{ tong_so }}" in said
    assert "450" not in said
