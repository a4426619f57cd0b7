"""Run-time data of SCOs as the player commits it, and the standing of the attempt that follows from it, in one work.

Commits may arrive out of order, by a beacon and by a request: each carries a sequence within its launch, and an older
one never replaces a newer.
"""

from dataclasses import dataclass
from functools import partial
from typing import Any

from sqlalchemy import Connection

from boiduong_server.errors import ServerError
from boiduong_server.packages.structure import from_json
from boiduong_server.store import Statement, Store
from boiduong_server.study import browser_json
from boiduong_server.study import cmi as said_by
from boiduong_server.study.attempts import hold
from boiduong_server.study.launches import LIFE_MS, LiveLaunch
from boiduong_server.study.rollup import Standing, better, further, rolled_up, sections_done

LARGEST = 512 * 1024
"""Bytes of one SCO's run-time data."""


@dataclass(frozen=True)
class Walk:
    """Where the learner stands: the item on show, the player's own account of SCORM 2004 sequencing, and what by its
    rollup the whole package comes to (a word of SCORM 1.2; empty where the SCOs alone decide)."""

    place: str = ""
    sequencing: str = ""
    status: str = ""


@dataclass(frozen=True)
class Commit:
    """A SCO's run-time data (what scorm-again calls `cmi`). `sequence` grows within the launch: how often a SCO was
    opened in it * 1,000,000 + scorm-again's commitSequence, which begins anew each time."""

    item: str
    sequence: int
    cmi: dict[str, Any]
    walk: Walk = Walk()


@dataclass(frozen=True)
class Kept:
    """A commit is kept. `status` and `score` are the attempt's; `repeated`: it was kept before."""

    status: str
    score: int | None
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class State:
    """A SCO's run-time data as it was committed last, JSON; its standing, the furthest so far."""

    item: str
    cmi: str
    launch: int
    sequence: int
    status: str
    score: int | None
    total_ms: int
    session_ms: int
    changed_ms: int


@dataclass(frozen=True, slots=True)
class _Arrived:
    launch: LiveLaunch
    commit: Commit
    cmi: str
    told: said_by.Told
    now_ms: int
    late: bool


def take_commit(store: Store, launch: LiveLaunch, commit: Commit, now_ms: int, late: bool = False) -> Kept:
    """Keep a SCO's run-time data. The same sequence again is answered as kept. `late`: the browser had to keep it and
    sends it now; a newer launch is no hindrance as long as that has said nothing of this SCO, though it alone says
    where the learner stands.

    Raises ServerError: 409 where a newer launch or a newer commit was there, 413 for more than LARGEST, 404 for an item
    that is none of the package's; StoreError where nothing was kept.
    """
    text = browser_json.write(commit.cmi)
    if len(text) * 4 > LARGEST and len(text.encode()) > LARGEST:
        raise ServerError(
            f"gói bài gửi nhiều hơn {LARGEST // 1024} KB dữ liệu của một bài, nên máy chủ không giữ được",
            "báo người phụ trách lớp: gói bài này cần được sửa",
            413,
        )
    return store.write(partial(_take, _Arrived(launch, commit, text, said_by.read(commit.cmi), now_ms, late)))


def states(connection: Connection, attempt: int) -> dict[str, State]:
    """The attempt's SCOs by item."""
    return {row[0]: State(*row) for row in _STATES.on(connection, attempt=attempt).fetchall()}


def _take(arrived: _Arrived, connection: Connection) -> Kept:
    commit, launch = arrived.commit, arrived.launch
    hold(connection, launch.attempt)
    row = _STANDING.on(connection, launch=launch.id, item=commit.item).fetchone()
    if row is None:
        raise _closed()
    newest, heard_ms, count, status, score, done, last_launch, last, *before = row
    closed = newest != launch.id or arrived.now_ms > heard_ms + LIFE_MS
    if closed and not (arrived.late and (last_launch or 0) <= launch.id):
        raise _closed()
    if last_launch == launch.id and last >= commit.sequence:
        if last == commit.sequence:
            return Kept(status, score, repeated=True)
        raise _older()
    if last is None:
        _require_item(connection, arrived)
        before = ["", None, 0]
    sco = _keep(connection, arrived, *before)
    scos = [sco, *_others(connection, arrived)] if count != 1 else [sco]
    whole = rolled_up(scos, count)
    status = further(status, commit.walk.status if commit.walk.status in said_by.OPENED else whole.status)
    score = better(score, whole.score)
    _ROLL_UP.on(
        connection, attempt=launch.attempt, status=status, score=score,
        sections_done=better(done, sections_done(scos, count)), reported_ms=whole.reported_ms,
        place="" if closed else commit.walk.place, sequencing="" if closed else commit.walk.sequencing,
        now_ms=arrived.now_ms,
    )  # fmt: skip
    return Kept(status, score)


