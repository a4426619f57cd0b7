"""The shelf: packages that were checked, unpacked below `house.shelf/<key>/`, each with its row.

An archive lands in a hidden folder first and is moved into place whole; its row is written last. So a row always has
its folder, and what a broken upload left behind is swept by the next one.
"""

import re
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from secrets import token_hex
from typing import Any, BinaryIO

from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import nfc
from msgspec import json
from sqlalchemy import Connection, Row, insert, select, update

from boiduong_server.errors import ServerError
from boiduong_server.house import House
from boiduong_server.packages.archive import DEEPEST, LONGEST
from boiduong_server.packages.check import Checked, check
from boiduong_server.packages.structure import Structure, from_json, to_json
from boiduong_server.packages.unpacking import unpack
from boiduong_server.shelf.own import Description, own_description
from boiduong_server.tables import ATTEMPT, PACKAGE

_KEY = re.compile(r"[0-9a-f]{32}")
_NEW = ".dang-nhan-"
_LEFT_SECONDS = 24 * 3600
"""How long a half-received package may lie: no upload takes a day."""
_LONGEST_NAME = 200
"""Letters of what its bringer calls an archive."""
_LONGEST_PATH = 4 * LONGEST * DEEPEST
"""Letters of an address that can name a file, its marks apart; to compose much longer ones would take its time."""


@dataclass(frozen=True)
class Package:
    """A row of the shelf. `topic` is empty until the package is described: then nobody may study it."""

    id: int
    key: str
    digest: str
    file_name: str
    title: str
    structure: Structure
    findings: tuple[Problem, ...]
    topic: str
    edition: str
    program: str
    own_clock: bool
    added_ms: int
    added_by: str
    removed_ms: int | None


@dataclass(frozen=True)
class Added:
    """`is_new` is False where the very same archive stood on the shelf already."""

    package: Package
    is_new: bool


Note = Callable[[Connection, Package], None]
"""What is to be written together with the change, in its transaction."""


def _nothing(_connection: Connection, _package: Package) -> None: ...


def add(house: House, source: BinaryIO, by: str, name: str = "goi.zip", note: Note = _nothing) -> Added | list[Problem]:
    """Put the package in a seekable file on the shelf, or say all that is wrong with it; `name` is what its bringer
    calls it. One whose digest stands in a catalog of the books describes itself.

    Raises ServerError where the disk or the database refuses.
    """
    digest, name = _digest(source), nfc(name[:_LONGEST_NAME])
    if known := _known(house, digest):
        return Added(_described_by_itself(house, known), False)
    checked = check(source, name)
    if not isinstance(checked, Checked):
        return checked
    key = token_hex(16)
    if problems := _lay_down(house, checked, key, name):
        return problems
    described = own_description(house, digest) or Description("", "", "")
    values = _values(checked, described) | {
        "key": key, "digest": digest, "file_name": name, "added_ms": house.now_ms(), "added_by": by,
    }  # fmt: skip
    is_new = False
    try:
        added = house.store.write(lambda connection: _entered(connection, values, note))
        is_new = added.is_new
    finally:  # without a row of its own nobody would ever find the folder
        if not is_new:
            shutil.rmtree(house.shelf / key, ignore_errors=True)
    return added


def _digest(source: BinaryIO) -> str:
    source.seek(0)
    found = sha256()
    while portion := source.read(1024 * 1024):
        found.update(portion)
    return found.hexdigest()


def _known(house: House, digest: str) -> Package | None:
    with house.store.reading() as connection:
        return _by_digest(connection, digest)


def _by_digest(connection: Connection, digest: str) -> Package | None:
    query = select(PACKAGE).where(PACKAGE.c.digest == digest, PACKAGE.c.removed_ms.is_(None))
    row = connection.execute(query).first()
    return _package(row) if row else None


def _described_by_itself(house: House, known: Package) -> Package:
    """A package of ours that came before its catalog did."""
    described = None if known.topic else own_description(house, known.digest)
    if described is None:
        return known
    house.store.write(lambda connection: set_description(connection, known.id, described))
    return replace(known, topic=described.topic, edition=described.edition, program=described.program)


def set_description(connection: Connection, package: int, described: Description) -> None:
    values = {"topic": described.topic, "edition": described.edition, "program": described.program}
    connection.execute(update(PACKAGE).where(PACKAGE.c.id == package).values(values))


