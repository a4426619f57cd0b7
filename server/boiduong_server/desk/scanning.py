"""Checking in: a code is read by the telephone's own camera, or typed.

To open an address records nothing, for links are looked at in advance; it makes a stamp of the moment. What is sent
then, by the page itself or by its one button, is the check-in.
"""

import re
from typing import Any
from urllib.parse import quote

from flask import Blueprint, redirect, render_template, request
from werkzeug.wrappers import Response

from boiduong_server.attending import stamps
from boiduong_server.attending.codes import LENGTH, LETTERS, is_good, plain
from boiduong_server.attending.readings import scans_of
from boiduong_server.attending.scanning import No, Reader, Taken, Why, admit, judge, list_refused
from boiduong_server.attending.sittings import PUBLIC_LETTERS, Sitting
from boiduong_server.attending.stamps import SHORT_LETTERS, Stamp
from boiduong_server.desk.access import allow, house
from boiduong_server.desk.attended import outcome_at, own_days, said_time
from boiduong_server.desk.code_reader import (
    hit,
    is_learner,
    is_nonce,
    know_device,
    miss,
    reader,
    sign,
    stamp_of,
    wait,
)
from boiduong_server.desk.inner_browsers import inner
from boiduong_server.desk.times import clock

BLUEPRINT = Blueprint("scanning", __name__)
BLUEPRINT.after_request(know_device)
_Answer = str | Response | tuple[str, int]
_SHORT = re.compile(f"[{LETTERS}]{{{SHORT_LETTERS}}}")
_READ = re.compile(f"[{LETTERS}]{{{PUBLIC_LETTERS + LENGTH}}}")
_UNCLEAR = (
    "Mã gồm sáu chữ đang hiện trên màn hình, hoặc tám chữ do trang điểm danh cấp để chuyển sang trình duyệt khác."
)


@BLUEPRINT.get("/D")
@allow()
def typing() -> str:
    """Also what the service worker shows to a camera without a connection."""
    return _type_page(is_shell=True)


@BLUEPRINT.get("/d", defaults={"code": ""})
@BLUEPRINT.get("/d/<code>")
@allow()
def small(code: str) -> Response:
    """Somebody typed the address by hand."""
    return redirect(f"/D/{quote(code.upper())}" if code else "/D", 301)


@BLUEPRINT.get("/D/<code>")
@allow()
def opened(code: str) -> _Answer:
    """The moment of the reading is now."""
    if code != code.upper():
        return redirect(f"/D/{quote(code.upper())}", 301)
    if not _READ.fullmatch(code):
        return _refused(No(Why.NO_SITTING))
    return _read(stamps.stamp(code[:PUBLIC_LETTERS], code[PUBLIC_LETTERS:], house().now_ms()))


def _read(stamp: Stamp) -> _Answer:
    if held := wait():
        return _held(held)
    with house().store.reading() as connection:
        judged = judge(connection, stamp, stamp.at_ms)
    return _offer(stamp) if isinstance(judged, Sitting) else _not_good(stamp, judged)


def _not_good(stamp: Stamp, no: No) -> _Answer:
    """What is no good for anybody is listed at once, unless somebody opens again what was taken then."""
    who = reader()
    if who and no.sitting and no.why is Why.OUTDATED and _was_theirs(who, no.sitting, stamp.code):
        return _result(Taken(no.sitting, stamp.at_ms, again=True), who)
    miss()
    if sitting := no.sitting:
        house().store.write(lambda connection: list_refused(sitting, no.why, stamp.at_ms, stamp.at_ms, who, connection))
    return _refused(no)


def _was_theirs(who: Reader, sitting: Sitting, code: str) -> bool:
    """Browsers load a page anew when one comes back to it, hours later: the code is old then, and its work done."""
    with house().store.reading() as connection:
        scans = scans_of(connection, [sitting.id], [who.cadre])
    return any(is_good(sitting.key, code, each.at_ms) for each in scans)


