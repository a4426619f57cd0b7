"""Writing a backup while the server runs: one file that is whole or not there."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from boiduong_exporter.study.day_file import keep_name

from boiduong_server.backups.checking import checked
from boiduong_server.backups.manifest import NAME, Manifest, Part, manifest_of, to_json
from boiduong_server.backups.places import Places
from boiduong_server.backups.scratch import scratch_in
from boiduong_server.backups.snapshots import Snapshot, take
from boiduong_server.errors import ServerError

Seen = Callable[[int], object]
"""Told how many bytes more were dealt with."""
_DATED = re.compile(r"sao-luu-boiduong-\d{8}-\d{4}\.zip")
_PACKED = frozenset({".parquet", ".zip", ".mp4", ".webm", ".mp3", ".m4a", ".jpg", ".jpeg", ".png", ".webp", ".woff2"})
"""What does not become smaller."""
_PIECE = 1 << 20
_LOOKS = 5


@dataclass(frozen=True)
class Written:
    path: Path
    manifest: Manifest

    @property
    def size(self) -> int:
        return self.path.stat().st_size


def dated(folder: Path, now_ms: int) -> Path:
    """A backup's name in a folder of backups: to the minute, local time."""
    local = datetime.fromtimestamp(now_ms / 1000, UTC) + timedelta(hours=7)
    return folder / f"sao-luu-boiduong-{local:%Y%m%d-%H%M}.zip"


def thin_out(folder: Path, keep: int) -> list[Path]:
    """Delete dated backups but the last `keep`; those that went."""
    every = sorted(path for path in folder.iterdir() if _DATED.fullmatch(path.name))
    gone = every[:-keep]
    for path in gone:
        path.unlink()
    return gone


def write_backup(places: Places, target: Path, now_ms: int, seen: Seen = lambda _: None) -> Written:
    """Everything of these places in the one file `target`, which must not exist yet. It is written in a hidden folder
    beside, read again, brought to the disk, and only then takes its name.

    Raises ServerError or BooksError where something cannot be read or written; then there is no file.
    """
    if target.exists():
        raise ServerError(f"đã có «{target}»", "đặt tên khác; bản sao lưu không ghi đè lên tệp nào")
    if not target.parent.is_dir():
        raise ServerError(f"không có thư mục «{target.parent}»", "tạo thư mục trước, hoặc cắm đúng ổ đĩa")
    with _disk(target), scratch_in(target.parent) as scratch:
        draft = scratch / "sao-luu.zip"
        with draft.open("xb") as file:
            draft.chmod(0o600)  # it holds what the books and tables hold
            manifest = _fill(file, places, scratch, now_ms, seen)
            file.flush()
            os.fsync(file.fileno())
        if checked(draft, seen) != manifest:
            raise ServerError("bản sao lưu đọc lại không giống lúc ghi", "kiểm tra ổ đĩa, rồi sao lưu lại")
        draft.rename(target)
    keep_name(target.parent)
    return Written(target, manifest)


@contextmanager
def _disk(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        message = f"không ghi được bản sao lưu «{target}» ({error.strerror or error})"
        raise ServerError(message, "xem chỗ trống trên đĩa và quyền ghi; chưa có tệp nào được tạo ra") from error


def _fill(file: BinaryIO, places: Places, scratch: Path, now_ms: int, seen: Seen) -> Manifest:
    with ZipFile(file, "w", allowZip64=True) as archive:
        bag = _Bag(archive, seen)
        snapshot, missing = _gather(bag, places, scratch)
        for name, path in snapshot.files.items():
            bag.add(name, path)
        manifest = manifest_of(now_ms, snapshot.schema, snapshot.known, missing, tuple(bag.parts.values()))
        archive.writestr(_entry(NAME), to_json(manifest))
    return manifest


def _gather(bag: "_Bag", places: Places, scratch: Path) -> tuple[Snapshot, tuple[str, ...]]:
    """Files are never changed, but a day that is sealed anew takes another one and its old one is swept away, as are
    the files of a package that is removed. So the databases are copied first, then the files that they name; where one
    has gone meanwhile, the databases are copied again. Files that the first look took and the last does not name do no
    harm. What is missing at two looks in turn is not there."""
    before: tuple[str, ...] | None = None
    for _ in range(_LOOKS):
        snapshot = take(places, scratch)
        missing = bag.add_all(places.files(snapshot.known))
        if not missing or missing == before:
            break
        before = missing
    return snapshot, missing


@dataclass(frozen=True)
class _Bag:
    """The archive that is being filled: each name once."""

    archive: ZipFile
    seen: Seen
    parts: dict[str, Part] = field(default_factory=dict)

    def add_all(self, files: Iterable[tuple[str, Path]]) -> tuple[str, ...]:
        """The names of those that are not there."""
        return tuple(name for name, path in files if name not in self.parts and not self.add(name, path))

    def add(self, name: str, path: Path) -> bool:
        try:
            source = path.open("rb")
        except (FileNotFoundError, IsADirectoryError):
            return False
        digest, size = sha256(), 0
        with source, self.archive.open(_entry(name), "w", force_zip64=True) as target:
            while piece := source.read(_PIECE):
                target.write(piece)
                digest.update(piece)
                size += len(piece)
                self.seen(len(piece))
        self.parts[name] = Part(name, size, digest.hexdigest())
        return True


def _entry(name: str) -> ZipInfo:
    made = ZipInfo(name)
    made.compress_type = ZIP_STORED if Path(name).suffix.lower() in _PACKED else ZIP_DEFLATED
    made.external_attr = 0o600 << 16
    return made
