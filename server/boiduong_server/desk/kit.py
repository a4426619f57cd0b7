"""The class kit: what a monitor needs for a session, in one place; opening, counting heads."""

from boiduong_vocabulary.vietnamese import slug
from flask import Blueprint, abort, flash, redirect, render_template, request
from werkzeug.wrappers import Response as Redirect

from boiduong_server.accounts.naming import searched
from boiduong_server.accounts.roles import Role
from boiduong_server.attending.counts import present_at
from boiduong_server.attending.objections import unanswered
from boiduong_server.attending.schedule import hours_of, window
from boiduong_server.attending.sealing import unclosed
from boiduong_server.attending.session import places_of
from boiduong_server.attending.sittings import (
    Sitting,
    Slot,
    count_heads,
    open_sitting,
    prepare,
    sitting_of,
    take_back_opening,
)
from boiduong_server.desk import closing
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.class_sessions import (
    ClassRun,
    PlaceLine,
    Session,
    key_of,
    monitored_on,
    place_lines,
    roster_of,
    run_of,
    sessions_of,
)
from boiduong_server.desk.closing import noted, to_kit
from boiduong_server.desk.inner_browsers import Inner, inner
from boiduong_server.desk.monitors import monitored, monitored_classes
from boiduong_server.desk.running import LOOKERS, RUNNERS, look_at, run_now, writer
from boiduong_server.errors import ServerError

BLUEPRINT = Blueprint("kit", __name__)
BLUEPRINT.register_blueprint(closing.BLUEPRINT)
CARDS = 3
"""So many places of a session are shown whole; of more, how they stand together, and a list."""
PAGE = 50
MOST_HEADS = 99_999
WANTED = {
    "": "Tất cả",
    "chua-mo": "Chưa mở",
    "dang-mo": "Đang mở",
    "da-ket-thuc": "Đã kết thúc",
    "chenh": "Chênh sĩ số",
}
"""What a list of many places may be narrowed to."""


@BLUEPRINT.app_context_processor
def _kits() -> dict[str, object]:
    """For «Của tôi»: the kits of whoever monitors a place today, and who waits for their answer. For the kit: whether
    it is inside another app, and its address."""
    return {"kits_today": _kits_today, "answers_due": _answers_due, "inner_browser": _inner_browser, "here": _here}


def _kits_today() -> list[tuple[str, str]]:
    if Role.MONITOR not in account().roles:
        return []
    with house().books.reading() as books:
        return monitored_on(books, account(), house().today)


def _answers_due() -> list[tuple[Sitting, int, bool]]:
    """The sittings at one's own places where learners wait for an answer; how many, and whether too long."""
    if Role.MONITOR not in account().roles:
        return []
    with house().books.reading() as books, house().store.reading() as store:
        waiting = unanswered(store, monitored_classes(books, account()))
        found = [
            (sitting, count, _is_late(sitting))
            for public, count in waiting.items()
            if (sitting := sitting_of(store, public))
        ]
        return [each for each in found if each[0].place in monitored(books, account(), each[0].slot.class_code)]


def _is_late(sitting: Sitting) -> bool:
    """The days for objections are over."""
    return sitting.objections_until_ms is not None and sitting.objections_until_ms <= house().now_ms()


def _inner_browser() -> Inner | None:
    return inner(request.user_agent.string)


def _here() -> str:
    return f"{house().application}{request.full_path.rstrip('?')}"


# What there is --------------------------------------------------------------------------------------------------------


@BLUEPRINT.get("/lop/<path:code>/diem-danh")
@allow(*LOOKERS)
def kit(code: str) -> str:
    """All sessions; by `buoi` one of them, by `diem` at one place."""
    run, found = class_of(code)
    asked = request.args.get("buoi", "")
    if asked:
        return _one_session(run, session_in(found, asked))
    today = [each for each in found if each.slot.date == house().today]
    held = {
        each.public: each for session in found for each in session.sittings if run.whole or each.place in run.places
    }
    with house().store.reading() as store:
        late, waiting = unclosed(store, house().now_ms(), [code]), unanswered(store, [code])
    due = [(held[public], count, _is_late(held[public])) for public, count in waiting.items() if public in held]
    return render_template(
        "kit/kit.html", run=run, today=[(each, _lines(run, each)) for each in today], cards=CARDS,
        unclosed=[each for each in late if each.public in held], unanswered=due,
        key_of=key_of, now_ms=house().now_ms(),
        coming=[each for each in found if each.slot.date > house().today],
        past=[each for each in found[::-1] if each.slot.date < house().today],
    )  # fmt: skip


