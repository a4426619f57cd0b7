"""Unpacking a checked archive: file by file, never more than it was said to hold."""

import shutil
import zlib
from pathlib import Path
from zipfile import BadZipFile

from boiduong_vocabulary.problem import Place, Problem

from boiduong_server.packages.archive import Archive
from boiduong_server.packages.faults import Code, fault

_PORTION = 1024 * 1024


def unpack(archive: Archive, folder: Path, name: str) -> list[Problem]:
    """Write every file below `folder`, which must be new. What is wrong with one stops it: take the folder away then.

    Raises OSError where the disk refuses.
    """
    for inside in archive.files:
        target = folder / inside
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _copy(archive, inside, target)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
            hint = "gói bị hỏng khi nén hoặc khi tải; nén lại (kiểu nén thường, Deflate) rồi tải lên lại"
            return [fault(Code.DAMAGED, Place(name), f"không bung được tệp «{inside}»", hint)]
    return []


def _copy(archive: Archive, inside: str, target: Path) -> None:
    """zipfile reads no byte beyond the size that the entry gives, which was held against the limits."""
    with archive.zip.open(archive.files[inside]) as source, target.open("xb") as out:
        shutil.copyfileobj(source, out, _PORTION)