@BLUEPRINT.post("/D")
@allow()
def typed() -> _Answer:
    """Six letters from the screen; or eight that bring a reading from another browser. `so` is the page's own number of
    what was typed, so that it is one reading though it be sent twice."""
    if held := wait():
        return _type_page(f"Đã nhập nhiều mã chưa đúng. Xin chờ {held} rồi nhập mã đang hiện."), 429
    text = request.form.get("ma", "")
    letters, nonce = plain(text), request.form.get("so", "")
    if (short := "".join(each for each in text.upper() if each.isalnum())) and _SHORT.fullmatch(short):
        return _carried(short)
    if len(letters) != LENGTH:
        return _type_page(_UNCLEAR, text), 422
    stamp = stamps.stamp("", letters, house().now_ms(), nonce if is_nonce(nonce) else "")
    return _confirm(stamp) if is_learner() else _read(stamp)


def _carried(short: str) -> _Answer:
    with house().store.reading() as connection:
        found = stamps.carried(connection, short, house().now_ms())
    if found is None:
        miss()
        return _type_page("Mã chuyển này chưa đúng, hoặc đã quá mười phút. Quét lại mã trên màn hình."), 422
    return redirect(_address(found), 303)


@BLUEPRINT.get("/diem-danh/ghi")
@allow()
def stamped() -> _Answer:
    """A reading that somebody comes back to, after entering or in another browser."""
    stamp = stamp_of(request.args.get("dau", ""))
    if stamp is None or not (is_learner() or stamp.is_alive(house().now_ms())):
        return _refused(No(Why.STAMP_ENDED))
    return _offer(stamp)


@BLUEPRINT.post("/diem-danh/ghi")
@allow()
def confirm() -> _Answer:
    stamp = stamp_of(request.form.get("dau", ""))
    if stamp is None:
        return _refused(No(Why.STAMP_ENDED))
    return _confirm(stamp) if is_learner() else _offer(stamp)


def _confirm(stamp: Stamp) -> _Answer:
    who = reader()
    assert who
    if stamp.typed and (held := wait()):
        return _held(held)
    answer = admit(house().store, who, stamp, house().now_ms())
    if isinstance(answer, No):
        if answer.why in (Why.NO_SITTING, Why.OUTDATED):
            miss()
        return _refused(answer)
    if stamp.typed:
        hit()
    return _result(answer, who)


@BLUEPRINT.get("/diem-danh")
@allow()
def own() -> _Answer:
    who = reader()
    if who is None:
        return _type_page()
    ahead, found = own_days(who)
    return render_template("scanning/own.html", ahead=ahead, found=found)


# Pages ----------------------------------------------------------------------------------------------------------------


def _offer(stamp: Stamp) -> _Answer:
    """The reading is good: to be sent by who has entered, to be kept for who has not."""
    signed, now_ms = sign(stamp), house().now_ms()
    known = {"stamp": stamp, "signed": signed, "age_ms": max(0, now_ms - stamp.at_ms), "at": said_time(stamp.at_ms)}
    if is_learner():
        return render_template("scanning/confirm.html", **known)
    return render_template("scanning/enter.html", **known, **_ways_on(stamp, signed, now_ms))


def _ways_on(stamp: Stamp, signed: str, now_ms: int) -> dict[str, Any]:
    """Into the account, or into another browser."""
    ends_ms = stamp.at_ms + stamps.LIFE_MS
    address, browser = f"{house().application}{_address(signed)}", inner(request.user_agent.string)
    return {
        "until": said_time(ends_ms), "wanted": _address(signed), "inner": browser, "address": address,
        "opens": browser.opens(address) if browser else "", "host": house().application_host,
        "short": stamps.carry(house().store, signed, ends_ms, now_ms),
    }  # fmt: skip


def _result(taken: Taken, who: Reader) -> _Answer:
    outcome = outcome_at(taken.sitting, who)
    if outcome is None:
        return _refused(No(Why.NO_SITTING))
    row = outcome.own.row
    came = clock(row.came) if outcome.is_present else ""
    return render_template("scanning/result.html", outcome=outcome, row=row, came=came, taken=taken)


def _refused(no: No) -> tuple[str, int]:
    return render_template("scanning/refused.html", no=no), 422


def _held(held: str) -> tuple[str, int]:
    return _type_page(f"Đã nhập nhiều mã chưa đúng. Xin chờ {held} rồi nhập mã đang hiện."), 429


def _type_page(problem: str = "", text: str = "", is_shell: bool = False) -> str:
    return render_template("scanning/type.html", problem=problem, text=text, is_shell=is_shell)


def _address(signed: str) -> str:
    return f"/diem-danh/ghi?dau={signed}"