def _one_session(run: ClassRun, session: Session) -> str:
    place = request.args.get("diem")
    lines = _lines(run, session)
    if place is not None:
        lines = [each for each in lines if each.place == place] or abort(404)
    if len(lines) <= CARDS:
        return render_template("kit/session.html", run=run, session=session, lines=lines, now_ms=house().now_ms())
    wanted, text = request.args.get("loc", ""), request.args.get("tim", "")
    sought = searched(text)
    chosen = [each for each in lines if _is_wanted(each, wanted) and sought in searched(f"{each.place} {each.monitor}")]
    first = max(request.args.get("tu", 0, int), 0)
    return render_template(
        "kit/places.html", run=run, session=session, lines=lines, chosen=chosen, shown=chosen[first : first + PAGE],
        first=first, page=PAGE, wanted=wanted, text=text, filters=WANTED,
    )  # fmt: skip


def _is_wanted(line: PlaceLine, wanted: str) -> bool:
    return not wanted or (line.difference > 0 if wanted == "chenh" else slug(line.state) == wanted)


def _lines(run: ClassRun, session: Session) -> list[PlaceLine]:
    with house().books.reading() as books, house().store.reading() as store:
        return place_lines(store, session, run.places_at(session), roster_of(books, run.code))


def class_of(code: str) -> tuple[ClassRun, list[Session]]:
    """The class as whoever asks runs or oversees it, and its sessions; else there is no such page."""
    with house().books.reading() as books, house().store.reading() as store:
        run = run_of(books, account(), code) or abort(404)
        return run, sessions_of(books, store, code, house().rules.attending)


def session_in(found: list[Session], key: str) -> Session:
    """The one of this name in addresses; else there is no such page."""
    return next((each for each in found if each.key == key), None) or abort(404)


@BLUEPRINT.post("/lop/<path:code>/diem-danh")
@allow(*RUNNERS)
def lead(code: str) -> Redirect:
    """Prepare the session `buoi` at the place `diem`, and lead to its list, to the codes' page or open it (`viec`)."""
    run, found = class_of(code)
    session, place = session_in(found, request.form.get("buoi", "")), request.form.get("diem", "")
    if not run.runs or place not in run.places:
        abort(404)
    sitting = _prepared(session.slot, place)
    where = request.form.get("viec", "")
    if where == "mo":
        return _open(sitting)
    return redirect(f"/buoi/{sitting.public}" + ("/man-hinh" if where == "man-hinh" else ""), 303)


def _prepared(slot: Slot, place: str) -> Sitting:
    """Its hours are those of the schedule as it is now.

    Raises ServerError (409) of a session or a place that the class has no longer.
    """
    rules = house().rules.attending
    with house().books.reading() as books:
        hours, places = hours_of(books, slot, rules), places_of(books, slot.class_code)
    if hours is None or place not in places:
        raise ServerError("buổi hoặc điểm học này không còn trong lịch lớp", "xem lại lịch lớp", 409)
    return prepare(house().store, slot, place, window(slot, hours, rules), house().now_ms())


# What a sitting's monitor does ----------------------------------------------------------------------------------------


@BLUEPRINT.post("/buoi/<public>/mo")
@allow(*RUNNERS)
def open_now(public: str) -> Redirect:
    sitting = run_now(public)
    return _open(sitting if sitting.opened_ms else _prepared(sitting.slot, sitting.place))


def _open(sitting: Sitting) -> Redirect:
    now_ms = house().now_ms()
    open_sitting(house().store, sitting, writer(), now_ms, noted("sitting.opened", sitting))
    flash(f"Đã mở điểm danh {sitting.slot.said}.")
    return to_kit(sitting)


@BLUEPRINT.post("/buoi/<public>/thoi-mo")
@allow(*RUNNERS)
def not_open(public: str) -> Redirect:
    sitting = run_now(public)
    take_back_opening(house().store, sitting, noted("sitting.unopened", sitting))
    flash(f"Đã thôi mở điểm danh {sitting.slot.said}.")
    return to_kit(sitting)


@BLUEPRINT.post("/buoi/<public>/si-so")
@allow(*RUNNERS)
def heads(public: str) -> Redirect:
    """How many were counted in the room (`so`; empty: nobody counted); `ve` leads back to the list."""
    sitting, text = run_now(public), request.form.get("so", "").strip()
    if text and not (text.isdecimal() and len(text) <= len(str(MOST_HEADS))):
        raise ServerError("sĩ số phải là một số", "ghi số người đếm được trong phòng, ví dụ 398", 422)
    counted = int(text) if text else None
    also = noted("sitting.counted", sitting, {"sĩ số": counted if counted is not None else "bỏ"})
    count_heads(house().store, sitting, counted, house().now_ms(), also)
    flash(f"Đã ghi sĩ số {counted}." if counted is not None else "Đã bỏ sĩ số.")
    return redirect(f"/buoi/{public}", 303) if request.form.get("ve") == "danh-sach" else to_kit(sitting)


@BLUEPRINT.get("/buoi/<public>/dem")
@allow(*LOOKERS)
def count(public: str) -> str:
    """The line of how many are checked in, for the kit to ask again."""
    sitting, _ = look_at(public)
    with house().store.reading() as store:
        present = present_at(store, sitting)
    return render_template("kit/count.html", sitting=sitting, present=present)
