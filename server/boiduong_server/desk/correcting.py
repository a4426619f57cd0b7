"""A sealed half day is corrected by two people: one asks, another decides."""

from collections.abc import Callable
from dataclasses import dataclass

from boiduong_exporter.reporting.members import cadre_of
from boiduong_exporter.sealing.sheets import places_of
from boiduong_records.errors import BooksError
from boiduong_vocabulary.evidence import Attendance, Presence
from flask import Blueprint, abort, flash, redirect, render_template, request
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from boiduong_server.accounts.auditing import note
from boiduong_server.accounts.reading import account_of
from boiduong_server.accounts.scope import Scope, scope_of
from boiduong_server.attending.corrections import (
    LONGEST,
    Correction,
    Officer,
    Wanted,
    approve,
    ask,
    correction,
    corrections,
    decline,
    old_of,
    withdraw,
)
from boiduong_server.attending.sittings import Slot
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.class_lists import ENROLLERS, Listed, listed
from boiduong_server.desk.outcome import files_of, whose
from boiduong_server.desk.running import writer
from boiduong_server.desk.times import clock, minute_of_form
from boiduong_server.desk.worlds import shared
from boiduong_server.errors import ServerError

BLUEPRINT = Blueprint("correcting", __name__, url_prefix="/dinh-chinh")
_LAST = 2**53
_SHOWN = 50
"""Decided ones on the page."""


@dataclass(frozen=True)
class Shown:
    """A correction before whoever may decide it; `old` is None where the entry no longer stands, `new` is in words."""

    one: Correction
    who: Listed
    old: Attendance | None
    is_mine: bool
    is_about_me: bool

    @property
    def said(self) -> str:
        return words(self.old) if self.old else f"mục {self.one.seq}, đã được đảo"

    @property
    def wanted(self) -> str:
        return words(self.one.wanted)

    @property
    def slot(self) -> str:
        return slot_of(self.old) if self.old else ""

    @property
    def outcome(self) -> str:
        if self.one.is_open:
            return "Chờ duyệt"
        if self.one.approved:
            return "Đã đính chính"
        return "Đã rút lại" if self.one.is_withdrawn else "Không duyệt"


def slot_of(said: Attendance) -> str:
    """ "buổi sáng 26/11/2026, lớp DD1"."""
    return f"{Slot(said.class_code, said.date, said.half).said}, lớp {said.class_code}"


def words(said: Attendance | Wanted) -> str:
    """ "có mặt tại Hội trường A, vào 7:41, ra 11:30"."""
    came, left = (said.check_in, said.check_out) if isinstance(said, Attendance) else (said.came, said.left)
    place = f" tại {said.place}" if said.place and said.presence is Presence.PRESENT else ""
    times = [f"vào {clock(came)}" if came is not None else "", f"ra {clock(left)}" if left is not None else ""]
    return ", ".join(each for each in (f"{said.presence.label}{place}", *times) if each)


@BLUEPRINT.get("")
@allow(*ENROLLERS)
def waiting() -> str:
    """What waits for a decision, and what was decided, of the people in one's care."""
    with house().books.reading() as books, house().store.reading() as store:
        care = _care(books)
        found = [each for each in corrections(store) if care.holds(each.cadre)]
        open_ = [_shown(books, each) for each in found if each.is_open]
        decided = [_shown(books, each) for each in found if not each.is_open][:_SHOWN]
    return render_template("correcting/list.html", waiting=open_, decided=decided, longest=LONGEST)


@BLUEPRINT.get(f"/<subject>/<int(max={_LAST}):seq>")
@allow(*ENROLLERS)
def form(subject: str, seq: int) -> str:
    """What should stand instead of an entry."""
    with house().books.reading() as books:
        cadre, old = _entry(books, subject, seq)
        places = places_of(books, old.class_code)
        who = _listed(books, cadre)
    return render_template(
        "correcting/form.html", subject=subject, seq=seq, old=old, who=who, places=places, said=words(old),
        slot=slot_of(old), presences=list(Presence), longest=LONGEST,
    )  # fmt: skip


@BLUEPRINT.post(f"/<subject>/<int(max={_LAST}):seq>")
@allow(*ENROLLERS)
def propose(subject: str, seq: int) -> Response:
    who, now_ms, reason = account(), house().now_ms(), request.form.get("ly-do", "")
    with house().books.reading() as books:
        cadre, old = _entry(books, subject, seq)
        wanted, target = _wanted(), _told(_listed(books, cadre), seq)
        detail = {"buổi": slot_of(old), "đang ghi": words(old), "đề nghị ghi": words(wanted), "lý do": reason}

        def write(connection: Connection) -> None:
            ask(books, connection, seq, cadre, wanted, reason, Officer(who.user, writer()), now_ms)
            note(connection, who, "correction.asked", target, detail, now_ms)

        house().store.write(write)
    flash("Đã gửi đề nghị đính chính. Một cán bộ khác duyệt thì sổ mới đổi.")
    return redirect("/dinh-chinh", 303)


