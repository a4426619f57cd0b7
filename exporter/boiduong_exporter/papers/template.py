"""The templates that come with the program, made from the layout: what an office gets to edit in Word."""

from io import BytesIO
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from boiduong_exporter.papers.pieces import head, left_open, paragraph, ruled, section, sentences, signing
from boiduong_exporter.papers.sheet import Sheet, blank
from boiduong_exporter.papers.tables import Column, listing
from boiduong_exporter.reports.legal import QUOTED
from boiduong_exporter.reports.province_words import PLAN_SUM
from boiduong_exporter.rulebook.layout import Layout

_COUNTED = (
    ("Tổng số", 11, "tong_so"), ("Phải bồi dưỡng", 13, "phai_boi_duong"), ("Đủ", 11, "du"), ("Tỷ lệ đủ", 13, "ty_le"),
    ("Còn thiếu", 11, "con_thieu"), ("Có khả năng chưa đủ", 12, "co_kha_nang_chua_du"),
    ("Chờ quyết định", 12, "cho_quyet_dinh"), ("Chưa đủ, hết nhiệm kỳ", 13, "chua_du"),
    ("Miễn, ngoài chế độ", 12, "mien_ngoai"), ("Chưa xác định", 11, "chua_xac_dinh"),
)  # fmt: skip
"""Heading, width in mm, name. "Phải bồi dưỡng" is the sum of the five after it, but the rate; "Tổng số" that of it and
the last two."""
_NUMBER_MM = 8
_SUBJECTS = tuple(each for each in _COUNTED if each[2] in ("tong_so", "phai_boi_duong", "mien_ngoai", "chua_xac_dinh"))


def review_template(layout: Layout, form: str) -> bytes:
    """The Báo cáo sơ kết as a .docx with tags."""
    sheet = blank(layout.form(form))
    head(sheet, sheet.form.elements["number"].text)
    _title(sheet)
    paragraph(
        sheet.document,
        "Căn cứ sổ theo dõi bồi dưỡng (mã đối chiếu {{ ma_doi_chieu }}), {{ co_quan }} báo cáo kết quả thực hiện "
        "{{ quy_dinh }}, {{ tinh_den[:1]|lower }}{{ tinh_den[1:] }}, như sau:",
        "body",
    )
    _subjects(sheet)
    _results(sheet)
    _for_the_office(sheet)
    signing(sheet)
    _annex(sheet)
    return _bytes(sheet.document)


def letter_template(layout: Layout, form: str) -> bytes:
    """The công văn that the review goes with, as a .docx with tags."""
    sheet = blank(layout.form(form))
    number = sheet.form.elements["number"]
    head(sheet, number.letter or number.text, "V/v gửi báo cáo sơ kết việc thực hiện {{ quy_dinh }}")
    address = paragraph(sheet.document, "Kính gửi: ……………………………………………", "body")
    address.alignment, address.paragraph_format.first_line_indent = WD_ALIGN_PARAGRAPH.CENTER, 0
    address.paragraph_format.space_before = address.paragraph_format.space_after = Pt(18)
    paragraph(
        sheet.document,
        "{{ co_quan }} gửi kèm theo công văn này báo cáo {{ trich_yeu[:1]|lower }}{{ trich_yeu[1:] }} "
        "({{ tinh_den }})./.",
        "body",
    )
    signing(sheet)
    return _bytes(sheet.document)


def _title(sheet: Sheet) -> None:
    kind = paragraph(sheet.document, sheet.form.elements["type"].text, "type")
    kind.paragraph_format.space_before = Pt(24)
    paragraph(sheet.document, "{{ trich_yeu }}", "subject")
    paragraph(sheet.document, "({{ tinh_den }})", "subject").runs[0].bold = False
    ruled(sheet.document, sheet.form, "subject", "Sơ kết việc thực hiện Quy định số một trăm", sheet.form.width_mm)
    sheet.document.paragraphs[-1].paragraph_format.space_after = Pt(12)


def _subjects(sheet: Sheet) -> None:
    section(sheet.document, "I. ĐỐI TƯỢNG VÀ SỐ NGÀY PHẢI BỒI DƯỠNG")
    sentences(sheet.document, "doan_doi_tuong")
    _people(sheet, "bang_nhom", "Người theo nhóm đối tượng", "Nhóm", _SUBJECTS)
    _people(sheet, "bang_cap", "Người theo cấp quản lý cán bộ", "Cấp quản lý", _SUBJECTS)


