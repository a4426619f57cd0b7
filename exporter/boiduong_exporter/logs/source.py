"""The bytes of a log, block by block, unpacked where they are packed."""

import hashlib
import zlib
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

BLOCK = 64 * 1024
"""Small enough that a block's lines stay in the processor's cache while they are read: larger ones measured slower."""
_DIGESTED = 8 * 1024 * 1024
"""Large, so that the thread that digests seldom asks the one that reads for its turn."""
_GZIP = b"\x1f\x8b"
_GZIP_FORMAT = 31
"""zlib's number for "a gzip header and trailer"."""


class BrokenEndError(Exception):
    """The packed data ends too early, or is damaged from here on; all before it was handed out."""


@dataclass(frozen=True)
class Source:
    """A file as it was when it was opened, `size` bytes long: a log that still grows is read no further than that.
    `sound`: the bytes up to which what is packed agrees with its check sums. Unpacking a damaged member gives lines
    that look right and are not, so none of it is handed out."""

    path: Path
    size: int
    sound: int
    _digesting: "Future[str]"

    @property
    def is_packed(self) -> bool:
        """Raises OSError."""
        return _is_packed(self.path)

    @property
    def digest(self) -> str:
        """SHA-256 of those bytes, hex; taken on a thread of its own, beside the reading. Raises OSError."""
        return self._digesting.result()

    def blocks(self) -> Iterator[bytes]:
        """The text of the file. Raises BrokenEndError after the last block, OSError."""
        raw = read_between(self.path, 0, self.sound)
        return _inflated(raw, whole=self.sound == self.size) if self.is_packed else raw

    def line_end(self, at: int) -> int:
        """Where the first line ends that ends at `at` or behind it; `size` where none does. Raises OSError."""
        for block in read_between(self.path, at, self.size):
            if (found := block.find(b"\n")) >= 0:
                return at + found + 1
            at += len(block)
        return self.size


def open_source(path: Path) -> Source:
    """Raises OSError."""
    size = path.stat().st_size
    pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="digest")
    digesting = pool.submit(_digest_of, path, size)
    pool.shutdown(wait=False)
    return Source(path, size, _sound_until(path, size) if _is_packed(path) else size, digesting)


def _is_packed(path: Path) -> bool:
    return next(read_between(path, 0, len(_GZIP)), b"") == _GZIP


def _digest_of(path: Path, size: int) -> str:
    digest = hashlib.sha256()
    for block in read_between(path, 0, size, _DIGESTED):
        digest.update(block)
    return digest.hexdigest()


def read_between(path: Path, start: int, end: int, at_once: int = BLOCK) -> Iterator[bytes]:
    """The bytes of a file from `start` to before `end`, as they lie there, in blocks. Raises OSError."""
    left = end - start
    with path.open("rb") as file:
        file.seek(start)
        while left > 0 and (block := file.read(min(at_once, left))):
            left -= len(block)
            yield block


def _sound_until(path: Path, size: int) -> int:
    """The bytes up to which every gzip member agrees with its check sum; a last one that only stops early has none."""
    unpacker, member, begun, read = zlib.decompressobj(_GZIP_FORMAT), 0, False, 0
    for block in read_between(path, 0, size, _DIGESTED):
        read += len(block)
        left = block
        while left:
            left, member = (left, member) if begun else _next_member(left, read)
            begun = bool(left)
            try:
                while left and not unpacker.eof:
                    unpacker.decompress(left, _DIGESTED)
                    left = unpacker.unconsumed_tail
            except zlib.error:
                return member
            if unpacker.eof:
                left = unpacker.unused_data
                unpacker, begun = zlib.decompressobj(_GZIP_FORMAT), False
    return size


def _next_member(left: bytes, read: int) -> tuple[bytes, int]:
    """What follows the zeros between two members, and where in the file it begins."""
    left = left.lstrip(b"\0")
    return left, read - len(left)


def _inflated(blocks: Iterator[bytes], whole: bool) -> Iterator[bytes]:
    """The members of a gzip file, one after the other, with or without zeros between them; `whole`: to its end."""
    unpacker, begun = zlib.decompressobj(_GZIP_FORMAT), False
    for block in blocks:
        left = block if begun else block.lstrip(b"\0")
        while left:
            begun = True
            yield from _unpacked(unpacker, left)
            left = b""
            if unpacker.eof:
                left = unpacker.unused_data.lstrip(b"\0")
                unpacker, begun = zlib.decompressobj(_GZIP_FORMAT), False
    if begun or not whole:
        raise BrokenEndError


def _unpacked(unpacker: "zlib._Decompress", packed: bytes) -> Iterator[bytes]:
    """What `packed` holds, in blocks, however much that is."""
    while not unpacker.eof:
        text = unpacker.decompress(packed, BLOCK)
        yield text
        packed = unpacker.unconsumed_tail
        if not packed and len(text) < BLOCK:
            return
