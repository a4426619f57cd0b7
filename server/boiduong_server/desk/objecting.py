"""What came of a session, before it is sealed: learners object, monitors answer; the result as a workbook."""

from boiduong_exporter.reports.session_xlsx import write_session_xlsx
from boiduong_records.enrolment import classes_of
from boiduong_vocabulary.vietnamese import slug
from flask import Blueprint, Response, abort, flash, redirect, render_template, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Redirect

from boiduong_server.accounts.auditing import note
from boiduong_server.accounts.roles import Role
from boiduong_server.attending.objections import (
    LONGEST,
    Answerer,
    Objection,
    Upheld,
    answer,
    object_to,
    objections_at,
)
from boiduong_server.attending.sealing import told
from boiduong_server.attending.sheet import Mark
from boiduong_server.attending.sittings import Sitting, sitting_of
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.class_lists import Listed, class_name, listed
from boiduong_server.desk.outcome import Outcome, Whose, files_of, outcome, whose
from boiduong_server.desk.running import LOOKERS, RUNNERS, look_at, run_now, writer
from boiduong_server.desk.session_result import result_of
from boiduong_server.desk.times import minute_of_form
from boiduong_server.desk.workbooks import workbook
from boiduong_server.desk.worlds import shared
from boiduong_server.errors import ServerError

BLUEPRINT = Blueprint("objecting", __name__)
_LAST = 2**53
_MARKS = (Mark.PRESENT, Mark.EXCUSED, Mark.ABSENT)
"""What an answer may let stand."""

# The learner ----------------------------------------------------------------------------------------------------------


@BLUEPRINT.get("/diem-danh/<public>/y-kien")
@allow(Role.LEARNER)
def own(public: str) -> str:
    """What was noted of whoever asks, and what they have said against it."""
    _, found, _ = _own(public)
    return render_template("objecting/own.html", outcome=found, longest=LONGEST)


@BLUEPRINT.post("/diem-danh/<public>/y-kien")
@allow(Role.LEARNER)
def say(public: str) -> Redirect:
    sitting, _, who = _own(public)
    object_to(house().store, sitting, who.cadres[0], request.form.get("y-kien", ""), house().now_ms())
    flash("Đã gửi ý kiến. Cán bộ quản lý lớp sẽ trả lời ở trang này.")
    return redirect(f"/diem-danh/{public}/y-kien", 303)


def _own(public: str) -> tuple[Sitting, Outcome, Whose]:
    """A sitting of a class that whoever asks is enrolled in; else there is no such page."""
    cadre, found = account().cadre, None
    with house().store.reading() as store, house().books.reading() as books:
        sitting = sitting_of(store, public)
        if sitting is None or cadre is None:
            return abort(404)
        who, code = whose(books, cadre), sitting.slot.class_code
        if code in classes_of(books, who.cadres):
            found = outcome(books, store, house(), sitting.slot, who, class_name(books, code) or code)
    return (sitting, found, who) if found else abort(404)


# The monitor ----------------------------------------------------------------------------------------------------------


@BLUEPRINT.get("/buoi/<public>/y-kien")
@allow(*LOOKERS)
def objections(public: str) -> str:
    sitting, runs = look_at(public)
    with house().store.reading() as store, house().books.reading() as books:
        said = objections_at(store, [sitting.id])
        names = _names(books, said)
        found = [(each, names.get(each.cadre), _now(books, store, sitting, each)) for each in said]
        name = class_name(books, sitting.slot.class_code)
    return render_template(
        "objecting/answers.html", sitting=sitting, session=told(sitting.slot), class_name=name, found=found, runs=runs,
        longest=LONGEST, own=account().cadre, now_ms=house().now_ms(),
    )  # fmt: skip


def _names(books: Connection, said: list[Objection]) -> dict[int, Listed]:
    """By the file that somebody objected under."""
    own = {each.cadre: files_of(books, each.cadre)[0] for each in said}
    people = {one: listed(books, shared(books, house()), [one])[0] for one in {*own.values()}}
    return {cadre: people[one] for cadre, one in own.items()}


def _now(books: Connection, store: Connection, sitting: Sitting, one: Objection) -> Outcome | None:
    """What stands of who objected."""
    return outcome(books, store, house(), sitting.slot, whose(books, one.cadre), "") if one.is_open else None


@BLUEPRINT.post(f"/buoi/<public>/y-kien/<int(max={_LAST}):number>")
@allow(*RUNNERS)
def decide(public: str, number: int) -> Redirect:
    """Uphold an objection, or not. Nobody answers their own."""
    sitting, who, now_ms = run_now(public), account(), house().now_ms()
    with house().store.reading() as store, house().books.reading() as books:
        one = next((each for each in objections_at(store, [sitting.id]) if each.id == number), None)
        if one is None:
            abort(404)
        is_own = who.cadre in files_of(books, one.cadre)
        listed_as = _names(books, [one])[one.cadre]
    if is_own:
        raise ServerError("không tự trả lời ý kiến của mình", "cán bộ khác của lớp trả lời", 403)
    upheld, reason = _upheld(), request.form.get("ly-do", "")
    said = {"người nêu": f"{listed_as.name} ({listed_as.code})", "trả lời": _SAID[upheld is not None], "lý do": reason}

    def write(connection: Connection) -> None:
        answer(connection, one, Answerer(who.user, writer()), reason, upheld, now_ms)
        note(connection, who, "sitting.answered", told(sitting.slot), said, now_ms)

    house().store.write(write)
    flash("Đã trả lời.")
    return redirect(f"/buoi/{public}/y-kien", 303)


_SAID = {True: "chấp nhận", False: "không chấp nhận"}


def _upheld() -> Upheld | None:
    """Raises ServerError where the form does not say what is to stand."""
    wanted = request.form.get("tra-loi", "")
    if wanted == "khong":
        return None
    mark = next((each for each in _MARKS if each.value == wanted), None)
    if mark is None:
        raise ServerError("chưa chọn cách trả lời", "chọn chấp nhận hoặc không chấp nhận", 422)
    if mark is not Mark.PRESENT:
        return Upheld(mark)
    came, left = (minute_of_form(request.form.get(name, "")) for name in ("vao", "ra"))
    if came is not None and left is not None and left <= came:
        raise ServerError("giờ ra không sau giờ vào", "xem lại hai ô giờ", 422)
    return Upheld(mark, came, left)


@BLUEPRINT.get("/buoi/<public>/ket-qua.xlsx")
@allow(*LOOKERS)
def result(public: str) -> Response:
    """The result of the sitting, as it stands now."""
    sitting, _ = look_at(public)
    found, slot = result_of(house(), sitting) or abort(404), sitting.slot
    place = f"-{slug(sitting.place)}" if sitting.place else ""
    name = f"diem-danh-{slug(slot.class_code)}-{slot.date.isoformat()}-{slug(slot.half.label)}{place}"
    return workbook(name, lambda path: write_session_xlsx(found, path))
