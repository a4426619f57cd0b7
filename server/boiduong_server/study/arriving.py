"""What a player sends, however it comes: by its launch token on the content host, or later, through the learner's own
session, when the browser had to keep it for want of a connection."""

from functools import partial
from typing import Annotated, Any, TypeVar

from msgspec import DecodeError, Meta, MsgspecError, Struct, convert, json
from sqlalchemy import Connection, select, update

from boiduong_server.errors import ServerError
from boiduong_server.house import House
from boiduong_server.study import browser_json
from boiduong_server.study.attempts import hold
from boiduong_server.study.beats import Sign, Taken, take_beats
from boiduong_server.study.cmi import OPENED
from boiduong_server.study.commits import Commit, Walk, take_commit
from boiduong_server.study.launches import LiveLaunch
from boiduong_server.study.rollup import further
from boiduong_server.tables import ATTEMPT, SCO

_Message = TypeVar("_Message", bound=Struct)
_Count = Annotated[int, Meta(ge=0, le=2**53)]
_Name = Annotated[str, Meta(max_length=1000)]
_MOST = 2000
"""Signs in one message: a browser that was offline for long sends them in parts."""
_LONGEST = 1024 * 1024
"""Characters of scorm-again's account of sequencing."""


class _Sign(Struct):
    sequence: Annotated[int, Meta(ge=1, le=1_000_000_000)]  # as the log's format has it
    elapsed_ms: Annotated[int, Meta(ge=0, le=2**31 - 1)]
    age_ms: _Count


class _Signs(Struct):
    signs: Annotated[list[_Sign], Meta(max_length=_MOST)]


class _Walk(Struct, frozen=True):
    place: _Name = ""
    sequencing: Annotated[str, Meta(max_length=_LONGEST)] = ""
    status: _Name = ""

    def read(self) -> Walk:
        return Walk(self.place, self.sequencing, self.status)


class _Commit(Struct):
    """A beacon carries 64 KiB at most: parts of `cmi` that have not changed since the last answered commit are then
    left out, and named in `same`. `leaving`: the page's last words, said when whatever replaces it has been answered: a
    page loaded anew is a newer launch already."""

    item: _Name
    sequence: _Count
    cmi: dict[str, Any]
    same: list[str] = []
    walk: _Walk = _Walk()
    leaving: bool = False


def take_signs(house: House, launch: LiveLaunch, body: bytes, now_ms: int) -> Taken:
    """Keep the signs of the study clock in this message.

    Raises ServerError (400) for a message that no player of ours writes.
    """
    signs = [Sign(each.sequence, each.elapsed_ms, each.age_ms) for each in _read(body, _Signs).signs]
    return take_beats(house.store, launch, signs, now_ms)


def take(house: House, launch: LiveLaunch, body: bytes, now_ms: int, late: bool = False) -> None:
    """Keep a SCO's run-time data, and where the learner stands.

    Raises ServerError: 400 for a message that no player of ours writes, and what `take_commit` raises.
    """
    said = _read(body, _Commit)
    cmi = {**_unchanged(house, launch, said), **said.cmi} if said.same else said.cmi
    commit = Commit(said.item, said.sequence, cmi, said.walk.read())
    take_commit(house.store, launch, commit, now_ms, late or said.leaving)


def take_walk(house: House, launch: LiveLaunch, body: bytes, now_ms: int) -> None:
    """Keep where the learner stands while no SCO has anything to say. Only the newest launch is heard.

    Raises ServerError (400) for a message that no player of ours writes.
    """
    walk = _read(body, _Walk).read()
    if walk != Walk():
        house.store.write(partial(_stand, launch, walk, now_ms))


def _stand(launch: LiveLaunch, walk: Walk, now_ms: int, connection: Connection) -> None:
    """A status that rises is news for the books (study/handing.py); a place is none."""
    hold(connection, launch.attempt)
    newest = (ATTEMPT.c.id == launch.attempt) & (ATTEMPT.c.launch == launch.id)
    before = connection.execute(select(ATTEMPT.c.status).where(newest)).scalar_one_or_none()
    if before is None:
        return
    parts = (("place", walk.place), ("sequencing", walk.sequencing))
    said: dict[str, str | int] = {name: text for name, text in parts if text}
    status = further(before, walk.status) if walk.status in OPENED else before
    if status != before:
        said |= {"status": status, "changed_ms": now_ms}
    if said:
        connection.execute(update(ATTEMPT).where(newest).values(said))


def _unchanged(house: House, launch: LiveLaunch, said: _Commit) -> dict[str, Any]:
    query = select(SCO.c.cmi).where(SCO.c.attempt == launch.attempt, SCO.c.item == said.item)
    with house.store.reading() as connection:
        kept = connection.execute(query).scalar_one_or_none()
    known: dict[str, Any] = browser_json.read(kept) if kept else {}
    return {part: known[part] for part in said.same if part in known}


def _read(body: bytes, kind: type[_Message]) -> _Message:
    try:
        return _decoded(body, kind)
    except (MsgspecError, ValueError, RecursionError) as error:
        raise ServerError("máy chủ không hiểu dữ liệu mà trang học gửi", "tải lại trang rồi thử lại") from error


def _decoded(body: bytes, kind: type[_Message]) -> _Message:
    try:
        return json.decode(body, type=kind)
    except DecodeError:
        return convert(browser_json.read(body), kind)