@BLUEPRINT.post(f"/<int(max={_LAST}):number>/duyet")
@allow(*ENROLLERS)
def agree(number: int) -> Response:
    """The entry is taken back and the other entered, in the names of both."""
    one, who = _to_decide(number)
    try:
        seq = approve(house().books, house().store, one.id, Officer(account().user, writer()), house().now_ms())
    except BooksError as refused:
        raise ServerError(refused.message_vi, refused.hint_vi, 409) from refused
    flash(f"Đã đính chính cho {who.name}: mục {one.seq} được đảo{f', mục mới là {seq}' if seq else ''}.")
    return redirect("/dinh-chinh", 303)


@BLUEPRINT.post(f"/<int(max={_LAST}):number>/tu-choi")
@allow(*ENROLLERS)
def refuse(number: int) -> Response:
    one, who = _to_decide(number)
    reason, by, now_ms = request.form.get("ly-do", ""), Officer(account().user, writer()), house().now_ms()
    _change(one, who, "correction.declined", reason, lambda at: decline(at, number, by, reason, now_ms))
    flash("Đã trả lời là không duyệt; sổ giữ nguyên.")
    return redirect("/dinh-chinh", 303)


@BLUEPRINT.post(f"/<int(max={_LAST}):number>/rut")
@allow(*ENROLLERS)
def take_back(number: int) -> Response:
    one, who = _found(number)
    by, now_ms = Officer(account().user, writer()), house().now_ms()
    _change(one, who, "correction.withdrawn", "", lambda at: withdraw(at, number, by, now_ms))
    flash("Đã rút lại đề nghị.")
    return redirect("/dinh-chinh", 303)


def _change(one: Correction, who: Listed, action: str, reason: str, change: Callable[[Connection], None]) -> None:
    """The change and its line in the log, or neither."""
    keeper, now_ms, detail = account(), house().now_ms(), {"lý do": reason} if reason else {}

    def write(connection: Connection) -> None:
        change(connection)
        note(connection, keeper, action, _told(who, one.seq), {"đề nghị số": one.id, **detail}, now_ms)

    house().store.write(write)


def _told(who: Listed, seq: int) -> str:
    return f"{who.name} ({who.code}), mục {seq}"


def _care(books: Connection) -> Scope:
    return scope_of(books, account(), house().today, ENROLLERS)


def _entry(books: Connection, subject: str, seq: int) -> tuple[int, Attendance]:
    """Somebody in one's care, and what the ledger says in an entry about them; else there is no such page."""
    cadre = cadre_of(books, subject)
    if cadre is None or not _care(books).holds(cadre):
        abort(404)
    found = next((said for number, said in whose(books, cadre).entries.values() if number == seq), None)
    return (cadre, found) if found else abort(404)


def _found(number: int) -> tuple[Correction, Listed]:
    """A correction about somebody in one's care; else there is no such page."""
    with house().store.reading() as store, house().books.reading() as books:
        one = correction(store, number)
        if one is None or not _care(books).holds(one.cadre):
            return abort(404)
        return one, _listed(books, one.cadre)


def _to_decide(number: int) -> tuple[Correction, Listed]:
    """Nobody decides about themselves, nor, by another account of theirs, on what they asked for."""
    one, who = _found(number)
    with house().books.reading() as books, house().store.reading() as store:
        if _is_me(books, one.cadre):
            raise ServerError("không tự quyết định về chính mình", "cán bộ khác quyết định", 403)
        asker = account_of(store, one.user, house().today) if one.user != account().user else None
        if asker and asker.cadre is not None and _is_me(books, asker.cadre):
            raise ServerError("người đề nghị không tự quyết định bằng tài khoản khác", "cán bộ khác quyết định", 409)
    return one, who


def _shown(books: Connection, one: Correction) -> Shown:
    mine = one.user == account().user
    return Shown(one, _listed(books, one.cadre), old_of(books, one.seq), mine, _is_me(books, one.cadre))


def _is_me(books: Connection, cadre: int) -> bool:
    return account().cadre in files_of(books, cadre)


def _listed(books: Connection, cadre: int) -> Listed:
    (found,) = listed(books, shared(books, house()), files_of(books, cadre)[:1])
    return found


def _wanted() -> Wanted:
    presence = next((each for each in Presence if each.value == request.form.get("ket-qua")), None)
    if presence is None:
        raise ServerError("chưa chọn kết quả", "chọn có mặt, vắng có phép hoặc vắng", 422)
    came, left = (minute_of_form(request.form.get(name, "")) for name in ("vao", "ra"))
    return Wanted(presence, request.form.get("noi", ""), came, left)
