"""The monitor's list of a sitting: who is here, what is written by hand, codes that were refused or wait for a word."""

from collections.abc import Mapping
from functools import partial

from boiduong_exporter.gathering.people import some
from boiduong_records.enrolment import enrolled
from boiduong_records.tables import IDENTITY
from boiduong_records.versions import in_chunks
from boiduong_vocabulary.vietnamese import fold, unmarked
from flask import Blueprint, abort, flash, redirect, render_template, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Redirect

from boiduong_server.attending.changes import bookmark_now, bookmark_of, expected_at, part_of, rooted, touched
from boiduong_server.attending.readings import confirm, refused_at, waiting_at
from boiduong_server.attending.session import ClassSession
from boiduong_server.attending.sheet import How, Mark
from boiduong_server.attending.sittings import Sitting
from boiduong_server.desk import roll_paper
from boiduong_server.desk.access import allow, house
from boiduong_server.desk.class_lists import class_name
from boiduong_server.desk.class_sessions import state_of
from boiduong_server.desk.closing import noted
from boiduong_server.desk.marking import LONGEST, Rules, Sent, answered, cadres_by_key, form_lines, sent_lines, take
from boiduong_server.desk.rosters import MARKS, REASONS, by_team, claims_at, people_at, persons, tally
from boiduong_server.desk.running import LOOKERS, RUNNERS, look_at, run_now, writer
from boiduong_server.desk.words import clock, hours

BLUEPRINT = Blueprint("roll", __name__)
BLUEPRINT.register_blueprint(roll_paper.BLUEPRINT)
HITS = 20


@BLUEPRINT.get("/buoi/<public>")
@allow(*LOOKERS)
def roll(public: str) -> str:
    sitting, runs = look_at(public)
    with house().books.reading() as books, house().store.reading() as store:
        mark = bookmark_now(store, house().now_ms())
        expected = expected_at(books, store, sitting)
        session = part_of(books, store, sitting, expected, house().rules.attending) or abort(404)
        people, claims = people_at(books, house(), session, sitting), claims_at(books, store, session, sitting)
        refused, name = refused_at(store, sitting.id), class_name(books, sitting.slot.class_code)
    return render_template(
        "roll/roll.html", sitting=sitting, runs=runs, mark=mark, teams=by_team(people), people=people, claims=claims,
        refused=refused, class_name=name or sitting.slot.class_code, said=sitting.slot.said,
        state=state_of(sitting), tally=tally(people),
        hours=hours(session.hours.starts, session.hours.ends), reasons=REASONS, longest=LONGEST,
    )  # fmt: skip


@BLUEPRINT.get("/buoi/<public>/tinh-hinh")
@allow(*LOOKERS)
def news(public: str) -> dict[str, object]:
    """What has changed since the bookmark `tu`: rows that may have, and the whole list of what waits for a word where
    any did."""
    sitting, _ = look_at(public)
    since = bookmark_of(request.args.get("tu", "")) or abort(400)
    with house().books.reading() as books, house().store.reading() as store:
        mark = bookmark_now(store, house().now_ms())
        changed = touched(books, store, sitting, since)
        found = _changes(books, store, sitting, changed) if changed else {}
        refused = refused_at(store, sitting.id, since.refusal) if mark.refusal > since.refusal else []
    return {
        "mark": str(mark), "state": state_of(sitting), "headcount": sitting.headcount, **found,
        "refused": [{"at": clock(each.at_ms), "who": each.who, "why": each.why.label} for each in refused],
    }  # fmt: skip


def _changes(books: Connection, store: Connection, sitting: Sitting, changed: set[int]) -> dict[str, object]:
    rules, waits = house().rules.attending, {each.cadre for each in waiting_at(store, sitting.id)}
    session = part_of(books, store, sitting, changed | waits, rules) or abort(404)
    here = {*session.roster(sitting)}
    rows = persons(books, house(), session, sitting, rooted(books, changed) & here)
    claims = claims_at(books, store, session, sitting)
    return {"rows": [each.told() for each in rows], "claims": [each.told() for each in claims]}


