"""What stands on the desk of the sample office: lists, sheets, a plan, accounts, enrolments, logs, and its rules."""

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

from boiduong_vocabulary.catalog import Catalog
from boiduong_vocabulary.vietnamese import show_date

from tools.demo.attending import Attendee, attendance
from tools.demo.cadres import OUTSIDE, Cadre, cadres
from tools.demo.classes import ALL, COMMUNAL, COURSES, PROVINCIAL, Course, Form, class_tables
from tools.demo.logs import OPEN_EDX, account, write_own, write_tracking
from tools.demo.mistakes import CORRECTED, MISTAKES
from tools.demo.province import NEW, Unit, terms, units
from tools.demo.study import Line, study
from tools.demo.workbooks import Sheet, write_book, write_csv

ON_OPEN_EDX, SHOWN = "L2026-12", "L2026-02"
AS_CSV = frozenset({"L2021-02", "L2026-01"})
LETTER = Path(__file__).with_name("letter.toml")
_REAL_LETTER = "3315-cv-tu-tien-giang.toml"
_COMMITTEE, _SCHOOL = f"TỈNH ỦY {NEW.upper()} – BAN TỔ CHỨC", f"TRƯỜNG CHÍNH TRỊ TỈNH {NEW.upper()}"
_OF_PLACE, _OF_TEAM = 12, 6
_ORGANIZERS = f"Ban Tổ chức Tỉnh ủy {NEW}"


@dataclass(frozen=True)
class Desk:
    """Where everything lies. `attendance` holds the sheets in the order of the classes, `logs` those of the school;
    `shown` is the code of someone who has sat in a hall, at a bridge and before a screen; `enrolled` are the codes of
    those who had topics to study alone."""

    folder: Path
    cadres: tuple[Cadre, ...]
    organizations: Path
    roster: Path
    classes: Path
    plan: Path
    accounts: Path
    enrolment: Path
    attendance: tuple[Path, ...]
    corrected: tuple[Path, ...]
    logs: tuple[Path, ...]
    tracking: Path
    rules: Path
    shown: str
    enrolled: frozenset[str]


def write_desk(folder: Path, catalog: Catalog, shipped_rules: Path, people: int, seed: int) -> Desk:
    """All input files of a province of `people` cadres; the same seed gives the same bytes."""
    all_units = units()
    chances = [Random(f"{seed}/{part}") for part in range(3)]  # noqa: S311 - no secret hangs on it
    found = cadres(all_units, people, chances[0])
    rows = attendance(found, chances[1])
    sheets, logs = folder / "diem-danh", folder / "nhat-ky"
    for each in (folder, sheets, logs):
        each.mkdir(parents=True, exist_ok=True)
    topics = tuple(topic.id for topic in catalog.topics)
    own, tracked = _studied(rows, catalog, chances[2])
    return Desk(
        folder, tuple(found), _organizations(folder / "to-chuc.xlsx", all_units),
        _roster(folder / "can-bo.xlsx", found, all_units), write_classes(folder / "lop.xlsx", topics),
        _plan(folder / "ke-hoach-2026.xlsx"), _accounts(folder / "tai-khoan.csv", found, rows),
        write_enrolment(folder / "hoc-vien.xlsx", _enrolled(rows)),
        tuple(_attendance(sheets, course, rows[course.code]) for course in COURSES),
        tuple(_corrected(sheets, course, rows[course.code]) for course in COURSES if course.code in CORRECTED),
        tuple(write_own(logs, own)), write_tracking(logs / "tracking.log-20261101.gz", tracked, _logins(found)),
        write_rules(folder.parent / "quy-tac", shipped_rules), rows[SHOWN][0].cadre.code,
        frozenset(cadre.code for _, cadre in _enrolled(rows)),
    )  # fmt: skip


def write_rules(folder: Path, shipped: Path) -> Path:
    """The rules as shipped, with the sample's own letter in the place of a real province's."""
    shutil.copytree(shipped, folder, dirs_exist_ok=True, ignore=shutil.ignore_patterns(_REAL_LETTER))
    shutil.copy(LETTER, folder / "145-cv-tu-lam-hoa.toml")
    return folder


