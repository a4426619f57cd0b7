"""Measures the books and the count: `make bench` runs it after the packages. See tools/bench.py.

A province of invented cadres is written into real books through the wings' own doors; what is timed is the installed
command as a whole process, beside the bare library doing the same writing or hashing within the same run.
"""

import hashlib
import secrets
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import xlsxwriter
from boiduong_records import people
from boiduong_records.decision import Decision
from boiduong_records.entry import Draft
from boiduong_records.ledger import append, append_act
from boiduong_records.people import Management, Person, Post
from boiduong_records.store import Books, open_books
from boiduong_records.tables import CADRE, CLASS, ORGANIZATION, SESSION, TERM
from boiduong_records.versions import apply, find
from boiduong_vocabulary.canonical import canonical
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Attendance, Half, Presence
from sqlalchemy import select

from tools.bench import Cost, Figure, run

CADRES, PIECES = 100_000, 20
ROWS = 10_000
LEDGER = 100_000
AT_MS = 1_790_000_000_000
COLUMNS = 20
BY = Decision("đo", "đo", "", AT_MS)


def main() -> int:
    figures = []
    with tempfile.TemporaryDirectory() as scratch:
        for figure in measure(Path(scratch)):
            print(figure, flush=True)
            figures.append(figure)
    return int(any(figure.value > figure.goal for figure in figures))


def measure(scratch: Path) -> Iterator[Figure]:
    yield from measure_ledger(scratch / "so-nho.sqlite")
    yield from measure_import(scratch)
    yield from measure_report(scratch)


def measure_ledger(path: Path) -> Iterator[Figure]:
    """Seconds for 100,000 entries, beside the bare hashing of as many."""
    drafts = [draft("a" * 32, number) for number in range(LEDGER)]
    with open_books(path, create=True) as books:
        start = time.process_time()
        with books.writing() as connection:
            append(connection, drafts, AT_MS)
        appended = time.process_time() - start
    bare = bare_hashing()
    note = f"{LEDGER / appended:,.0f} a second, {appended / bare:.0f} x bare SHA-256"
    yield Figure(f"ledger: append {LEDGER:,} entries: CPU", appended, 10, "s", note)
    verified = run("ledger", "verify", "--books", path)
    note = f"{LEDGER / verified.cpu:,.0f} a second, {verified.cpu / bare:.0f} x bare SHA-256"
    yield Figure(f"ledger: verify {LEDGER:,} entries: CPU", verified.cpu, 5, "s", note)


def bare_hashing() -> float:
    body, salt = canonical(attendance(0)), secrets.token_bytes(16)
    start = time.process_time()
    for _ in range(2 * LEDGER):
        hashlib.sha256(salt + body).hexdigest()
    return time.process_time() - start


def measure_import(scratch: Path) -> Iterator[Figure]:
    """The roster of 10,000 rows, first and again, beside xlsxwriter's writing of the same file."""
    units = scratch / "to-chuc.xlsx"
    workbook(units, [("Mã tổ chức", "Tên tổ chức", "Loại tổ chức", "Cấp"), ("TU", "Tỉnh ủy", "Cấp ủy", "Tỉnh")])
    start = time.process_time()
    roster = workbook(scratch / "can-bo.xlsx", [ROSTER_HEAD, *(roster_row(number) for number in range(ROWS))])
    bare = time.process_time() - start
    books = ("--books", scratch / "so-nhap.sqlite")
    run("import", "organizations", units, *books)
    for name in ("first", "again"):
        cost = run("import", "roster", roster, *books)
        yield Figure(f"import of {ROWS:,} rows, {name}", cost.wall, 10, "s", ratio(cost, bare, "writing the file"))


ROSTER_HEAD = (
    "STT", "Mã cán bộ", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Giữ chức vụ từ", "Giữ chức vụ đến",
    "Diện quản lý", "Thuộc diện từ", "Thuộc diện đến", "Ghi chú",
)  # fmt: skip


def roster_row(number: int) -> tuple[object, ...]:
    born = f"{number % 28 + 1:02}/{number % 12 + 1:02}/{1960 + number % 35}"
    name = f"Nguyễn {FAMILY[number % len(FAMILY)]} {GIVEN[number // 7 % len(GIVEN)]}"
    return (number, f"{number:06}", name, born, "Phó Giám đốc", "TU", "01/10/2025", "", "TU", "", "", "")


