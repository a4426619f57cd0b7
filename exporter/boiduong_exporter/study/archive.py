"""The folder of day files beside the books. The books say which file a day has; a file that they do not name was left
by a run that came to no end, and is swept away."""

import os
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from boiduong_exporter.study.day_file import digest_of, keep_name, read_day, write_day
from boiduong_exporter.study.errors import StudyError

_SHORT = 16
_OURS = re.compile(r"\.?\d{4}-\d\d-\d\d(\.[0-9a-f]{16})?\.parquet(\.\d+)?")
"""A day's file, or a draft of one."""
_OWNER = "cua-so.txt"


@dataclass(frozen=True)
class Archive:
    """Day files are named by day and digest, so that a new one never replaces the one that the books still name."""

    folder: Path

    def claim(self, owner: str) -> None:
        """Make the folder the one of the books that call themselves so.

        Raises StudyError where it is other books' already: each would sweep the other's files away.
        """
        mark = self.folder / _OWNER
        said = mark.read_text("utf-8").strip() if mark.is_file() else ""
        if not said:
            new = not self.folder.is_dir()
            self.folder.mkdir(parents=True, exist_ok=True)
            mark.write_text(f"{owner}\n", "utf-8")
            if new:
                keep_name(self.folder.parent)
        elif said != owner:
            raise StudyError(
                f"thư mục «{self.folder}» giữ nhịp học của một sổ khác",
                "mỗi sổ cần một thư mục riêng: chỉ đúng thư mục của sổ này bằng --beats",
            )

    def path(self, day: date, digest: str) -> Path:
        return self.folder / f"{day.isoformat()}.{digest[:_SHORT]}.parquet"

    def read(self, day: date, digest: str) -> Any:
        """The spans of the day.

        Raises StudyError where the file is missing, damaged, or not the one with this digest.
        """
        path = self.path(day, digest)
        spans = read_day(path)
        if digest_of(path) != digest:
            raise StudyError(
                f"tệp nhịp học «{path.name}» không còn là tệp mà sổ đã ghi dấu kiểm",
                "khôi phục tệp này từ bản sao lưu của sổ, và báo người phụ trách",
            )
        return spans

    def write(self, day: date, spans: Any) -> str:
        """Keep the day's spans; the digest of their file."""
        draft = self.folder / f"{day.isoformat()}.parquet"
        digest = write_day(draft, spans)
        draft.replace(self.path(day, digest))
        keep_name(self.folder)
        return digest

    @contextmanager
    def scratch(self, day: date, spans: Any) -> Iterator[Path]:
        """A file of these spans for an engine to read, gone with the block; after a kill the next sweep takes it."""
        path = self.folder / f".{day.isoformat()}.parquet.{os.getpid()}"
        write_day(path, spans)
        try:
            yield path
        finally:
            path.unlink(missing_ok=True)

    def sweep(self, kept: Mapping[date, str]) -> None:
        """Delete day files that the books do not name. Only for whoever holds the books' writing lock: another run may
        be about to name its files."""
        named = {self.path(day, digest) for day, digest in kept.items()}
        for path in self._files():
            if path not in named:
                path.unlink(missing_ok=True)

    def _files(self) -> Iterator[Path]:
        if self.folder.is_dir():
            yield from (path for path in sorted(self.folder.iterdir()) if _OURS.fullmatch(path.name))
