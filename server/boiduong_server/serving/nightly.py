"""What is done each night: attendance whose objections are over, and study of the days that are over, become evidence
in the books; raw beats and codes whose time is over, and what is left of people who were erased, are deleted."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from threading import Event, Thread

from boiduong_exporter.rulebook.attending import AttendingRules
from boiduong_exporter.sealing.seal import DaySeal, Sealer
from boiduong_exporter.study.engines import open_engine
from boiduong_exporter.study.errors import StudyError
from boiduong_exporter.study.spans import DAY_MS, LOCAL_MS
from boiduong_records.decision import Decision
from boiduong_records.errors import BooksError

from boiduong_server.attending.sealing import kept_from_ms, seal_due, sweep
from boiduong_server.errors import ServerError, StoreError
from boiduong_server.house import House, Keeping
from boiduong_server.study.forgetting import forget
from boiduong_server.study.handing import AUTHOR, hand_over
from boiduong_server.upkeep import Upkeep, Work, remember

_HOUR_MS = 3_600_000
_AT_MS = 30 * 60_000
"""After local midnight: the last beats of the day before have come in."""


def night(house: House) -> Iterator[str]:
    """Do all of it; a line for each thing done. Doing it twice, or in two processes at once, does nothing more.

    Raises BooksError, ServerError or OSError where books, tables or disk refuse: what was done before stands.
    """
    if gone_people := forget(house):
        yield f"Đã xóa dữ liệu học của {gone_people} hồ sơ đã xóa danh tính."
    yield from attended(house, house.rules.attending)
    yield from handed_over(house)
    by = Decision("niêm phong ngày học", AUTHOR, "", house.now_ms())
    with open_engine(None) as engine:
        sealer = Sealer(house.books, house.archive, engine, house.rules.rulebook.readings, by)
        yield from map(_said, sealer.seal(house.today))
        if gone := sealer.discard(house.today):
            yield f"Đã xóa nhịp học thô của {len(gone)} ngày hết hạn giữ."
    if scans := sweep(house.store, kept_from_ms(house.today, house.rules.rulebook.readings.raw_months)):
        yield f"Đã xóa {scans} lần quét mã điểm danh hết hạn giữ; kết quả từng buổi vẫn còn trong sổ."


def attended(house: Keeping, rules: AttendingRules) -> Iterator[str]:
    """Attendance whose objections are over becomes evidence: before the days are sealed, which leave out what was
    studied in a session that somebody attended."""
    yield from seal_due(house.books, house.store, rules, house.now_ms())


def handed_over(house: Keeping) -> Iterator[str]:
    """Study of the days that are over goes into the books."""
    handed = hand_over(house)
    if handed.beats or handed.attempts:
        yield f"Đã đưa vào sổ {handed.beats} nhịp học và kết quả của {handed.attempts} lượt học chuyên đề."
    if handed.refused:
        yield (
            f"Sổ chưa nhận {handed.refused} nhịp hoặc kết quả: lớp, chuyên đề hoặc danh mục ấy chưa có trong sổ. "
            "Chúng được giữ lại; lý do ở biên nhận của lần nhập «nhip-hoc-may-chu.jsonl»."
        )


def _said(each: DaySeal | StudyError) -> str:
    if isinstance(each, StudyError):
        return f"Chưa niêm phong được: {each.message_vi}; {each.hint_vi}."
    return each.told


def wait_ms(now_ms: int) -> int:
    """Until half past midnight, local time."""
    return DAY_MS - (now_ms + LOCAL_MS - _AT_MS) % DAY_MS


def is_due(now_ms: int, due_ms: int) -> bool:
    """Whether what was to be done at `due_ms` is done now. More than a day away is a clock that was set back since."""
    return not now_ms < due_ms <= now_ms + DAY_MS


def pause_ms(now_ms: int, due_ms: int) -> int:
    """How long to wait before the clock is looked at again: a machine that sleeps stops the waiting, not the clock."""
    return min(max(due_ms - now_ms, 0), _HOUR_MS)


@dataclass
class Nights:
    """Does it at the start, for nights that the server slept through, and then each night, until stopped."""

    house: House

    def __post_init__(self) -> None:
        self._over = Event()
        self._thread = Thread(target=self._run, name="nightly", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """What is being done is done to its end."""
        self._over.set()
        self._thread.join()

    def _run(self) -> None:
        due_ms = self.house.now_ms()
        while not self._over.wait(pause_ms(self.house.now_ms(), due_ms) / 1000):
            now_ms = self.house.now_ms()
            if is_due(now_ms, due_ms):
                due_ms = now_ms + (wait_ms(now_ms) if self.once() else _HOUR_MS)

    def once(self) -> bool:
        """A night now; whether all was done: otherwise it is tried again in an hour. What it said is remembered."""
        said, wrong = [], ""
        try:
            for line in night(self.house):
                print(line, flush=True)
                said.append(line)
        except (BooksError, ServerError) as error:
            wrong = f"Việc ban đêm chưa xong: {error.message_vi}; {error.hint_vi}."
        except OSError as error:
            wrong = f"Việc ban đêm chưa xong: {error.filename or ''} {error.strerror}."
        if wrong:
            print(wrong, file=sys.stderr, flush=True)
            said.append(wrong)
        night_done = Upkeep(self.house.now_ms(), not wrong, tuple(said))
        with suppress(StoreError):  # the night is done all the same
            self.house.store.write(lambda connection: remember(connection, Work.NIGHT, night_done))
        return not wrong
