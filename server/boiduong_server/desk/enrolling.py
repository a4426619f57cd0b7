"""Who studies a class and where they sit: the list, and three ways to add to it (a unit's people, codes, a
spreadsheet)."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from pathlib import Path

from boiduong_exporter.imports.enrolment import ENROLMENTS, specs, take_within
from boiduong_exporter.imports.intake import Arrival, import_file
from boiduong_exporter.imports.kinds import read
from boiduong_exporter.templates.blank import write_blank
from boiduong_records.decision import Decision
from boiduong_records.enrolment import enrol, enrolled
from boiduong_records.merging import subjects
from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Redirect

from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.scope import Scope, scope_of
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.class_lists import (
    ENROLLERS,
    READERS,
    Listed,
    class_lines,
    class_name,
    enrolled_within,
    listed,
    of_codes,
    of_unit,
    pasted,
    sight,
    units_within,
    within,
)
from boiduong_server.desk.class_sessions import run_of
from boiduong_server.desk.running import writer
from boiduong_server.desk.seats import TEAM_LETTERS, said_in, seat_people, seats
from boiduong_server.desk.workbooks import workbook
from boiduong_server.desk.worlds import Shared, shared

BLUEPRINT = Blueprint("enrolling", __name__)
FILE_BYTES = 4_000_000
"""A list of the largest class is a hundredth of it."""
_SHOWN = 100


@BLUEPRINT.get("/lop")
@allow(*READERS, Role.MONITOR)
def classes() -> str:
    with house().books.reading() as connection:
        lines = class_lines(connection, sight(connection, account(), house().today))
    return render_template("enrolling/classes.html", lines=lines)


@BLUEPRINT.get("/lop/<path:code>/hoc-vien")
@allow(*READERS, Role.MONITOR)
def learners(code: str) -> str:
    with house().books.reading() as connection:
        seen = sight(connection, account(), house().today)
        if not seen.sees(code):
            abort(404)
        name = _name(connection, code)
        known = shared(connection, house())
        people = listed(connection, known, enrolled_within(connection, code, seen))
        care = _care(connection)
        units = units_within(known, care)
        mine = _subjects_in(connection, care)
        seated = seats(connection, code, _places(known, code))
        is_held = run_of(connection, account(), code) is not None
    changeable = {each.subject for each in people if each.subject in mine}
    return render_template(
        "enrolling/learners.html", code=code, name=name, people=people, units=units, changeable=changeable,
        may_enrol=_may_enrol(), seated=seated, unplaced=seated.unplaced([each.cadre for each in people]),
        team_letters=TEAM_LETTERS, is_held=is_held,
    )  # fmt: skip


@BLUEPRINT.route("/lop/<path:code>/hoc-vien/chon", methods=["GET", "POST"])
@allow(*ENROLLERS)
def choose(code: str) -> str:
    """Whom a unit or a list of codes would bring, to be looked at before they are enrolled."""
    unit, text = request.values.get("don-vi", ""), request.values.get("ma", "")
    with house().books.reading() as connection:
        name, known, care = _name(connection, code), shared(connection, house()), _care(connection)
        if unit and unit not in dict(units_within(known, care)):
            abort(404)
        found, unknown = of_codes(connection, pasted(text), within(care))
        if unit:
            found = of_unit(connection, known, unit, within(care))
        there = {*enrolled_within(connection, code, sight(connection, account(), known.day))}
        chosen = _Chosen(listed(connection, known, [each for each in found if each not in there]), unknown)
    return render_template(
        "enrolling/choose.html", code=code, name=name, chosen=chosen, already=len(there & {*found}),
        unit=known.name_of(unit) if unit else "",
    )  # fmt: skip


@dataclass(frozen=True)
class _Chosen:
    people: list[Listed]
    unknown: list[str]


@BLUEPRINT.post("/lop/<path:code>/hoc-vien")
@allow(*ENROLLERS)
def join(code: str) -> Redirect:
    joined = _change(code, lambda connection, people, by: enrol(connection, code, people, (), by))
    return _told(code, f"Đã ghi {joined} người vào lớp." if joined else "Chưa chọn ai để ghi vào lớp.")


@BLUEPRINT.post("/lop/<path:code>/hoc-vien/thoi")
@allow(*ENROLLERS)
def leave(code: str) -> Redirect:
    left = _change(code, lambda connection, people, by: enrol(connection, code, (), people, by))
    said = f"Đã ghi thôi học cho {left} người. Thời gian đã học vẫn còn trong sổ."
    return _told(code, said if left else "Chưa chọn ai để ghi thôi học.")


@BLUEPRINT.post("/lop/<path:code>/hoc-vien/cho")
@allow(*ENROLLERS)
def sit(code: str) -> Redirect:
    """Give the chosen people of the class a place, a team, a leader."""
    told: list[str] = []

    def change(connection: Connection, people: Collection[int], by: Decision) -> None:
        if not {*people} <= {*enrolled(connection, code)}:
            abort(404)
        there = seats(connection, code, _places(shared(connection, house()), code))
        told.append(seat_people(connection, there, people, said_in(request.form), by))

    _change(code, change)
    return _told(code, *told)


@BLUEPRINT.post("/lop/<path:code>/hoc-vien/tep")
@allow(*ENROLLERS)
def from_file(code: str) -> str | Redirect:
    """The spreadsheet that `boiduong import enrolment` takes; rows that name no class are of this one."""
    sent = request.files.get("tep")
    if sent is None or not sent.filename:
        return _told(code, "Chưa chọn tệp nào.")
    data = sent.stream.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        abort(413)
    with house().books.reading() as connection:
        name, holds = _name(connection, code), within(_care(connection))
    file_name = Path(sent.filename.replace("\\", "/")).name
    reading = read(ENROLMENTS, data, file_name, house().rules.kinds)
    take = take_within(holds, code)
    arrival = Arrival(ENROLMENTS, take, file_name, reading, writer(), house().now_ms())
    report = import_file(house().books, house().rules, arrival)
    return render_template("enrolling/taken.html", code=code, name=name, report=report, shown=_SHOWN)


@BLUEPRINT.get("/lop/mau-hoc-vien.xlsx")
@allow(*ENROLLERS)
def template() -> Response:
    kinds = house().rules.kinds
    return workbook("mau-hoc-vien", lambda path: write_blank(ENROLMENTS, specs(kinds), kinds, path))


Change = Callable[[Connection, Collection[int], Decision], object]


def _change(code: str, change: Change) -> int:
    """Do it with the people that the form names; how many. One beyond one's care is nobody."""
    wanted = request.form.getlist("nguoi")
    by = Decision("danh sách học viên", writer(), "", house().now_ms())
    with house().books.writing() as connection:
        _name(connection, code)
        mine = _subjects_in(connection, _care(connection))
        if not {*wanted} <= mine.keys():
            abort(404)
        people = {mine[subject] for subject in wanted}
        change(connection, people, by)
    return len(people)


def _subjects_in(connection: Connection, care: Scope) -> dict[str, int]:
    holds = within(care)
    return {subject: cadre for subject, cadre in subjects(connection).items() if holds(cadre)}


def _care(connection: Connection) -> Scope:
    return scope_of(connection, account(), house().today, ENROLLERS)


def _places(known: Shared, code: str) -> list[str]:
    return [name for name, _ in known.places.get(code, ())]


def _may_enrol() -> bool:
    return bool(account().roles & {*ENROLLERS})


def _name(connection: Connection, code: str) -> str:
    found = class_name(connection, code)
    return abort(404) if found is None else found


def _told(code: str, said: str) -> Redirect:
    flash(said)
    return redirect(f"/lop/{code}/hoc-vien", 303)
