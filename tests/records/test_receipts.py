"""Each line of a file leaves a receipt, and an import that changes nothing leaves the ledger alone."""

import json

import pytest
from boiduong_records.errors import BooksError
from boiduong_records.ledger import head
from boiduong_records.receipts import Batch, Outcome, Receipt, Source, count, earlier, open_batch, read, write
from boiduong_records.store import Books
from boiduong_records.tables import BODY
from sqlalchemy import select

from tests.records.samples import AT, findings

SOURCE = Source("roster", "danh-sách.xlsx", "9f" * 32, "Trần Thị Bình", AT)
LINES = (
    Receipt("danh-sách.xlsx:Sheet1:2", Outcome.TAKEN),
    Receipt("danh-sách.xlsx:Sheet1:3", Outcome.REFUSED, "N07", "ngày sinh không đọc được"),
    Receipt("danh-sách.xlsx:Sheet1:4", Outcome.TAKEN),
)


def _import(books: Books, lines: tuple[Receipt, ...] = LINES, changed: bool = True) -> Batch:
    with books.writing() as connection:
        batch = open_batch(connection, SOURCE, count(lines), changed=changed)
        write(connection, batch, lines)
        return batch


def test_a_batch_is_read_back_with_its_receipts_and_counts(books: Books) -> None:
    batch = _import(books)
    with books.reading() as connection:
        account = read(connection, batch.number)
    assert (account.batch, account.source, account.receipts) == (batch, SOURCE, LINES)
    assert account.counts == {Outcome.TAKEN: 2, Outcome.REFUSED: 1, Outcome.UNCHANGED: 0, Outcome.SKIPPED: 0}


def test_an_import_that_changes_something_is_one_entry(books: Books) -> None:
    assert _import(books).seq == 1
    with books.reading() as connection:
        body = json.loads(connection.execute(select(BODY.c.body)).scalar_one())
    assert body == {
        "kind": "roster",
        "file": "9f" * 32,
        "counts": {"taken": 2, "refused": 1, "unchanged": 0, "skipped": 0},
    }
    assert findings(books) == []


def test_an_import_that_changes_nothing_is_no_entry(books: Books) -> None:
    assert _import(books, changed=False).seq is None
    with books.reading() as connection:
        assert head(connection).seq == 0


def test_the_same_file_may_change_things_again(books: Books) -> None:
    first, second = _import(books), _import(books)
    assert (first.seq, second.seq) == (1, 2)
    with books.reading() as connection:
        assert earlier(connection, SOURCE.file_digest) == [first.number, second.number]


def test_many_receipts_keep_the_order_of_the_lines(books: Books) -> None:
    lines = tuple(Receipt(f"x.xlsx:S:{row}", Outcome.UNCHANGED) for row in range(12_000))
    batch = _import(books, lines)
    with books.reading() as connection:
        assert read(connection, batch.number).receipts == lines


def test_a_batch_that_does_not_exist_is_refused(books: Books) -> None:
    with books.reading() as connection, pytest.raises(BooksError, match="không có lần nhập số 5"):
        read(connection, 5)


def test_every_outcome_has_words() -> None:
    assert all(outcome.label for outcome in Outcome)