def _keep(connection: Connection, arrived: _Arrived, status: str, score: int | None, total_ms: int) -> Standing:
    """The SCO's row. Its total replaces the one before and holds the session that ended with it; where it is not said,
    the running session stands beside the former total."""
    told = arrived.told
    total, session = (total_ms, told.session_ms) if told.total_ms is None else (told.total_ms, 0)
    kept = Standing(further(status, told.status), better(score, told.score), total + session)
    written = _KEEP.on(
        connection, attempt=arrived.launch.attempt, item=arrived.commit.item, cmi=arrived.cmi,
        launch=arrived.launch.id, sequence=arrived.commit.sequence, status=kept.status, score=kept.score,
        total_ms=total, session_ms=session, now_ms=arrived.now_ms,
    )  # fmt: skip
    if not written.rowcount:  # on PostgreSQL another process was faster
        raise _older()
    return kept


def _others(connection: Connection, arrived: _Arrived) -> list[Standing]:
    rows = _OTHERS.on(connection, attempt=arrived.launch.attempt, item=arrived.commit.item).fetchall()
    return [Standing(*row) for row in rows]


def _require_item(connection: Connection, arrived: _Arrived) -> None:
    """A launch opens the items of its organization and no others: else anyone could fill the disk with names."""
    structure = from_json(_STRUCTURE.on(connection, package=arrived.launch.package).fetchone()[0])
    known = {item.identifier for item in structure.organization(arrived.launch.organization).walk()}
    if arrived.commit.item not in known:
        raise ServerError(f"gói bài không có mục «{arrived.commit.item[:80]}»", "mở lại bài từ trang «Của tôi»", 404)


def _closed() -> ServerError:
    return ServerError(
        "bài này đã được mở ở một cửa sổ hoặc máy khác, nên phần học ở đây không ghi tiếp được",
        "học tiếp ở nơi mở sau cùng, hoặc tải lại trang này",
        409,
    )


def _older() -> ServerError:
    return ServerError("máy chủ đã có kết quả mới hơn của mục này", "không cần làm gì thêm", 409)


_STANDING = Statement("""
SELECT a.launch, l.heard_ms, a.scos, a.status, a.score, a.sections_done, s.launch, s.sequence, s.status, s.score,
  s.total_ms
FROM server_launch l JOIN server_attempt a ON a.id = l.attempt
  LEFT JOIN server_sco s ON s.attempt = a.id AND s.item = :item
WHERE l.id = :launch""")
_KEEP = Statement("""
INSERT INTO server_sco (attempt, item, cmi, launch, sequence, status, score, total_ms, session_ms, changed_ms)
VALUES (:attempt, :item, :cmi, :launch, :sequence, :status, :score, :total_ms, :session_ms, :now_ms)
ON CONFLICT (attempt, item) DO UPDATE SET cmi = excluded.cmi, launch = excluded.launch, sequence = excluded.sequence,
  status = excluded.status, score = excluded.score, total_ms = excluded.total_ms, session_ms = excluded.session_ms,
  changed_ms = excluded.changed_ms
WHERE server_sco.launch < excluded.launch
  OR server_sco.launch = excluded.launch AND server_sco.sequence < excluded.sequence""")
_OTHERS = Statement("""
SELECT status, score, total_ms + session_ms FROM server_sco WHERE attempt = :attempt AND item <> :item""")
_ROLL_UP = Statement("""
UPDATE server_attempt SET status = :status, score = :score, sections_done = :sections_done, reported_ms = :reported_ms,
  place = CASE WHEN :place = '' THEN place ELSE :place END,
  sequencing = CASE WHEN :sequencing = '' THEN sequencing ELSE :sequencing END, changed_ms = :now_ms
WHERE id = :attempt""")
_STRUCTURE = Statement("SELECT structure FROM server_package WHERE id = :package")
_STATES = Statement("""
SELECT item, cmi, launch, sequence, status, score, total_ms, session_ms, changed_ms FROM server_sco
WHERE attempt = :attempt""")