FAMILY = ("Văn", "Thị", "Hữu", "Đức", "Minh", "Ngọc", "Quốc")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Đào", "Hòa", "Hương", "Lan", "Mạnh", "Phúc", "Quý", "Thảo", "Thủy", "Vỹ")


def workbook(path: Path, rows: list[tuple[object, ...]]) -> Path:
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return path


def measure_report(scratch: Path) -> Iterator[Figure]:
    """Verdicts with reasons of a whole province as XLSX, beside xlsxwriter's bare writing of as many cells."""
    path = scratch / "so-tinh.sqlite"
    with open_books(path, create=True) as books:
        province(books)
    out = scratch / "bao-cao.xlsx"
    cost = run("report", "unit", "TU", "--as-of", "31/12/2027", "--books", path, "--out", out)
    start = time.process_time()
    workbook(scratch / "tran.xlsx", [tuple(f"ô {column}" for column in range(COLUMNS))] * CADRES)
    note = ratio(cost, time.process_time() - start, "bare cells")
    what = f"report of {CADRES:,} cadres x {PIECES} pieces"
    yield Figure(f"{what}: verdicts and XLSX", cost.wall, 60, "s", note)
    yield Figure(f"{what}: peak memory", cost.megabytes, 1024, "MB")


def ratio(cost: Cost, bare: float, what: str) -> str:
    return f"{cost.cpu:.1f} s CPU, {cost.cpu / bare:.1f} x {what}"


def province(books: Books, many: int = CADRES) -> None:
    """One unit of so many, two classes a year, everyone in all of them now and then late."""
    with books.writing() as connection:
        seq = append_act(connection, "import", "", {"kind": "đo"}, BY)
        unit = {"code": "TU", "name": "Tỉnh ủy", "kind": "cap-uy", "level": "tinh"}
        term = {"organization": "TU", "name": "2025-2030", "starts": date(2025, 10, 1), "ends": date(2030, 9, 30)}
        class_ = {"code": "L", "name": "Lớp", "kind": "cap-nhat", "scheme": "145", "days": f"{PIECES}/2"}
        for table, rows in ((ORGANIZATION, [unit]), (TERM, [term]), (CLASS, [class_]), (SESSION, [*sessions()])):
            apply(connection, table, find(connection, table, rows), seq)
        cadres = [cadre(number) for number in range(many)]
        people.register(connection, cadres, seq)
        subjects = list(connection.execute(select(CADRE.c.subject)).scalars())
    for first in range(0, many, 5_000):
        with books.writing() as connection:
            some = subjects[first : first + 5_000]
            append(connection, [draft(subject, number) for subject in some for number in range(PIECES)], AT_MS)


def cadre(number: int) -> Person:
    _, code, name, _, title, unit, *_ = roster_row(number)
    post = Post(str(title), str(unit), date(2025, 10, 1))
    return Person(str(code), str(name), str(1960 + number % 35), (post,), (Management("TU", date(2025, 10, 1)),))


def slot(number: int) -> tuple[date, Half]:
    return date(2026, 3, 2) + timedelta(days=number // 2), (Half.MORNING, Half.AFTERNOON)[number % 2]


def sessions() -> Iterator[dict[str, object]]:
    for number in range(PIECES):
        day, half = slot(number)
        yield {
            "class_code": "L", "date": day, "half": half.value, "delivery": "hall", "starts": 450, "ends": 690,
        }  # fmt: skip


def attendance(number: int) -> Attendance:
    """Of twenty half days, two were missed and three left early, so that there are reasons to tell."""
    presence = Presence.ABSENT if number % PIECES in (3, 11) else Presence.PRESENT
    left = 560 + number % 90 if number % PIECES in (5, 9, 17) else None
    came = 450 if left else None
    return Attendance("L", *slot(number % PIECES), Delivery.HALL, presence, "", came, left)


def draft(subject: str, number: int) -> Draft:
    return Draft("attendance", subject, f"đo|{subject}|{number}", attendance(number), "đo")


if __name__ == "__main__":
    sys.exit(main())
