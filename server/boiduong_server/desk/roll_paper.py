"""The signed sheet, ticked in the spreadsheet: what it would write is looked at first, then written."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from secrets import token_hex

from boiduong_exporter.gathering.people import some
from boiduong_exporter.imports.attendance import ATTENDANCE, Ticked, ticked
from boiduong_exporter.imports.kinds import read
from boiduong_vocabulary.evidence import Presence
from boiduong_vocabulary.problem import Problem
from flask import Blueprint, abort, current_app, flash, redirect, render_template, request
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import Connection
from werkzeug.wrappers import Response as Redirect

from boiduong_server.attending.lines import Writer, Written, write
from boiduong_server.attending.session import ClassSession, session_of
from boiduong_server.attending.sheet import How, Mark, Row
from boiduong_server.attending.sittings import Sitting
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.class_lists import class_name
from boiduong_server.desk.class_sessions import key_of
from boiduong_server.desk.closing import noted
from boiduong_server.desk.rosters import MARKS, Person, persons
from boiduong_server.desk.running import RUNNERS, run_now, writer
from boiduong_server.desk.times import clock
from boiduong_server.errors import ServerError

BLUEPRINT = Blueprint("paper", __name__)
FILE_BYTES = 4_000_000
_SALT = "bản ký giấy"
_SHOWN = 100


@dataclass(frozen=True)
class Wanted:
    """What the sheet says of somebody, and the list does not. `against`: the list says otherwise."""

    cadre: int
    mark: Mark
    came: int | None
    left: int | None
    against: bool

    @property
    def said(self) -> str:
        times = [clock(each) for each in (self.came, self.left) if each is not None]
        return " ".join((MARKS[self.mark], *(("từ",) if times else ()), " đến ".join(times))).strip()


@dataclass(frozen=True)
class Looked:
    """A sheet held against the list: lines to be written, each beside the person as they stand; how many stand already
    as the sheet has them; rows and people that cannot be taken, `others` because another place says whether they are
    absent. `kept` is the lines, signed."""

    lines: list[tuple[Wanted, Person]]
    same: int
    strangers: list[str]
    others: list[str]
    problems: list[Problem]
    kept: str


@BLUEPRINT.get("/buoi/<public>/tep")
@allow(*RUNNERS)
def choose(public: str) -> str:
    return _page(run_now(public), None)


@BLUEPRINT.post("/buoi/<public>/tep")
@allow(*RUNNERS)
def look(public: str) -> str:
    """What the sheet would write; nothing is written."""
    sitting, sent = run_now(public), request.files.get("tep")
    if sent is None or not sent.filename:
        raise ServerError("chưa chọn tệp nào", "chọn bảng ký đã đánh dấu (XLSX hoặc CSV)", 422)
    data = sent.stream.read(FILE_BYTES + 1)
    if len(data) > FILE_BYTES:
        abort(413)
    name = Path(sent.filename.replace("\\", "/")).name
    return _page(sitting, _looked(sitting, data, name))


def _page(sitting: Sitting, looked: Looked | None) -> str:
    with house().books.reading() as books:
        name = class_name(books, sitting.slot.class_code) or sitting.slot.class_code
    return render_template(
        "roll/paper.html",
        sitting=sitting,
        said=sitting.slot.said,
        class_name=name,
        looked=looked,
        shown=_SHOWN,
        key=key_of(sitting.slot),
    )


def _looked(sitting: Sitting, data: bytes, name: str) -> Looked:
    slot, reading = sitting.slot, read(ATTENDANCE, data, name, house().rules.kinds)
    with house().books.reading() as books, house().store.reading() as store:
        rows, problems = ticked(books, reading, slot.class_code, (slot.date, slot.half), sitting.place)
        session = session_of(books, store, slot, house().rules.attending) or abort(404)
        others = {each.cadre for each in rows if _is_for_others(session, sitting, each)}
        known = [each for each in rows if each.cadre in session.people and each.cadre not in others]
        wanted = [found for each in known if (found := _wanted(session, sitting, each))]
        lines = _beside(books, session, sitting, wanted)
        strangers = [each.name for each in some(books, {each.cadre for each in rows} - {*session.people})]
        elsewhere = [each.name for each in some(books, others)]
    kept = _signer().dumps([name, sitting.public, [[*asdict(each).values(), token_hex(16)] for each, _ in lines]])
    return Looked(lines, len(known) - len(wanted), strangers, elsewhere, problems, str(kept))


def _is_for_others(session: ClassSession, sitting: Sitting, said: Ticked) -> bool:
    return said.presence is not Presence.PRESENT and session.is_of_another(said.cadre, sitting)


def _beside(
    books: Connection, session: ClassSession, sitting: Sitting, wanted: Iterable[Wanted]
) -> list[tuple[Wanted, Person]]:
    """Those that contradict the list first; else as it is ordered."""
    found = [(each, persons(books, house(), session, sitting, [each.cadre])[0]) for each in wanted]
    return sorted(found, key=lambda each: not each[0].against)


def _wanted(session: ClassSession, sitting: Sitting, said: Ticked) -> Wanted | None:
    """None where the list says so already: a time that the sheet does not tell is the list's."""
    row = session.rows.get(said.cadre) or Row(said.cadre)
    if said.presence is not Presence.PRESENT:
        is_same = row.presence is said.presence
    else:
        times = ((said.came, row.came), (said.left, row.left))
        is_same = row.presence is said.presence and all(told in (None, known) for told, known in times)
        is_same = is_same and row.sitting == sitting.id
    if is_same:
        return None
    return Wanted(said.cadre, Mark(said.presence.value), said.came, said.left, row.presence is not None)


@BLUEPRINT.post("/buoi/<public>/tep/ghi")
@allow(*RUNNERS)
def enter(public: str) -> Redirect:
    """The lines that were looked at and chosen (`dong`), once however often it is sent."""
    sitting, now_ms = run_now(public), house().now_ms()
    try:
        name, of, lines = _signer().loads(request.form.get("giu", ""))
    except BadSignature:
        abort(400)
    if of != public:
        abort(400)
    reason = f"tệp {name}"
    chosen = [lines[number] for number in sorted({*request.form.getlist("dong", int)}) if 0 <= number < len(lines)]
    written = [
        Written(cadre, Mark(mark), now_ms, nonce, came, left, reason) for cadre, mark, came, left, _, nonce in chosen
    ]
    also = noted("sitting.written", sitting, {"bản ký giấy": name, "số người": len(written)})
    count = write(house().store, sitting, Writer(account().user, writer(), How.PAPER), written, now_ms, also)
    flash(f"Đã ghi {count} người theo bản ký giấy." if count else "Không có gì thay đổi.")
    return redirect(f"/buoi/{public}", 303)


def _signer() -> URLSafeSerializer:
    assert current_app.secret_key
    return URLSafeSerializer(current_app.secret_key, salt=_SALT)
