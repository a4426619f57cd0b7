"""Takes the pictures of README.md's officer's walk again: `python -m tools.pictures_books`. Needs LibreOffice and
pdftoppm. Province, units and people are invented."""

import subprocess
import tempfile
from datetime import date, timedelta
from pathlib import Path

from tests.exporter.office import (
    CLASS_HEAD,
    ORGANIZATION_HEAD,
    PLACE_HEAD,
    ROSTER_HEAD,
    SESSION_HEAD,
    TERM_HEAD,
    Office,
)

PICTURES = Path(__file__).parents[1] / "docs/hinh"
DOTS = 80
FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Võ", "Đặng", "Bùi")
MIDDLE = ("Văn", "Thị", "Hữu", "Ngọc", "Minh")
GIVEN = (
    "An",
    "Bình",
    "Chi",
    "Dũng",
    "Giang",
    "Hòa",
    "Khánh",
    "Lan",
    "Mai",
    "Nam",
    "Oanh",
    "Phúc",
    "Quý",
    "Sơn",
    "Thảo",
)
UNITS = (("DU01", "Đảng ủy xã An Hòa"), ("DU02", "Đảng ủy phường Bình Minh"), ("SNV", "Sở Nội vụ"))
CADRES = 24
KINDS = ("Cập nhật kiến thức, kỹ năng",) * 2 + ("Quán triệt nghị quyết",)


def main() -> None:
    with tempfile.TemporaryDirectory() as scratch:
        office = province(Path(scratch))
        report, slip = office.folder / "bao-cao.xlsx", office.folder / "phieu.pdf"
        office.run("report", "unit", "TU", "--as-of", "31/12/2026", "--out", report)
        office.run("explain", "00003", "--as-of", "31/12/2026", "--pdf", slip)
        convert = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", office.folder, report]
        subprocess.run(convert, check=True, stdout=subprocess.DEVNULL)
        for pdf, name in ((office.folder / "bao-cao.pdf", "so-danh-sach"), (slip, "so-phieu")):
            subprocess.run(
                ["pdftoppm", "-r", str(DOTS), "-png", "-f", "1", "-l", "1", "-singlefile", pdf, PICTURES / name],
                check=True,
            )


def province(folder: Path) -> Office:
    """Books with three classes: two of the regime (one bridged), one that does not count."""
    office = Office(folder)
    units = [("TU", "Tỉnh ủy Lam Giang", "Cấp ủy", "Tỉnh", "", "", "", "")]
    units += [(code, name, "Sở" if code == "SNV" else "Cấp ủy", "Xã", "TU", "", "", "") for code, name in UNITS]
    terms = [("TU", "2025-2030", date(2025, 10, 1), date(2030, 9, 30))]
    office.bring("organizations", {"Tổ chức": [ORGANIZATION_HEAD, *units], "Nhiệm kỳ": [TERM_HEAD, *terms]})
    office.bring("roster", {"Cán bộ": [ROSTER_HEAD, *(cadre(number) for number in range(CADRES))]})
    tables: dict[str, list[tuple[object, ...]]] = {
        "Lớp": [CLASS_HEAD], "Buổi": [SESSION_HEAD], "Điểm học": [PLACE_HEAD],
    }  # fmt: skip
    for number, kind in enumerate(KINDS):
        code, first = f"L{number + 1:02}", date(2026, 3 + 3 * number, 4)
        tables["Lớp"].append((code, f"Lớp {number + 1}/2026", kind, "145", "Nhóm 3", f"QĐ {number + 1}", 2))
        tables["Buổi"] += [(code, day, half, "Hội trường", HOURS[half]) for day, half in slots(first)]
    tables["Điểm học"] += [("L02", "Hội trường tỉnh", "Hội trường"), ("L02", "Điểm cầu An Hòa", "Điểm cầu")]
    office.bring("classes", tables)
    for number in range(len(KINDS)):
        office.bring("attendance", {"Điểm danh": sheet(number)}, f"dd{number}")
    return office


HOURS = {"sáng": "7:30-11:30", "chiều": "13:30-17:30"}


def slots(first: date) -> list[tuple[date, str]]:
    return [(first + timedelta(days=number // 2), ("sáng", "chiều")[number % 2]) for number in range(4)]


def name(number: int) -> str:
    return f"{FAMILY[number * 5 % 8]} {MIDDLE[number * 3 % 5]} {GIVEN[number * 7 % 15]}"


def cadre(number: int) -> tuple[object, ...]:
    code, _ = UNITS[number % 3]
    title = ("Bí thư", "Phó Bí thư", "Phó Giám đốc")[number % 3]
    born = date(1966 + number, 1 + number % 12, 1 + number)
    managed = "Ngoài chế độ" if number == 17 else "TU"
    return (f"{number:05}", name(number), born, title, code, "01/10/2025", managed)


def sheet(number: int) -> list[tuple[object, ...]]:
    head = [f"{day:%d/%m/%Y} {half}" for day, half in slots(date(2026, 3 + 3 * number, 4))]
    rows = [
        (f"L{number + 1:02}", f"{who:05}", name(who), *marks(who, number)) for who in range(number, CADRES, number + 1)
    ]
    return [("Mã lớp", "Mã cán bộ", "Họ và tên", "Điểm học", *head), *rows]


def marks(who: int, number: int) -> tuple[str, ...]:
    place = ("Hội trường tỉnh", "Điểm cầu An Hòa")[who % 3 == 0] if number == 1 else ""
    last = "v" if who % 5 == 0 else "15:00-17:30" if who % 4 == 3 else "x"
    return (place, "x", "x", "x", last)


if __name__ == "__main__":
    main()
