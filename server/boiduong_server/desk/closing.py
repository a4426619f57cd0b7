"""Closing a sitting: how it stands is said first, and what is left to do; and opening it again."""

from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex

from boiduong_vocabulary.evidence import Presence
from flask import Blueprint, abort, flash, redirect, render_template, url_for
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Redirect

from boiduong_server.accounts.auditing import note
from boiduong_server.attending.lines import Writer, Written, write
from boiduong_server.attending.session import ClassSession, session_of
from boiduong_server.attending.sheet import How, Mark, Row
from boiduong_server.attending.sittings import Also, Sitting, close, reopen, sitting_of
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.class_sessions import Session, difference, key_of
from boiduong_server.desk.running import RUNNERS, run_now, writer
from boiduong_server.desk.words import moment

BLUEPRINT = Blueprint("closing", __name__)
STAYED = "ở lại đến hết buổi"


@dataclass(frozen=True)
class Closing:
    """People of one sitting, counted. `elsewhere` belong here and were checked in at another place; `waiting` have a
    claim that the monitor has not confirmed; `unleft` are present and lack the check-out that the rules require."""

    present: int
    late: int
    early: int
    excused: int
    absent: int
    elsewhere: int
    waiting: int
    unleft: tuple[Row, ...]


def closing_of(session: ClassSession, sitting: Sitting) -> Closing:
    rows = [session.rows[cadre] for cadre in session.roster(sitting)]
    here = [row for row in rows if row.presence is Presence.PRESENT and row.sitting == sitting.id]
    expected = [row for row in rows if session.belongs(row.cadre, sitting.place) and row.cadre in session.people]
    return Closing(
        len(here), sum(row.late > 0 for row in here), sum(row.early > 0 for row in here),
        sum(row.presence is Presence.EXCUSED for row in expected),
        sum(row.presence in (None, Presence.ABSENT) for row in expected),
        sum(row.presence is Presence.PRESENT and row.sitting != sitting.id for row in expected),
        sum(row.waits for row in rows), tuple(row for row in here if row.unleft),
    )  # fmt: skip


@BLUEPRINT.get("/buoi/<public>/dong")
@allow(*RUNNERS)
def look(public: str) -> str | Redirect:
    sitting = run_now(public)
    if not sitting.is_open:
        return to_kit(sitting)
    session = _session(sitting)
    found = closing_of(session, sitting)
    return render_template(
        "kit/closing.html", sitting=sitting, found=found,
        session=Session(sitting.slot, session.hours, sitting.from_ms, True, ()),
        difference=difference(sitting, found.present), days=house().rules.attending.objection_days, stayed=STAYED,
    )  # fmt: skip


@BLUEPRINT.post("/buoi/<public>/dong")
@allow(*RUNNERS)
def end(public: str) -> Redirect:
    sitting, days = run_now(public), house().rules.attending.objection_days
    close(house().store, sitting, writer(), days, house().now_ms(), noted("sitting.closed", sitting))
    with house().store.reading() as store:
        now = sitting_of(store, public)
    if now and now.objections_until_ms:
        flash(f"Đã kết thúc điểm danh. Học viên nêu ý kiến đến {moment(now.objections_until_ms - 1)}, rồi niêm phong.")
    return to_kit(sitting)


@BLUEPRINT.post("/buoi/<public>/mo-lai")
@allow(*RUNNERS)
def open_again(public: str) -> Redirect:
    sitting = run_now(public)
    reopen(house().store, sitting, noted("sitting.reopened", sitting))
    flash(f"Đã mở lại điểm danh {sitting.slot.said}.")
    return to_kit(sitting)


@BLUEPRINT.post("/buoi/<public>/o-lai")
@allow(*RUNNERS)
def all_stayed(public: str) -> Redirect:
    """A line by hand for everybody without a check-out: that they stayed to the session's end."""
    sitting = run_now(public)
    session = _session(sitting)
    lines = stayed(closing_of(session, sitting).unleft, session.hours.ends, house().now_ms())
    written = write(house().store, sitting, Writer(account().user, writer(), How.HAND), lines, house().now_ms())
    house().store.write(noted("sitting.stayed", sitting, {"số người": written}))
    flash(f"Đã ghi {written} người {STAYED}.")
    return redirect(f"/buoi/{public}/dong", 303)


def stayed(unleft: tuple[Row, ...], ends: int | None, now_ms: int) -> list[Written]:
    """Lines by hand that these people stayed to the end; what is known of their coming is kept."""
    return [
        Written(row.cadre, Mark.PRESENT, now_ms, token_hex(16), None if row.how is How.CODE else row.came, ends, STAYED)
        for row in unleft
    ]


def _session(sitting: Sitting) -> ClassSession:
    with house().books.reading() as books, house().store.reading() as store:
        return session_of(books, store, sitting.slot, house().rules.attending) or abort(404)


def noted(action: str, sitting: Sitting, detail: Mapping[str, object] | None = None) -> Also:
    """A line of the audit log, for the transaction that does it."""
    who, now_ms = account(), house().now_ms()
    target = " · ".join(filter(None, (f"lớp {sitting.slot.class_code}", sitting.slot.said, sitting.place)))

    def write_down(connection: Connection) -> None:
        note(connection, who, action, target, detail or {}, now_ms)

    return write_down


def to_kit(sitting: Sitting) -> Redirect:
    """The session in the class kit."""
    place = {"diem": sitting.place} if sitting.place else {}
    return redirect(
        url_for("kit.kit", code=sitting.slot.class_code, buoi=key_of(sitting.slot), **place, _external=False), 303
    )