def _results(sheet: Sheet) -> None:
    section(sheet.document, "II. KẾT QUẢ")
    section(sheet.document, "1. Số ngày được tính")
    sentences(sheet.document, "doan_ket_qua")
    _people(sheet, "bang_nhom", "Kết quả theo nhóm đối tượng", "Nhóm", _COUNTED)
    _people(sheet, "bang_don_vi", "Kết quả theo đơn vị", "Đơn vị", _COUNTED)
    paragraph(sheet.document, "{%p if bang_don_vi %}", "table")
    note = "Người giữ chức vụ ở hai đơn vị có ở cả hai dòng, nên không cộng các dòng; dòng cuối đếm mỗi người một lần."
    paragraph(sheet.document, f"{note} Dòng lùi vào đã nằm trong dòng ở trên.", "table").runs[0].italic = True
    paragraph(sheet.document, "{%p endif %}", "table")
    section(sheet.document, "2. Lớp, lượt và người")
    sentences(sheet.document, "doan_lop")
    _table(sheet, "bang_nam", "Lớp theo năm", (
        Column("Năm", 11, "{{ dong.nam }}", last="Cộng"), Column("Quy định", 14, "{{ dong.quy_dinh }}"),
        Column("Đối tượng", 36, "{{ dong.doi_tuong }}"), Column("Loại lớp", 50, "{{ dong.loai_lop }}"),
        Column("Số lớp", 16, "{{ dong.so_lop }}", right=True, last="{{ nam_so_lop }}"),
        Column("Số lượt", 18, "{{ dong.so_luot }}", right=True, last="{{ nam_so_luot }}"),
        Column("Số người", 18, "{{ dong.so_nguoi }}", right=True, last="{{ nam_so_nguoi }}"),
    ))  # fmt: skip
    _planned(sheet)
    _course(sheet)
    sentences(sheet.document, "ghi_chu")


def _planned(sheet: Sheet) -> None:
    paragraph(sheet.document, "{%p if bang_ke_hoach %}", "body")
    section(sheet.document, "3. Thực hiện kế hoạch")
    sentences(sheet.document, "doan_ke_hoach")
    paragraph(sheet.document, "{%p endif %}", "body")
    _table(sheet, "bang_ke_hoach", "Kế hoạch và kết quả thực hiện", (
        Column("Số", 9, "{{ dong.so }}"), Column("Đối tượng", 30, "{{ dong.doi_tuong }}", last=PLAN_SUM),
        Column("Trạng thái", 20, "{{ dong.trang_thai }}"), Column("Chủ trì", 28, "{{ dong.chu_tri }}"),
        Column("Lớp theo kế hoạch", 14, "{{ dong.lop_ke_hoach }}", right=True, last="{{ ke_hoach_so_lop }}"),
        Column("Lớp đã mở", 13, "{{ dong.lop_da_mo }}", right=True, last="{{ ke_hoach_da_mo }}"),
        Column("Người theo kế hoạch", 15, "{{ dong.nguoi_ke_hoach }}", right=True, last="{{ ke_hoach_so_nguoi }}"),
        Column("Người đã dự", 14, "{{ dong.nguoi_da_du }}", right=True), Column("Văn bản", 22, "{{ dong.van_ban }}"),
    ))  # fmt: skip


def _course(sheet: Sheet) -> None:
    paragraph(sheet.document, "{%p if bang_dien_bien %}", "body")
    section(sheet.document, "{{ 4 if bang_ke_hoach else 3 }}. Diễn biến")
    sentences(sheet.document, "doan_dien_bien")
    paragraph(sheet.document, "{%p endif %}", "body")
    _table(sheet, "bang_dien_bien", "Diễn biến", (
        Column("Kỳ", 46, "{{ dong.ten }}"), Column("Đến ngày", 26, "{{ dong.den_ngay }}"),
        Column("Phải bồi dưỡng", 24, "{{ dong.phai_boi_duong }}", right=True),
        Column("Đủ", 20, "{{ dong.du }}", right=True), Column("Tỷ lệ đủ", 22, "{{ dong.ty_le }}", right=True),
        Column("Chưa xác định", 24, "{{ dong.chua_xac_dinh }}", right=True),
    ))  # fmt: skip


