"""What the server's rooms are handed: the opened books and tables, where files lie, by which names it is reached."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol
from urllib.parse import urlsplit

from boiduong_exporter.rulebook.read import Rules
from boiduong_exporter.study.archive import Archive
from boiduong_records.store import Books
from boiduong_vocabulary.vietnamese import local_day

from boiduong_server.store import Store


class Keeping(Protocol):
    """As much of a house as study needs on its way into the books; a command has no more than this."""

    @property
    def books(self) -> Books: ...
    @property
    def store(self) -> Store: ...
    @property
    def archive(self) -> Archive: ...
    @property
    def now_ms(self) -> Callable[[], int]: ...


@dataclass(frozen=True)
class House:
    """`application` and `content` are origins ("https://hoc.tinh.vn"): two host names of one site, never one host.
    `shelf` holds the unpacked packages. `now_ms` is the server's clock, milliseconds since 1970, UTC."""

    books: Books
    store: Store
    archive: Archive
    rules: Rules
    shelf: Path
    application: str
    content: str
    now_ms: Callable[[], int]

    @property
    def today(self) -> date:
        return local_day(self.now_ms())

    @property
    def application_host(self) -> str:
        """Host and port as a browser names them in its Host header."""
        return urlsplit(self.application).netloc