def _lay_down(house: House, checked: Checked, key: str, name: str) -> list[Problem]:
    """Unpack aside, then move into place; nothing is left where it goes wrong."""
    aside = house.shelf / f"{_NEW}{key}"
    try:
        _sweep(house.shelf)
        aside.mkdir(parents=True)
        problems = unpack(checked.archive, aside, name)
        if not problems:
            aside.rename(house.shelf / key)
    except OSError as error:
        message = f"không ghi được gói bài lên đĩa của máy chủ ({error.strerror})"
        raise ServerError(message, "báo người quản trị xem chỗ trống trên đĩa, rồi tải lên lại", 507) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return problems


def _sweep(folder: Path) -> None:
    for left in folder.glob(f"{_NEW}*"):
        with suppress(FileNotFoundError):  # another upload has just moved it into place
            if time.time() - left.stat().st_mtime > _LEFT_SECONDS:
                shutil.rmtree(left, ignore_errors=True)


def _values(checked: Checked, described: Description) -> dict[str, Any]:
    structure = checked.structure
    return {
        "title": structure.title,
        "standard": structure.standard,
        "structure": to_json(structure),
        "findings": json.encode(checked.findings).decode(),
        "topic": described.topic,
        "edition": described.edition,
        "program": described.program,
        "own_clock": checked.own_clock,
    }


def _entered(connection: Connection, values: dict[str, Any], note: Note) -> Added:
    """Two may bring the same archive at once: the first stays."""
    if known := _by_digest(connection, values["digest"]):
        return Added(known, False)
    (number,) = connection.execute(insert(PACKAGE).values(values)).inserted_primary_key or (0,)
    made = package(connection, int(number))
    note(connection, made)
    return Added(made, True)


def package(connection: Connection, name: int | str) -> Package:
    """By its number or its key, whether it was removed or not.

    Raises ServerError (404).
    """
    column = PACKAGE.c.id if isinstance(name, int) else PACKAGE.c.key
    row = connection.execute(select(PACKAGE).where(column == name)).first()
    if row is None:
        raise ServerError("gói bài này không còn", "chọn gói khác trong danh sách gói bài", 404)
    return _package(row)


def standing(connection: Connection, name: int | str) -> Package:
    """The same, of what was not removed.

    Raises ServerError (404).
    """
    found = package(connection, name)
    if found.removed_ms is not None:
        raise ServerError("gói bài này đã gỡ", "chọn gói khác, hoặc gửi lại tệp ấy", 404)
    return found


def _package(row: Row[Any]) -> Package:
    return Package(
        row.id, row.key, row.digest, row.file_name, row.title, from_json(row.structure),
        tuple(json.decode(row.findings or "[]", type=list[Problem])), row.topic, row.edition, row.program,
        row.own_clock, row.added_ms, row.added_by, row.removed_ms,
    )  # fmt: skip


def packages_for(connection: Connection, topic: str, edition: str) -> list[Package]:
    """What learners of a topic's edition may be offered, the newest first: it is the one that is offered."""
    query = select(PACKAGE).where(PACKAGE.c.topic == topic, PACKAGE.c.edition == edition, PACKAGE.c.topic != "")
    rows = connection.execute(query.where(PACKAGE.c.removed_ms.is_(None)).order_by(PACKAGE.c.id.desc()))
    return [_package(row) for row in rows]


def on_shelf(connection: Connection) -> list[Package]:
    """All that is not removed, the newest first."""
    rows = connection.execute(select(PACKAGE).where(PACKAGE.c.removed_ms.is_(None)).order_by(PACKAGE.c.id.desc()))
    return [_package(row) for row in rows]


def remove(house: House, number: int, note: Note = _nothing) -> Package:
    """Offer the package to nobody any more. What learners did in it stays, and then its files stay too.

    Raises ServerError (404), of one that was removed before as well.
    """

    def work(connection: Connection) -> tuple[Package, bool]:
        found = standing(connection, number)
        studied = connection.execute(select(ATTEMPT.c.id).where(ATTEMPT.c.package == number).limit(1)).first()
        connection.execute(update(PACKAGE).where(PACKAGE.c.id == number).values(removed_ms=house.now_ms()))
        note(connection, found)
        return found, studied is None

    found, unused = house.store.write(work)
    if unused:
        shutil.rmtree(house.shelf / found.key, ignore_errors=True)
    return found


def file(house: House, key: str, path: str) -> Path | None:
    """A file of a package, None where it has none of this name. Whatever the path says, nothing else is found."""
    if not _KEY.fullmatch(key) or len(path) > _LONGEST_PATH:
        return None
    parts = nfc(path).split("/")
    if any(part in ("", ".", "..") or "\x00" in part or "\\" in part for part in parts):
        return None
    found = house.shelf.joinpath(key, *parts)
    try:
        return found if found.is_file() else None
    except OSError:  # longer than the disk takes names
        return None