def _for_the_office(sheet: Sheet) -> None:
    section(sheet.document, "III. ĐÁNH GIÁ, NGUYÊN NHÂN")
    left_open(sheet.document, "Việc làm được, việc chưa làm được, đối chiếu với các con số ở trên", "Nguyên nhân")
    section(sheet.document, "IV. PHƯƠNG HƯỚNG, KIẾN NGHỊ")
    left_open(sheet.document, "Việc làm tiếp đến hết nhiệm kỳ", "Kiến nghị với cấp trên, nếu có")


def _annex(sheet: Sheet) -> None:
    paragraph(sheet.document, "PHỤ LỤC", "type").paragraph_format.page_break_before = True
    paragraph(sheet.document, "Căn cứ của các con số", "subject").paragraph_format.space_after = Pt(12)
    for label, tag in (
        ("Mã của sổ theo dõi bồi dưỡng", "{{ dau_so }}"), ("Tính đến ngày", "{{ den_ngay }}"),
        ("Đơn vị, tổ chức", "{{ to_chuc }}"), ("Bản quy tắc tính", "{{ ban_quy_tac }}"),
        ("Phần mềm", "{{ phan_mem }}"),
    ):  # fmt: skip
        paragraph(sheet.document, f"{label}: {tag}", "body").alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph(sheet.document, "{{ quy_doi }}", "body").alignment = WD_ALIGN_PARAGRAPH.LEFT
    section(sheet.document, "A. Văn bản và câu trích")
    paragraph(sheet.document, "{%p for vb in van_ban %}", "body")
    paragraph(sheet.document, "{{ vb.ten }}", "section")
    paragraph(sheet.document, "{{ vb.hieu_luc }}", "body")
    listing(sheet.document, sheet.form.width_mm, "vb.trich", (
        Column("Nội dung", 38, "{{ dong.noi_dung }}"), Column(QUOTED, 62, "{{ dong.trich }}"),
        Column("Nguồn đã đọc; điều, khoản", 40, "{{ dong.nguon }}"), Column("Mức độ", 25, "{{ dong.muc_do }}"),
    ))  # fmt: skip
    paragraph(sheet.document, "{%p endfor %}", "body")
    _table(sheet, "cach_hieu", "B. Cách hiểu đã dùng, nơi văn bản chưa nói rõ", (
        Column("Điều để ngỏ", 36, "{{ dong.ten }}"), Column("Đang hiểu là", 44, "{{ dong.dang_hieu }}"),
        Column("Căn cứ", 56, "{{ dong.can_cu }}"), Column("Mức độ; ai quyết định", 29, "{{ dong.muc_do }}"),
    ))  # fmt: skip
    section(sheet.document, "C. Tính lại")
    paragraph(sheet.document, "{%p for dong in tinh_lai %}", "body")
    paragraph(sheet.document, "{{ dong.viec }}: {{ dong.lenh }}", "body").alignment = WD_ALIGN_PARAGRAPH.LEFT
    paragraph(sheet.document, "{%p endfor %}", "body")


def _people(sheet: Sheet, name: str, title: str, of: str, counted: tuple[tuple[str, int, str], ...]) -> None:
    """A table of people by `of`, closed by the whole."""
    width = sheet.form.width_mm - _NUMBER_MM - sum(share for _, share, _ in counted)
    columns = (
        Column("TT", _NUMBER_MM, "{{ dong.stt }}", centred=True),
        Column(of, min(max(width, 35), 80), "{{ dong.ten }}", last="Tất cả"),
        *(Column(text, share, f"{{{{ dong.{tag} }}}}", True, f"{{{{ {tag} }}}}") for text, share, tag in counted),
    )
    _table(sheet, name, title, columns)


def _table(sheet: Sheet, name: str, title: str, columns: tuple[Column, ...]) -> None:
    """A table with its title, left out where the list is empty."""
    paragraph(sheet.document, f"{{%p if {name} %}}", "body")
    caption = paragraph(sheet.document, title, "table")
    caption.runs[0].bold = True
    caption.paragraph_format.keep_with_next, caption.paragraph_format.space_before = True, Pt(4)
    listing(sheet.document, sheet.form.width_mm, name, columns, levels=name == "bang_don_vi")
    paragraph(sheet.document, "{%p endif %}", "body")


def _bytes(document: Any) -> bytes:
    buffer = BytesIO()
    document.save(buffer)
    return buffer.getvalue()
