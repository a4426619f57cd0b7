"""Several at once, and one killed in the middle."""

import signal
import subprocess
import sys
import threading
from pathlib import Path

from boiduong_records.ledger import head
from boiduong_records.store import Books, open_books

from tests.records.samples import fill, findings

ROOT = Path(__file__).parents[2]
APPEND = """
import sys
from boiduong_records.store import open_books
from tests.records.samples import fill
with open_books(sys.argv[1]) as books:
    for start in range(int(sys.argv[2]), int(sys.argv[2]) + 200, 20):
        fill(books, 20, start=start)
"""
HALF = """
import sys, time
from boiduong_records.store import open_books
from boiduong_records.ledger import append
from tests.records.samples import AT, draft
with open_books(sys.argv[1]) as books, books.writing() as connection:
    append(connection, [draft(number) for number in range(1, 12_001)], AT)
    print("half", flush=True)
    append(connection, [draft(number) for number in range(12_001, 500_001)], AT)
"""


def _run(code: str, *words: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", code, *words], cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_threads_that_append_at_once_give_one_chain(books: Books) -> None:
    threads = [threading.Thread(target=_fill_often, args=(books, 1000 * number)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with books.reading() as connection:
        assert head(connection).seq == 400
    assert findings(books) == []


def _fill_often(books: Books, start: int) -> None:
    for number in range(start, start + 100, 10):
        fill(books, 10, start=number)


def test_threads_that_bring_the_same_enter_it_once(books: Books) -> None:
    threads = [threading.Thread(target=_fill_often, args=(books, 1)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with books.reading() as connection:
        assert head(connection).seq == 100
    assert findings(books) == []


def test_processes_that_append_at_once_give_one_chain(where: str) -> None:
    with open_books(where, create=True) as books:
        running = [_run(APPEND, where, str(1000 * number)) for number in range(3)]
        assert [process.wait() for process in running] == [0, 0, 0]
        with books.reading() as connection:
            assert head(connection).seq == 600
        assert findings(books) == []


def test_a_program_killed_while_appending_leaves_the_books_as_they_were(where: str) -> None:
    with open_books(where, create=True) as books:
        before = fill(books, 3, start=900_000)
        process = _run(HALF, where)
        assert process.stdout is not None
        assert process.stdout.readline() == "half\n"
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
        with books.reading() as connection:
            assert head(connection) == before
        assert findings(books, before) == []
        assert fill(books, 12_000).seq == 12_003
        assert findings(books, before) == []
