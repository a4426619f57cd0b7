"""A hall of four hundred: most by telephone, the others on the signed sheet, heads counted, and what comes of it."""

from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from boiduong_records.matching import directory
from boiduong_server.attending.scanning import Reader, Taken, admit
from boiduong_server.attending.sittings import Sitting, Slot
from boiduong_server.attending.stamps import stamp
from boiduong_server.house import House
from boiduong_vocabulary.evidence import Half
from flask.testing import FlaskClient
from openpyxl import load_workbook

from tests.exporter.office import CLASS_HEAD, PLACE_HEAD, SESSION_HEAD, Office
from tests.exporter.reporting.lam_giang import KIND
from tests.server.attending.held import MONITORS, Held, log_in
from tests.server.conftest import APPLICATION
from tests.server.desk.reading_pages import text
from tests.server.desk.test_roll import enter_sheet, look

CLASS, PLACE = "L400", "Hội trường lớn"
PEOPLE, BY_TELEPHONE, HEADS = 400, 310, 398
SLOT = Slot(CLASS, date(2026, 11, 26), Half.MORNING)
KEY = "2026-11-26-sang"
HALL = next(iter(MONITORS))


FAMILIES = ("Bùi", "Cao", "Đặng", "Đinh", "Hoàng", "Lê", "Ngô", "Phạm", "Trần", "Vũ")
MIDDLES = ("Đức", "Minh", "Ngọc", "Quang", "Thanh", "Thị", "Văn", "Xuân")
NAMES = [
    f"{family} {middle} {given}"
    for family in FAMILIES
    for middle in MIDDLES
    for given in ("An", "Hòa", "Lan", "Sơn", "Tú")
]


def code(number: int) -> str:
    return f"H{number:03d}"


@pytest.fixture
def hall(house: House) -> tuple[Held, Sitting]:
    """The class, by the office's own commands, and its sitting, opened."""
    office = Office(Path(house.books.engine.url.database or "").parent)
    people = [(code(number), NAMES[number], "1975", "Trưởng phòng", "SO") for number in range(PEOPLE)]
    head = ("Mã cán bộ", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Giữ chức vụ từ", "Diện quản lý")
    assert office.bring("roster", {"Cán bộ": [head, *((*row, "01/01/2025", "DU01") for row in people)]}, "hoi") == 0
    sheets = {
        "Lớp": [CLASS_HEAD, (CLASS, "Lớp đông", KIND, "145", "Nhóm 3", "QĐ 4", 1)],
        "Buổi": [SESSION_HEAD, (CLASS, "26/11/2026", "Sáng", "Hội trường", "7:30-11:30")],
        "Điểm học": [(*PLACE_HEAD, "Người quản lý"), (CLASS, PLACE, "Hội trường", MONITORS[HALL])],
    }
    assert office.bring("classes", sheets, "lop-dong") == 0
    listed = [(CLASS, who, name) for who, name, *_ in people]
    assert office.bring("enrolment", {"Học viên": [("Mã lớp", "Mã cán bộ", "Họ và tên"), *listed]}, "dong") == 0
    with house.books.reading() as books:
        cadres = {each: holders[0].cadre for each, holders in directory(books).by_code.items()}
    held = Held(house, cadres)
    made = held.prepared(PLACE, SLOT)
    return held, made


def read_code(held: Held, sitting: Sitting, number: int) -> None:
    cadre, now_ms = held.cadres[code(number)], held.house.now_ms()
    reader = Reader(cadre, cadre, frozenset({CLASS}), code(number))
    assert isinstance(admit(held.house.store, reader, stamp(sitting.public, held.code(sitting), now_ms), now_ms), Taken)


def ticked(data: bytes, present: set[str]) -> bytes:
    """The printed sheet as somebody copied the ticks of the paper into it."""
    book = load_workbook(BytesIO(data))
    for sheet in book.worksheets:
        cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
        column = next(cell.column for cell in cells if str(cell.value) == "26/11/2026 Sáng")
        for cell in cells:
            if cell.value in present:
                sheet.cell(cell.row, column).value = "x"
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def test_heads_telephones_and_paper_come_to_one_result(client: FlaskClient, hall: tuple[Held, Sitting]) -> None:
    held, sitting = hall
    log_in(client, held.house, held.monitor(HALL))
    at = f"/buoi/{sitting.public}"

    def post(path: str, **form: object) -> None:
        assert client.post(f"{at}/{path}", data=form, base_url=APPLICATION).status_code == 303, path

    def shown() -> str:
        return text(client.get(at, base_url=APPLICATION).text)

    post("mo")
    for number in range(BY_TELEPHONE):
        read_code(held, held.now(sitting), number)
    post("si-so", so=HEADS)
    assert f"Đếm {HEADS}, điểm danh {BY_TELEPHONE}, chênh {HEADS - BY_TELEPHONE}" in shown()

    paper = client.get(f"/lop/{CLASS}/bang-ky.xlsx?buoi={KEY}&diem={PLACE}", base_url=APPLICATION).data
    signed = {code(number) for number in range(BY_TELEPHONE, HEADS)}
    enter_sheet(client, sitting, look(client, sitting, ticked(paper, signed)))
    assert "chênh" not in shown()
    post("dong")

    result = client.get(f"{at}/ket-qua.xlsx", base_url=APPLICATION).data
    cells = [[cell.value for cell in row] for row in load_workbook(BytesIO(result)).worksheets[0].iter_rows()]
    said = {row[2]: row for row in cells if str(row[2]).startswith("H")}
    assert len(said) == PEOPLE
    assert sum("Có mặt" in row for row in said.values()) == HEADS
    assert sum("Vắng" in row for row in said.values()) == PEOPLE - HEADS
    assert "bản ký giấy" in said[code(BY_TELEPHONE)]
    assert "quét mã" in said[code(0)]