# By hand --------------------------------------------------------------------------------------------------------------


@BLUEPRINT.post("/buoi/<public>/ghi")
@allow(*RUNNERS)
def write(public: str) -> Redirect | dict[str, object]:
    """What a page kept, or the list's form."""
    sitting = run_now(public)
    sent = sent_lines() if request.is_json else form_lines()
    with house().books.reading() as books, house().store.reading() as store:
        asked = cadres_by_key(books, (each.key for each in sent))
        session = part_of(books, store, sitting, asked.values(), house().rules.attending) or abort(404)
    rules = Rules(
        How.HAND, _people(session, asked), partial(_why_not, session, sitting),
        lambda marks: noted("sitting.written", sitting, _counted(marks)),
    )  # fmt: skip
    return answered(take(sitting, sent, rules), f"/buoi/{public}")


def _people(session: ClassSession, asked: Mapping[str, int]) -> dict[str, int]:
    """Of those whom the lines name: who is enrolled, and who was seen at the session."""
    seen = {cadre for cadre, row in session.rows.items() if row.presence is not None or row.waits}
    return {key: cadre for key, cadre in asked.items() if cadre in session.people or cadre in seen}


def _why_not(session: ClassSession, sitting: Sitting, sent: Sent, cadre: int) -> str:
    if sent.mark is not Mark.PRESENT and session.is_of_another(cadre, sitting):
        return f"Người này học ở «{session.people[cadre].place}»: cán bộ quản lý lớp ở đó ghi"
    needs = sent.mark is not Mark.UNDONE and not sent.reason.strip()
    return "Ghi tay thì cần lý do, ví dụ «quên điện thoại»" if needs else ""


def _counted(marks: Mapping[Mark, int]) -> dict[str, object]:
    return {MARKS[mark]: count for mark, count in marks.items()}


@BLUEPRINT.post("/buoi/<public>/xac-nhan")
@allow(*RUNNERS)
def believe(public: str) -> Redirect:
    """Codes that telephones kept count from now on."""
    sitting = run_now(public)
    nonces = request.form.getlist("ma")
    also = noted("sitting.confirmed", sitting, {"số mã": len(nonces)})
    count = confirm(house().store, sitting, nonces, writer(), house().now_ms(), also)
    flash(f"Đã xác nhận {count} mã gửi sau." if count else "Không có mã nào được xác nhận thêm.")
    return redirect(f"/buoi/{public}", 303)


# Somebody who is not on the list --------------------------------------------------------------------------------------


@BLUEPRINT.get("/buoi/<public>/tim")
@allow(*RUNNERS)
def find(public: str) -> str:
    """People of the class, wherever they sit, by name or code."""
    sitting, text = run_now(public), request.args.get("q", "").strip()[:100]
    with house().books.reading() as books, house().store.reading() as store:
        hits = _hits(books, sitting.slot.class_code, text) if text else []
        session = part_of(books, store, sitting, hits, house().rules.attending) or abort(404)
        people = persons(books, house(), session, sitting, hits)
        name = class_name(books, sitting.slot.class_code)
    return render_template(
        "roll/find.html", sitting=sitting, text=text, people=people[:HITS], is_more=len(hits) > HITS, reasons=REASONS,
        class_name=name or sitting.slot.class_code, said=sitting.slot.said, longest=LONGEST,
    )  # fmt: skip


def _hits(books: Connection, class_code: str, text: str) -> list[int]:
    """One more than are shown at the most; marks and capitals do not matter."""
    wanted = fold(unmarked(text))
    rows = in_chunks(books, IDENTITY, IDENTITY.c.cadre, enrolled(books, class_code))
    found = [row for row in rows if wanted in fold(unmarked(row["name"])) or wanted == fold(row["code"])]
    return [each.cadre for each in some(books, [row["cadre"] for row in found])][: HITS + 1]
