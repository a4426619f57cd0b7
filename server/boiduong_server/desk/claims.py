"""What a telephone kept without a connection, and the service worker that lets pages open there."""

from collections.abc import Iterator
from typing import Annotated, Any

from flask import Blueprint, Response, abort, g, request, send_file
from flask_wtf.csrf import generate_csrf
from msgspec import Meta, MsgspecError, Struct, json

from boiduong_server.accounts.roles import Role
from boiduong_server.attending.codes import plain
from boiduong_server.attending.scanning import Claim, No, Reader, Taken, Why, admit, claim
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.assets_route import FILES, asset
from boiduong_server.desk.attended import said_time
from boiduong_server.desk.code_reader import miss, reader, stamp_of, wait

BLUEPRINT = Blueprint("claims", __name__)
_MOST = 50
_SHELL = ("desk.css", "scan.js")
"""What the page for those without a connection is made of."""
_Moment = Annotated[int, Meta(ge=0, le=1 << 53)]


class _Said(Struct):
    code: Annotated[str, Meta(max_length=20)]
    at_ms: _Moment
    nonce: Annotated[str, Meta(pattern="^[0-9a-f]{32}$")]
    sitting: Annotated[str, Meta(max_length=8)] = ""
    stamp: Annotated[str, Meta(max_length=500)] = ""


class _Sent(Struct):
    claims: Annotated[list[_Said], Meta(max_length=_MOST)]


@BLUEPRINT.get("/diem-danh/gio")
@allow()
def clock() -> dict[str, int]:
    """The server's clock, for pages that set theirs by it."""
    return {"now_ms": house().now_ms()}


@BLUEPRINT.get("/diem-danh/gui")
@allow()
def sender() -> dict[str, object]:
    """As whom a page would send now: one that was opened without a connection does not know, nor has it the token that
    belongs to the session."""
    who = account() if g.get("entered") else None
    return {"account": who.user if who else None, "name": who.name if who else "", "token": generate_csrf()}


@BLUEPRINT.post("/diem-danh/gui")
@allow(Role.LEARNER)
def send() -> dict[str, object]:
    """Readings that waited, in any order and as often as it takes: each is answered by its own number."""
    who, sent = reader(), _sent()
    assert who
    if wait():
        abort(429)
    return {"answers": [*_answers(who, sent)]}


def _sent() -> _Sent:
    try:
        return json.decode(request.get_data(), type=_Sent)
    except (MsgspecError, UnicodeDecodeError):
        abort(400)


def _answers(who: Reader, sent: _Sent) -> Iterator[dict[str, Any]]:
    for said in sent.claims:
        answer, hint = _settled(who, said)
        if isinstance(answer, No):
            if answer.why in (Why.NO_SITTING, Why.OUTDATED):
                miss()
            yield {"nonce": said.nonce, "taken": False, "said": answer.why.label, "hint": answer.why.hint}
        else:
            yield {"nonce": said.nonce, "taken": True, "said": _told(answer), "hint": hint}


def _settled(who: Reader, said: _Said) -> tuple[Taken | No, str]:
    """The answer, and what comes after it. A reading whose stamp came too late is what the telephone says of it."""
    stamp, now_ms = stamp_of(said.stamp), house().now_ms()
    if stamp and stamp.is_alive(now_ms):
        return admit(house().store, who, stamp, now_ms), ""
    kept = Claim(said.sitting.upper(), plain(said.code), said.at_ms, said.nonce)
    return claim(house().store, who, kept, now_ms), "Cán bộ quản lý lớp sẽ xác nhận."


def _told(taken: Taken) -> str:
    sitting = taken.sitting
    where = f"{sitting.slot.said}{', ' if sitting.place else ''}{sitting.place}"
    return f"Đã gửi mã quét lúc {said_time(taken.at_ms)}, {where}"


@BLUEPRINT.get("/diem-danh/nen.js")
@allow()
def worker() -> Response:
    """Its last line changes with the files that it keeps, so that browsers take it, and them, anew."""
    response = send_file(FILES / "offline.js", mimetype="text/javascript", max_age=0)
    response.direct_passthrough = False
    response.set_data(response.get_data() + f"\n// {' '.join(map(asset, _SHELL))}\n".encode())
    response.headers["Service-Worker-Allowed"] = "/"
    response.headers["Cache-Control"] = "no-cache"
    return response