def _studied(rows: dict[str, list[Attendee]], catalog: Catalog, random: Random) -> tuple[list[Line], list[Line]]:
    """The signs that the school's server noted, and those of Open edX."""
    own: list[Line] = []
    tracked: list[Line] = []
    for course in COURSES:
        lines = study(course, rows[course.code], catalog.topics, random)
        (tracked if course.code == ON_OPEN_EDX else own).extend(lines)
    return own, tracked


def _organizations(path: Path, all_units: tuple[Unit, ...]) -> Path:
    listed = [
        (
            "Mã tổ chức", "Tên tổ chức", "Loại tổ chức", "Cấp", "Cấp trên", "Từ ngày", "Đến ngày", "Hợp nhất từ",
        ),
        *(
            (
                each.code, each.name, each.kind, each.level, each.parent, each.starts or "", each.ends or "",
                "; ".join(each.former),
            )
            for each in all_units
        ),
    ]  # fmt: skip
    held = [("Đảng bộ", "Nhiệm kỳ", "Bắt đầu", "Kết thúc")]
    held += [(each.organization, each.name, each.starts, each.ends) for each in terms()]  # type: ignore[misc]
    sheets = {
        "Tổ chức": Sheet("DANH SÁCH TỔ CHỨC TRƯỚC VÀ SAU HỢP NHẤT", listed, signed="Người lập bảng"),
        "Nhiệm kỳ": Sheet("NHIỆM KỲ", held, signed="Người lập bảng"),
    }
    return write_book(path, _COMMITTEE, sheets)


def _roster(path: Path, found: list[Cadre], all_units: tuple[Unit, ...]) -> Path:
    names = {each.code: each.name for each in all_units} | {OUTSIDE: OUTSIDE}
    head = (
        "Mã cán bộ", "Họ và tên", "Ngày sinh", "Chức vụ", "Đơn vị", "Giữ chức vụ từ", "Giữ chức vụ đến", "Diện quản lý",
    )  # fmt: skip
    rows = (
        (
            cadre.code, cadre.name, cadre.born, held.title, held.unit.name, held.starts, held.ends or "",
            names[held.authority],
        )
        for cadre in found
        for held in cadre.held
    )  # fmt: skip
    sheet = Sheet("DANH SÁCH CÁN BỘ LÃNH ĐẠO, QUẢN LÝ", [head, *rows], signed="Người lập bảng")
    return write_book(path, _COMMITTEE, {"Cán bộ": sheet})


def write_classes(path: Path, topics: tuple[str, ...], courses: tuple[Course, ...] = COURSES) -> Path:
    titles = {"Lớp": "CÁC LỚP ĐÃ MỞ, 2020-2026", "Buổi": "LỊCH HỌC", "Điểm học": "ĐIỂM HỌC", "Chuyên đề": "CHUYÊN ĐỀ"}
    tables = class_tables(topics, courses)
    return write_book(path, _SCHOOL, {name: Sheet(titles[name], rows) for name, rows in tables.items()})


def _plan(path: Path) -> Path:
    head = ("Mã dòng", "Đối tượng", "Số lớp", "Số người", "Cơ quan chủ trì", "Văn bản", "Tình trạng", "Chuyển sang")
    school, document = "Trường Chính trị tỉnh", "KH 12-KH/TU (mẫu)"
    rows = [
        ("01", COMMUNAL, 12, 1500, school, document, "đã duyệt", ""),
        ("02", ALL, 4, 1800, school, document, "đã duyệt", ""),
        ("03", PROVINCIAL, 2, 260, school, document, "có chủ trương", ""),
        ("04", "Bí thư chi bộ khu dân cư", 2, 300, school, "", "đề xuất", ""),
        ("05", "Cán bộ nữ lãnh đạo cấp xã", 1, 80, school, document, "chuyển sang kế hoạch khác", "Kế hoạch 2027"),
    ]
    marks = ("Năm: 2026", f"Cơ quan lập kế hoạch: {_ORGANIZERS}")
    sheet = Sheet("KẾ HOẠCH BỒI DƯỠNG NĂM 2026", [head, *rows], marks, "Người lập kế hoạch")
    return write_book(path, _COMMITTEE, {"Kế hoạch": sheet})


