"""Reading a backup: nothing of it is believed before its digests were."""

import os
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import IO
from zipfile import BadZipFile, ZipFile

from boiduong_server.backups.manifest import FORMAT, NAME, Manifest, Part, from_json, is_safe
from boiduong_server.errors import ServerError

_PIECE = 1 << 20


@contextmanager
def reading(path: Path) -> Iterator[ZipFile]:
    """Raises ServerError where the file cannot be read as an archive, also within the block."""
    try:
        with ZipFile(path) as archive:
            yield archive
    except (BadZipFile, zlib.error, EOFError) as error:
        message = f"«{path.name}» không phải bản sao lưu, hoặc đã bị hỏng ({error})"
        raise ServerError(message, "dùng một bản sao lưu khác") from error


def checked(path: Path, seen: Callable[[int], object] = lambda _: None) -> Manifest:
    """What the backup holds, once every part was read and found to be what was written.

    Raises ServerError where it is not.
    """
    with reading(path) as archive:
        manifest = _manifest(archive, path)
        names = set(archive.namelist())
        for part in manifest.parts:
            if part.name not in names or not is_safe(part.name) or _read(archive, part, seen) != part.sha256:
                raise ServerError(
                    f"«{path.name}»: phần «{part.name}» thiếu hoặc đã bị hỏng", "dùng một bản sao lưu khác"
                )
    return manifest


def unpack(archive: ZipFile, part: Part, target: Path) -> None:
    """The part as a file, whole or not there, held to its digest once more.

    Raises ServerError where it is another one by now; OSError where the disk refuses.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    draft = target.with_name(f".{target.name}.dang-ghi")
    digest = sha256()
    try:
        with archive.open(part.name) as source, draft.open("wb") as file:
            for piece in _pieces(source):
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())  # before the books that name it
        if digest.hexdigest() != part.sha256:
            raise ServerError(f"phần «{part.name}» của bản sao lưu vừa bị đổi", "làm lại với bản sao lưu nguyên vẹn")
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)


def _manifest(archive: ZipFile, path: Path) -> Manifest:
    found = from_json(archive.read(NAME)) if NAME in archive.namelist() else None
    if found is None:
        raise ServerError(f"«{path.name}» không phải bản sao lưu của chương trình này", "chỉ đúng tệp sao lưu")
    if found.format > FORMAT:
        raise ServerError(
            f"«{path.name}» do phiên bản mới hơn của chương trình ghi", "cập nhật chương trình rồi làm lại"
        )
    return found


def _read(archive: ZipFile, part: Part, seen: Callable[[int], object]) -> str:
    digest = sha256()
    with archive.open(part.name) as source:
        for piece in _pieces(source):
            digest.update(piece)
            seen(len(piece))
    return digest.hexdigest()


def _pieces(source: IO[bytes]) -> Iterator[bytes]:
    while piece := source.read(_PIECE):
        yield piece
