"""The books open, come up to date, and keep a transaction whole."""

import subprocess
import sys
from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from boiduong_records.errors import BooksError
from boiduong_records.ledger import append, head
from boiduong_records.migrating import context_of
from boiduong_records.receipts import read
from boiduong_records.store import Books, open_books
from boiduong_records.tables import METADATA, RECEIPT
from sqlalchemy import insert, text
from sqlalchemy.exc import DBAPIError

from tests.records.samples import AT, draft, fill, findings

OLD_BATCH = (
    "INSERT INTO batch (at, kind, file_name, file_digest, author) VALUES (0, 'roster', 'a.xlsx', 'x', '')"
    " RETURNING row_id"
)
OLD_RECEIPT = "INSERT INTO receipt (batch, place, outcome, code, reason) VALUES (:batch, 'a.xlsx:1:2', 'taken', '', '')"
NEW = {"batch": 99, "place": "x:1:2", "outcome": "taken", "code": "", "reason": ""}


def test_migrated_books_are_what_the_tables_say(books: Books) -> None:
    with books.engine.connect() as connection:
        assert compare_metadata(context_of(connection), METADATA) == []


def test_books_of_the_first_layout_are_brought_up_with_all_they_hold(
    where: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    upgrade = command.upgrade
    with monkeypatch.context() as then:
        then.setattr(command, "upgrade", lambda config, _: upgrade(config, "r0001"))
        with open_books(where, create=True) as old, old.writing() as connection:
            append(connection, [draft(1)], AT)
            batch = connection.execute(text(OLD_BATCH)).scalar_one()
            connection.execute(text(OLD_RECEIPT), {"batch": batch})
    with open_books(where) as books, books.reading() as connection:
        assert compare_metadata(context_of(connection), METADATA) == []
        assert head(connection).seq == 1
        assert [receipt.records for receipt in read(connection, batch).receipts] == [1]
    with open_books(where) as books:
        assert findings(books) == []


def test_new_books_begin_at_zero_and_verify(books: Books) -> None:
    with books.reading() as connection:
        assert str(head(connection)) == "0:" + "0" * 64
    assert findings(books) == []


def test_books_opened_again_hold_what_was_entered(where: str) -> None:
    with open_books(where, create=True) as books:
        before = fill(books, 3)
    with open_books(where) as books, books.reading() as connection:
        assert head(connection) == before


def test_creating_twice_keeps_the_secret(where: str) -> None:
    with open_books(where, create=True) as books:
        fill(books, 3)
    with open_books(where, create=True) as books:
        assert fill(books, 3).seq == 3


def test_missing_books_are_refused(where: str) -> None:
    with pytest.raises(BooksError, match="sổ"):
        open_books(where)


def test_a_mistyped_path_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(BooksError, match="không có tệp sổ"):
        open_books(tmp_path / "khong-co.db")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_is_no_books_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bang.xlsx").write_bytes(b"PK\x03\x04" + b"\x00" * 4096)
    with pytest.raises(BooksError, match="không mở được sổ"):
        open_books(tmp_path / "bang.xlsx", create=True)


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(BooksError, match="không có thư mục"):
        open_books(tmp_path / "thu-muc" / "so.db", create=True)


def test_an_address_nobody_understands_is_named() -> None:
    with pytest.raises(BooksError, match=r"không hiểu địa chỉ sổ|không mở được loại sổ"):
        open_books("la+la://x")


def test_books_of_a_newer_version_are_refused(where: str) -> None:
    with open_books(where, create=True) as books, books.writing() as connection:
        connection.execute(text("UPDATE records_version SET version_num = 'r9999'"))
    with pytest.raises(BooksError, match="phiên bản mới hơn"):
        open_books(where)


def test_a_failed_transaction_leaves_nothing(books: Books) -> None:
    def fail() -> None:
        with books.writing() as connection:
            append(connection, [draft(1)], AT)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with books.reading() as connection:
        assert head(connection).seq == 0


def test_readers_cannot_write(books: Books) -> None:
    with books.reading() as connection, pytest.raises(DBAPIError):
        append(connection, [draft(1)], AT)


def test_a_reader_sees_the_books_as_they_were_when_it_came(books: Books) -> None:
    with books.reading() as connection:
        fill(books, 2)
        assert head(connection).seq == 0


def test_foreign_keys_are_held(books: Books) -> None:
    with pytest.raises(DBAPIError), books.writing() as connection:
        connection.execute(insert(RECEIPT).values(NEW))


def test_sqlite_is_set_for_safety(tmp_path: Path) -> None:
    with open_books(tmp_path / "so.db", create=True) as books, books.writing() as connection:
        pragmas = ("journal_mode", "synchronous", "foreign_keys", "busy_timeout", "secure_delete")
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar_one() for name in pragmas]
    assert found == ["wal", 2, 1, 30_000, 1]


def test_a_path_with_a_per_cent_sign_opens(tmp_path: Path) -> None:
    with open_books(tmp_path / "sổ 50%.db", create=True) as books:
        assert fill(books, 1).seq == 1


def test_two_programs_that_create_at_once_share_one_secret(where: str) -> None:
    code = "import sys; from boiduong_records.store import open_books; open_books(sys.argv[1], create=True).close()"
    running = [subprocess.Popen([sys.executable, "-c", code, where]) for _ in range(3)]
    assert [process.wait() for process in running] == [0, 0, 0]
    with open_books(where) as books, books.reading() as connection:
        assert connection.execute(text("SELECT count(*) FROM secret")).scalar_one() == 1
        assert connection.execute(text("SELECT count(*) FROM ledger_head")).scalar_one() == 1