def _accounts(path: Path, found: list[Cadre], rows: dict[str, list[Attendee]]) -> Path:
    studied = {row.cadre.code for row in rows[ON_OPEN_EDX]}
    listed = [(each.code, each.name, OPEN_EDX, account(each)) for each in found if each.code in studied]
    return write_csv(path, Sheet("", [("Mã cán bộ", "Họ và tên", "Hệ thống", "Tài khoản"), *listed]))


def _enrolled(rows: dict[str, list[Attendee]]) -> Iterator[tuple[Course, Cadre]]:
    """Who came to a class is enrolled where topics are studied alone."""
    for course in COURSES:
        if course.form is Form.BLENDED:
            yield from ((course, row.cadre) for row in rows[course.code])


def write_enrolment(path: Path, enrolled: Iterable[tuple[Course, Cadre]]) -> Path:
    """The list of who studies which class."""
    head = ("Mã lớp", "Mã cán bộ", "Họ và tên", "Ngày sinh")
    rows = ((course.code, cadre.code, cadre.name, cadre.born) for course, cadre in enrolled)
    return _people(path, head, rows)


def write_seats(path: Path, course: Course, places: Iterable[str], people: Iterable[Cadre]) -> Path:
    """The list of a class that meets: each place takes the next twelve, in teams of six; the first of a team leads."""
    head = ("Mã lớp", "Mã cán bộ", "Họ và tên", "Ngày sinh", "Điểm học", "Tổ", "Tổ trưởng")
    names = [*places]
    rows = (
        (
            course.code, cadre.code, cadre.name, cadre.born, names[number // _OF_PLACE % len(names)],
            f"Tổ {number // _OF_TEAM + 1}", "x" if number % _OF_TEAM == 0 else "",
        )
        for number, cadre in enumerate(people)
    )  # fmt: skip
    return _people(path, head, rows)


def _people(path: Path, head: tuple[object, ...], rows: Iterable[tuple[object, ...]]) -> Path:
    sheet = Sheet("DANH SÁCH HỌC VIÊN", [head, *rows], signed="Người lập bảng")
    return write_book(path, _SCHOOL, {"Học viên": sheet})


def _logins(found: list[Cadre]) -> dict[str, str]:
    return {cadre.code: account(cadre) for cadre in found}


# Attendance -----------------------------------------------------------------------------------------------------------


def _attendance(folder: Path, course: Course, rows: list[Attendee]) -> Path:
    """A class's sheet; a bridged one has a sheet for every place."""
    wrong = MISTAKES.get(course.code)
    rows = [wrong(rows[0]), *rows[1:]] if wrong else rows
    if course.code in AS_CSV:
        return write_csv(folder / f"{course.code}.csv", _sheet(course, rows))
    sheets = {"Điểm danh": _sheet(course, rows)}
    if course.form is Form.BRIDGED:
        places = sorted({row.place for row in rows})
        sheets = {place: _sheet(course, [row for row in rows if row.place == place]) for place in places}
    return write_book(folder / f"{course.code}.xlsx", _SCHOOL, sheets)


def _corrected(folder: Path, course: Course, rows: list[Attendee]) -> Path:
    """The sheet of one person, as it should have been."""
    sheet = _sheet(course, [CORRECTED[course.code](rows[0])])
    return write_book(folder / f"{course.code}-sua.xlsx", _SCHOOL, {"Điểm danh": sheet})


def _sheet(course: Course, rows: list[Attendee]) -> Sheet:
    marks = (f"Mã lớp: {course.code}", f"Lớp: {course.name}")
    return Sheet("BẢNG ĐIỂM DANH", _table(course, rows), marks, "Cán bộ quản lý lớp")


def _table(course: Course, rows: list[Attendee]) -> Iterator[tuple[object, ...]]:
    slots = [f"{show_date(day)} {half}" for day, half in course.slots]
    scored = any(row.score for row in rows)
    placed = any(row.place for row in rows)
    results = ("Điểm kiểm tra", "Bài thu hoạch") if scored else ()
    yield "Mã cán bộ", "Họ và tên", "Ngày sinh", "Đơn vị", *(("Điểm học",) if placed else ()), *slots, *results
    for row in rows:
        who = (row.cadre.code, row.cadre.name, row.cadre.born, row.unit, *((row.place,) if placed else ()))
        yield *who, *row.marks, *((row.score, row.essay) if scored else ())
