"""What `boiduong seal` asks the server for: the study and the attendance that it holds and the books do not."""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from boiduong_exporter.rulebook.read import Rules
from boiduong_exporter.study.archive import Archive
from boiduong_records.errors import BooksError
from boiduong_records.store import Books

from boiduong_server.errors import ServerError
from boiduong_server.serving.nightly import attended, handed_over
from boiduong_server.store import Store, open_store, store_of


@dataclass(frozen=True)
class _Kept:
    books: Books
    store: Store
    archive: Archive
    now_ms: Callable[[], int]


def bring(books: Books, archive: Archive, where: str, rules: Rules) -> Iterator[str]:
    """Hand over what the server of the books at `where` holds; a line for each thing done. Where no server has run
    beside them there is nothing.

    Raises BooksError where its tables refuse, else as `hand_over`: the one who asks knows no server.
    """
    place = store_of(where)
    if isinstance(place, Path) and not place.is_file():
        return
    try:
        store = open_store(place)
        try:
            kept = _Kept(books, store, archive, lambda: time.time_ns() // 1_000_000)
            yield from attended(kept, rules.attending)
            yield from handed_over(kept)
        finally:
            store.close()
    except ServerError as error:
        raise BooksError(error.message_vi, error.hint_vi) from error
