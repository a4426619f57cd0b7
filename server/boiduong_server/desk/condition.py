"""In what condition the server is, and what of that somebody should look after."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from boiduong_records.ledger import head, is_sample
from sqlalchemy import Connection, func, select

from boiduong_server.backups.known import books_version, store_version
from boiduong_server.backups.places import mark_beside
from boiduong_server.backups.words import size
from boiduong_server.house import House
from boiduong_server.tables import BEAT, SITTING
from boiduong_server.upkeep import Upkeep, Work, remembered

_HOUR_MS = 3_600_000
_LATE_NIGHT_MS = 26 * _HOUR_MS
"""The work of a night is a day apart; two hours more for one that takes long."""
_LATE_BACKUP_MS = 26 * _HOUR_MS
_LEAST_FREE = 10
"""Per cent of a disk below which somebody should look."""


@dataclass(frozen=True)
class Disk:
    """What is left of the disk that a folder lies on, in bytes."""

    holds: str
    folder: str
    free: int
    total: int

    @property
    def percent(self) -> int:
        return self.free * 100 // self.total

    @property
    def told(self) -> str:
        return f"còn trống {size(self.free)} của {size(self.total)} ({self.percent}%)"


@dataclass(frozen=True)
class Beats:
    """Signs of study that have not gone into the books: how many, since when, and how many these refused."""

    waiting: int
    since_ms: int | None
    refused: int


@dataclass(frozen=True)
class Sittings:
    """Open now; opened and not closed although their time is over."""

    open: int
    forgotten: int


@dataclass(frozen=True)
class Worry:
    """Something to look after, and what to do about it."""

    said: str
    hint: str


@dataclass(frozen=True)
class Condition:
    """All figures are of `at_ms`, milliseconds since 1970, UTC; `versions` are those of the books' tables and the
    server's."""

    at_ms: int
    head: str
    sample: bool
    versions: tuple[str, str]
    disks: tuple[Disk, ...]
    beats: Beats
    sittings: Sittings
    night: Upkeep | None
    backup: Upkeep | None
    restore: Upkeep | None
    restoring: bool

    @property
    def worries(self) -> list[Worry]:
        return [worry for look in _LOOKS for worry in look(self)]


def condition(house: House) -> Condition:
    """Look at everything; nothing is counted that takes longer when there are more people."""
    now_ms = house.now_ms()
    with house.books.reading() as books, house.store.reading() as store:
        done = remembered(store)
        return Condition(
            at_ms=now_ms,
            head=str(head(books)),
            sample=is_sample(books),
            versions=(books_version(books), store_version(store)),
            disks=tuple(_disks(house)),
            beats=_beats(store),
            sittings=_sittings(store, now_ms),
            night=done.get(Work.NIGHT),
            backup=done.get(Work.BACKUP),
            restore=done.get(Work.RESTORE),
            restoring=_is_restoring(house),
        )


def _disks(house: House) -> Iterator[Disk]:
    folders = {"Nhịp học": house.archive.folder, "Gói bài": house.shelf}
    if books := _books_file(house):
        folders = {"Sổ và dữ liệu máy chủ": books.parent} | folders
    for holds, folder in folders.items():
        standing = next(each for each in (folder, *folder.absolute().parents) if each.is_dir())
        usage = shutil.disk_usage(standing)
        yield Disk(holds, str(folder), usage.free, usage.total)


def _books_file(house: House) -> Path | None:
    url = house.books.engine.url
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _beats(store: Connection) -> Beats:
    waiting, since_ms = store.execute(select(func.count(), func.min(BEAT.c.received_ms))).one()
    refused = store.execute(select(func.count()).where(BEAT.c.refused_seq.is_not(None))).scalar_one()
    return Beats(waiting, since_ms, refused)


def _sittings(store: Connection, now_ms: int) -> Sittings:
    query = select(func.count()).where(SITTING.c.opened_ms.is_not(None), SITTING.c.closed_ms.is_(None))
    every = store.execute(query).scalar_one()
    forgotten = store.execute(query.where(SITTING.c.to_ms < now_ms)).scalar_one()
    return Sittings(every - forgotten, forgotten)


def _is_restoring(house: House) -> bool:
    books = _books_file(house)
    return books is not None and mark_beside(books).is_file()


# What somebody should look after --------------------------------------------------------------------------------------


def _half_restored(found: Condition) -> Iterator[Worry]:
    if found.restoring:
        yield Worry("Một lần khôi phục chưa làm xong", "chạy lại «boiduong restore» với cùng bản sao lưu")


def _full(found: Condition) -> Iterator[Worry]:
    low = [disk for disk in found.disks if disk.percent < _LEAST_FREE]
    for disk in low:
        yield Worry(f"Ổ đĩa của «{disk.holds}» chỉ còn trống {disk.percent}%", f"dọn hoặc nới ổ đĩa chứa {disk.folder}")


def _nights(found: Condition) -> Iterator[Worry]:
    if found.night is None:
        yield Worry("Việc ban đêm chưa chạy lần nào", "xem lại sau khi máy chủ đã chạy qua 0 giờ 30")
    elif not found.night.done:
        yield Worry("Việc ban đêm lần cuối chưa xong", "xem lời báo ở dưới; máy chủ tự làm lại sau một giờ")
    elif found.at_ms - found.night.at_ms > _LATE_NIGHT_MS:
        yield Worry("Đã hơn một ngày không làm việc ban đêm", "xem máy chủ có chạy suốt đêm không, rồi khởi động lại")


def _backups(found: Condition) -> Iterator[Worry]:
    hint = "đặt lịch «boiduong backup» mỗi đêm"
    if found.backup is None:
        yield Worry("Chưa có bản sao lưu nào", hint)
    elif not found.backup.done:
        yield Worry("Bản sao lưu cuối cùng thiếu tệp", "xem lời báo ở dưới; tìm tệp ấy ở bản sao lưu cũ hơn")
    elif found.at_ms - found.backup.at_ms > _LATE_BACKUP_MS:
        yield Worry("Đã hơn một ngày không sao lưu", hint)


def _refused(found: Condition) -> Iterator[Worry]:
    if found.beats.refused:
        hint = "xem biên nhận của «nhip-hoc-may-chu.jsonl»: lớp, chuyên đề hoặc danh mục chưa có trong sổ"
        yield Worry(f"Sổ chưa nhận {found.beats.refused} nhịp học", hint)


def _forgotten(found: Condition) -> Iterator[Worry]:
    if found.sittings.forgotten:
        hint = "đề nghị cán bộ quản lý lớp bấm «Kết thúc» để niêm phong được"
        yield Worry(f"{found.sittings.forgotten} buổi điểm danh đã hết giờ mà chưa kết thúc", hint)


_LOOKS = (_half_restored, _full, _nights, _backups, _refused, _forgotten)
