"""Archives whose bytes depend on their content alone: sorted names, one fixed date, no owner, no disk order."""

import gzip
import io
import tarfile
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

Content = bytes | Path
"""A file's content, or the file to copy it from: a film need not pass through memory."""

EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest date a zip can hold: a build has no date of its own."""
_READABLE = 0o644
_PACKED_ALREADY = (".jpg", ".jpeg", ".png", ".webp", ".mp3", ".m4a", ".mp4", ".ogg", ".opus")


def write_zip(path: Path, files: Mapping[str, Content]) -> None:
    """Write `files` (name to content) as a zip at `path`."""
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name in sorted(files):
            info = ZipInfo(name, EPOCH)
            info.compress_type = ZIP_STORED if name.endswith(_PACKED_ALREADY) else ZIP_DEFLATED
            info.external_attr = _READABLE << 16
            archive.writestr(info, content_bytes(files[name]))


def write_tar_gz(path: Path, files: Mapping[str, Content]) -> None:
    """Write `files` (name to content) as a gzipped tar at `path`."""
    with (
        path.open("wb") as raw,
        gzip.GzipFile(filename="", mode="wb", fileobj=raw, mtime=0) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.PAX_FORMAT) as archive,
    ):
        for name in sorted(files):
            data = content_bytes(files[name])
            info = tarfile.TarInfo(name)
            info.size, info.mode = len(data), _READABLE
            archive.addfile(info, io.BytesIO(data))


def content_bytes(content: Content) -> bytes:
    return content.read_bytes() if isinstance(content, Path) else content
