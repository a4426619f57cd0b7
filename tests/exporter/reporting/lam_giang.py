"""A small invented province, worked by hand: seven people on the day, five units, four classes.

Until 30/06/2026 there was a third commune, DU03, which was merged into DU02. Lan came on 01/02/2026, Thu left at the
end of March. Khải's class of May 2025 was before the term.
"""

from datetime import date, timedelta
from pathlib import Path

from boiduong_exporter.reporting.basis import Asked
from boiduong_exporter.reporting.periods import Period
from boiduong_exporter.rulebook.read import Rules, read_rules

from tests.exporter.office import CLASS_HEAD, ORGANIZATION_HEAD, ROSTER_HEAD, SESSION_HEAD, TERM_HEAD, Office

AS_OF = date(2026, 9, 30)
TODAY = date(2026, 11, 26)
SHIPPED = Path(__file__).parents[3] / "content" / "rules"
UNITS = (
    ("BCT", "Bộ Chính trị", "Bộ Chính trị", "Trung ương", "", "", "", ""),
    ("TU", "Tỉnh ủy Lam Giang", "Cấp ủy", "Tỉnh", "", "", "", ""),
    ("DU01", "Đảng ủy xã An Hòa", "Cấp ủy", "Xã", "TU", "", "", ""),
    ("UB01", "Ủy ban nhân dân xã An Hòa", "UBND", "Xã", "DU01", "", "", ""),
    ("DU03", "Đảng ủy xã Bến Mai", "Cấp ủy", "Xã", "TU", "", "30/06/2026", ""),
    ("DU02", "Đảng ủy xã Bình Minh", "Cấp ủy", "Xã", "TU", "01/07/2026", "", "DU03"),
    ("SO", "Sở Nội vụ tỉnh Lam Giang", "Sở", "Tỉnh", "TU", "", "", ""),
)
SINCE = "01/10/2025"
CADRES = (
    ("01", "Nguyễn Văn An", "1970", "Bí thư", "DU01", SINCE, "TU"),
    ("02", "Trần Thị Bình", "1971", "Phó Bí thư", "DU01", SINCE, "DU01"),
    ("02", "Trần Thị Bình", "1971", "Phó Giám đốc", "SO", SINCE, "DU01"),
    ("03", "Vũ Thị Lan", "1972", "Chủ tịch", "UB01", "01/02/2026", "TU"),
    ("04", "Lê Văn Dũng", "1973", "Bí thư", "DU02", SINCE, "TU"),
    ("05", "Đỗ Thị Hoa", "1974", "Đảng viên", "TU", "", "Ngoài chế độ"),
    ("06", "Phạm Văn Khải", "1975", "Bí thư", "DU03", SINCE, "TU"),
    ("07", "Hồ Văn Minh", "1965", "Bí thư", "TU", SINCE, "BCT"),
    ("08", "Ngô Thị Thu", "1976", "Phó Bí thư", "DU01", SINCE, "TU", "31/03/2026"),
)
KIND = "Cập nhật kiến thức, kỹ năng"
CLASSES = (
    ("L0", "Lớp của nhiệm kỳ trước", KIND, date(2025, 5, 5), 1),
    ("L1", "Lớp mùa đông", KIND, date(2025, 11, 3), 7),
    ("L2", "Lớp mùa hạ", KIND, date(2026, 5, 4), 7),
    ("L3", "Chuyên đề quốc tế", "Loại khác", date(2026, 6, 1), 1),
)
THERE = {"L0": ("06",), "L1": ("04",), "L2": ("01",), "L3": ("02", "05")}
"""An and Dũng have their seven days; Bình's one day waits for a decision."""


def founded(folder: Path, *, sample: bool = False, attended: bool = True) -> Office:
    office = Office(folder)
    tables = {
        "Tổ chức": [ORGANIZATION_HEAD, *UNITS],
        "Nhiệm kỳ": [TERM_HEAD, ("TU", "2025-2030", date(2025, 10, 1), date(2030, 9, 30))],
    }
    assert office.bring("organizations", tables, options=("--sample",) if sample else ()) == 0
    assert office.bring("roster", {"Cán bộ": [(*ROSTER_HEAD, "Giữ chức vụ đến"), *CADRES]}) == 0
    if attended:
        _attend(office)
    return office


def _attend(office: Office) -> None:
    names = {row[0]: row[1] for row in CADRES}
    rows = [(code, name, kind, "145", "Nhóm 3", "QĐ 1", days) for code, name, kind, _, days in CLASSES]
    sessions = [(code, *slot, "Hội trường", "") for code, _, _, first, days in CLASSES for slot in slots(first, days)]
    assert office.bring("classes", {"Lớp": [CLASS_HEAD, *rows], "Buổi": [SESSION_HEAD, *sessions]}) == 0
    for code, _, _, first, days in CLASSES:
        head = ("Mã lớp", "Mã cán bộ", "Họ và tên", *(f"{day:%d/%m/%Y} {half}" for day, half in slots(first, days)))
        marks = [(code, who, names[who], *["x"] * (2 * days)) for who in THERE[code]]
        assert office.bring("attendance", {"Điểm danh": [head, *marks]}, code) == 0


def slots(first: date, days: int) -> list[tuple[date, str]]:
    return [(first + timedelta(days=number), half) for number in range(days) for half in ("sáng", "chiều")]


def rules(folder: Path = SHIPPED) -> Rules:
    found, problems = read_rules(folder)
    assert found, problems
    return found


def asked(as_of: date = AS_OF, structure: str = "period") -> Asked:
    return Asked(Period(as_of, "Quý III năm 2026" if as_of == AS_OF else ""), TODAY, structure)
