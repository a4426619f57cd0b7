"""Putting a backup back, also while the server runs.

Everything is verified, on copies aside, before anything is touched. Then: files are added, the server's tables are put
in place, the books are, each in one transaction. None of these steps leaves a mixture within itself, and between two of
them a mark stands beside the books: who finds it does the whole once more, from the same backup or another. The copy of
what stood there was made before the mark.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from boiduong_exporter.study.archive import Archive
from boiduong_exporter.study.day_file import digest_of
from boiduong_records.entry import parse_head
from boiduong_records.errors import BooksError
from boiduong_records.migrating import Age, age_of
from boiduong_records.store import open_books, url_of
from boiduong_records.verify import verify
from sqlalchemy import Connection, create_engine, delete

from boiduong_server.accounts.auditing import note
from boiduong_server.backups import postgres, sqlite
from boiduong_server.backups.checking import checked, reading, unpack
from boiduong_server.backups.known import Known, agrees, erased_after
from boiduong_server.backups.manifest import BOOKS, DUMP, STORE, Manifest, Part
from boiduong_server.backups.places import BEATS, RULES, SHELF, Places
from boiduong_server.backups.scratch import scratch_in
from boiduong_server.backups.snapshots import opened, read
from boiduong_server.backups.writing import Seen, write_backup
from boiduong_server.errors import ServerError
from boiduong_server.store import open_store, store_of
from boiduong_server.tables import ENTERED
from boiduong_server.upkeep import Upkeep, Work, remember


@dataclass(frozen=True)
class Standing:
    """What is there now. `continues`: it is what the backup holds, written further; `erased`: how many erasures of
    people were entered since, which a restore takes back."""

    known: Known
    continues: bool
    erased: int


@dataclass(frozen=True)
class Plan:
    """A verified backup, its databases laid aside in `scratch`, and what stands where it is to go: None where nothing
    does, or where an earlier restore has come to no end (`unfinished`)."""

    path: Path
    places: Places
    manifest: Manifest
    scratch: Path
    standing: Standing | None
    unfinished: bool


@dataclass(frozen=True)
class Restored:
    """`undo` is the backup of what stood there; `kept` are files of rules that are other ones and were left alone."""

    undo: Path | None
    kept: tuple[str, ...]


@contextmanager
def planned(path: Path, places: Places, seen: Seen = lambda _: None) -> Iterator[Plan]:
    """The plan to put this backup in these places; nothing is changed yet.

    Raises ServerError or BooksError where the backup is not whole, is of another kind of database, or other books
    stand there.
    """
    manifest = checked(path, seen)
    _require_fit(manifest, places)
    with scratch_in(_made(places.beats.parent if places.on_server else places.books_file.parent)) as scratch:
        with reading(path) as archive:
            for part in _databases(manifest):
                unpack(archive, part, scratch / part.name)
        if not places.on_server:
            _require_whole(scratch, manifest)
        unfinished = not places.on_server and places.mark.is_file()
        standing = None if unfinished else _standing(places, manifest)
        yield Plan(path, places, manifest, scratch, standing, unfinished)


def restore(plan: Plan, now_ms: int) -> Restored:
    """Do it.

    Raises ServerError or BooksError: before the first step everything is as it was; later the mark stands.
    """
    places = plan.places
    undo = _undo(plan, now_ms) if plan.standing else None
    Archive(places.beats).claim(plan.manifest.known.owner)
    if places.on_server:
        kept = _add_files(plan)
        postgres.put_dump(places.books, plan.manifest.schema, plan.scratch / DUMP)
        _settle_server(plan, now_ms)
    else:
        if (plan.scratch / STORE).is_file():
            _after(plan.scratch / STORE, plan, now_ms)
            sqlite.settle(plan.scratch / STORE)
        places.mark.write_text(f"{plan.path.name}\n", "utf-8")
        kept = _add_files(plan)
        _put_databases(plan)
        _add_files(plan)  # between these steps a run may have swept away days that the old books did not name
        places.mark.unlink()
    return Restored(undo, kept)


def _require_fit(manifest: Manifest, places: Places) -> None:
    if bool(manifest.schema) != places.on_server:
        kind = "PostgreSQL" if manifest.schema else "SQLite"
        raise ServerError(f"bản sao lưu này là của sổ trên {kind}", "khôi phục vào cùng loại cơ sở dữ liệu")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _databases(manifest: Manifest) -> Iterator[Part]:
    return (part for part in manifest.parts if part.name in (BOOKS, STORE, DUMP))


def _require_whole(scratch: Path, manifest: Manifest) -> None:
    """Opening brings older tables up to this version, on the copy: what is put in place is of today."""
    known = read(scratch)
    for path in (scratch / BOOKS, scratch / STORE):
        if path.is_file():
            sqlite.require_sound(path)
    if known.head != manifest.known.head:
        raise ServerError("mã đầu sổ trong bản sao lưu không phải mã ghi lúc sao lưu", "dùng một bản sao lưu khác")
    _require_ledger(str(scratch / BOOKS))
    sqlite.settle(scratch / BOOKS)


def _require_ledger(books: str) -> None:
    with open_books(books) as opened_books, opened_books.reading() as connection:
        found = verify(connection)
    if found:
        message = f"sổ trong bản sao lưu không còn nguyên vẹn: {len(found)} chỗ sai, chỗ đầu: {found[0]}"
        raise ServerError(message, "dùng một bản sao lưu khác, và báo người phụ trách")


def _standing(places: Places, manifest: Manifest) -> Standing | None:
    if _is_empty(places):
        return None
    try:
        with opened(places.books, store_of(places.books)) as known:
            pass
    except (BooksError, ServerError) as error:
        raise ServerError(f"không đọc được sổ đang có ({error.message_vi})", _ASIDE) from error
    if known.owner != manifest.known.owner:
        raise ServerError(f"«{_name(places)}» đang là một sổ khác, không phải sổ của bản sao lưu này", _ASIDE)
    with open_books(places.books) as books, books.reading() as connection:
        old = parse_head(manifest.known.head)
        return Standing(known, agrees(connection, old), erased_after(connection, old.seq))


_ASIDE = "dừng máy chủ, chuyển sổ và «may-chu.sqlite» đang có sang thư mục khác, rồi khôi phục vào chỗ trống"


def _name(places: Places) -> str:
    return url_of(places.books).render_as_string(hide_password=True) if places.on_server else places.books


def _is_empty(places: Places) -> bool:
    if not places.on_server:
        if not places.books_file.exists() and places.store_file.exists():
            raise ServerError(f"cạnh «{places.books}» có «{places.store_file.name}» mà không có sổ", _ASIDE)
        return not places.books_file.exists()
    engine = create_engine(url_of(places.books))
    try:
        with engine.connect() as connection:
            return age_of(connection) is Age.NONE
    finally:
        engine.dispose()


def _undo(plan: Plan, now_ms: int) -> Path:
    local = datetime.fromtimestamp(now_ms / 1000, UTC) + timedelta(hours=7)
    name = f"truoc-khi-khoi-phuc-{local:%Y%m%d-%H%M%S}-{now_ms % 1000:03}.zip"
    return write_backup(plan.places, plan.scratch.parent / name, now_ms).path


def _add_files(plan: Plan) -> tuple[str, ...]:
    """Files that are not there, or not whole any more. Those of days and packages never change, so that another one of
    the same name is damaged; rules are written by people, whose work is left alone. The files that were left alone."""
    kept = []
    with reading(plan.path) as archive:
        for part in plan.manifest.parts:
            folder, _, name = part.name.partition("/")
            if folder not in plan.places.folders:
                continue
            target = plan.places.folders[folder] / name
            if not target.is_file() or (folder in (BEATS, SHELF) and digest_of(target) != part.sha256):
                unpack(archive, part, target)
            elif folder == RULES and digest_of(target) != part.sha256:
                kept.append(name)
    return tuple(kept)


def _put_databases(plan: Plan) -> None:
    """As a backup takes them: the server's tables are never younger than the books."""
    for name, target in ((STORE, plan.places.store_file), (BOOKS, plan.places.books_file)):
        if (plan.scratch / name).is_file():
            sqlite.put(plan.scratch / name, target)


def _settle_server(plan: Plan, now_ms: int) -> None:
    """What files have behind them before they are put in place."""
    with open_books(plan.places.books):  # brought up to this version
        pass
    if plan.manifest.known.versions[1]:
        _after(plan.places.books, plan, now_ms)
    _require_ledger(plan.places.books)


def _after(store: str | Path, plan: Plan, now_ms: int) -> None:
    """Sessions that were ended since would hold again: everybody enters anew. And it is written down."""
    said = f"mã đầu sổ {plan.manifest.known.head}"

    def write(connection: Connection) -> None:
        connection.execute(delete(ENTERED))
        note(connection, None, "data.restored", plan.path.name, {"bản sao": said}, now_ms)
        remember(connection, Work.RESTORE, Upkeep(now_ms, True, (plan.path.name, said)))

    tables = open_store(store)
    try:
        tables.write(write)
    finally:
        tables.close()
