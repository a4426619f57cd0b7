"""Whatever is done to the ledger behind its back is found and named."""

import pytest
from boiduong_records.entry import GENESIS, Head, hash_of
from boiduong_records.errors import BooksError
from boiduong_records.store import Books
from boiduong_records.tables import LEDGER
from boiduong_records.verify import AT_MOST, entry_of, verify
from sqlalchemy import select

from tests.records.samples import fill, findings, tamper

ADDED = (
    "INSERT INTO ledger (seq, at, kind, subject, origin, commitment, author, approver, hash) "
    "SELECT {seq}, at, kind, subject, 'x', commitment, author, approver, hash FROM ledger WHERE seq = 3"
)
SWAPPED = (
    "UPDATE ledger SET seq = -2 WHERE seq = 2",
    "UPDATE ledger SET seq = 2 WHERE seq = 3",
    "UPDATE ledger SET seq = 3 WHERE seq = -2",
)
TAMPERINGS = {
    "a kind changed": (["UPDATE ledger SET kind = 'result' WHERE seq = 2"], {("entry", 2)}),
    "a time changed": (["UPDATE ledger SET at = at + 1 WHERE seq = 2"], {("entry", 2)}),
    "a subject changed": (["UPDATE ledger SET subject = 'x' WHERE seq = 2"], {("entry", 2)}),
    "an origin changed": (["UPDATE ledger SET origin = 'x' WHERE seq = 2"], {("entry", 2)}),
    "an author changed": (["UPDATE ledger SET author = 'x' WHERE seq = 2"], {("entry", 2)}),
    "an approver added": (["UPDATE ledger SET approver = 'x' WHERE seq = 2"], {("entry", 2)}),
    "a commitment changed": (["UPDATE ledger SET commitment = 'x' WHERE seq = 2"], {("entry", 2), ("body", 2)}),
    "a hash changed": (["UPDATE ledger SET hash = '00' WHERE seq = 2"], {("entry", 2), ("entry", 3)}),
    "a hash made no hash": (["UPDATE ledger SET hash = 'zz' WHERE seq = 2"], {("entry", 2), ("entry", 3)}),
    "a body changed": (["UPDATE ledger_body SET body = '{}' WHERE seq = 2"], {("body", 2)}),
    "a salt changed": (["UPDATE ledger_body SET salt = :salt WHERE seq = 2"], {("body", 2)}),
    "a body removed": (["DELETE FROM ledger_body WHERE seq = 2"], {("missing_body", 2)}),
    "an entry removed": (["DELETE FROM ledger_body WHERE seq = 2", "DELETE FROM ledger WHERE seq = 2"], {("gap", 3)}),
    "an entry removed, its body left": (["DELETE FROM ledger WHERE seq = 2"], {("gap", 3), ("loose_body", 2)}),
    "the first removed": (["DELETE FROM ledger_body WHERE seq = 1", "DELETE FROM ledger WHERE seq = 1"], {("gap", 2)}),
    "the end cut off": (["DELETE FROM ledger_body WHERE seq > 3", "DELETE FROM ledger WHERE seq > 3"], {("head", 3)}),
    "all removed": (["DELETE FROM ledger_body", "DELETE FROM ledger"], {("head", 0)}),
    "an entry added at the end": ([ADDED.format(seq=6)], {("entry", 6), ("missing_body", 6), ("head", 6)}),
    "an entry added before the first": ([ADDED.format(seq=0)], {("gap", 0), ("missing_body", 0), ("entry", 1)}),
    "an entry added after a gap": ([ADDED.format(seq=9)], {("gap", 9), ("missing_body", 9), ("head", 9)}),
    "two entries swapped": (
        list(SWAPPED),
        {("entry", 2), ("entry", 3), ("entry", 4), ("body", 2), ("body", 3)},
    ),
    "the head's hash changed": (["UPDATE ledger_head SET hash = 'x'"], {("head", 5)}),
    "the head put back": (["UPDATE ledger_head SET seq = 4"], {("head", 5)}),
    "the head removed": (["DELETE FROM ledger_head"], {("head", 5)}),
    "a second head": (["INSERT INTO ledger_head (id, seq, hash) VALUES (2, 5, 'x')"], {("head", 5)}),
    "a body without an entry": (
        ["INSERT INTO ledger_body (seq, salt, body) VALUES (77, :salt, '{}')"],
        {("loose_body", 77)},
    ),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_is_found(books: Books, name: str) -> None:
    fill(books, 5)
    assert findings(books) == []
    statements, expected = TAMPERINGS[name]
    for statement in statements:
        tamper(books, statement, **({"salt": b"0" * 16} if ":salt" in statement else {}))
    assert set(findings(books)) == expected


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("UPDATE ledger_head SET seq = 9", "cuối sổ bị cắt: đầu sổ ghi 9 mục"),
        ("UPDATE ledger_head SET seq = 1", "đầu sổ chỉ ghi 1 mục"),
        ("UPDATE ledger_head SET hash = 'x'", "mã đầu sổ không khớp"),
        ("DELETE FROM ledger_head", "nay có 0"),
    ],
)
def test_what_is_wrong_with_the_head_is_said(books: Books, statement: str, words: str) -> None:
    fill(books, 2)
    tamper(books, statement)
    with books.reading() as connection:
        (finding,) = verify(connection)
    assert words in finding.message


def rebuild(books: Books) -> Head:
    """Compute every hash anew from the entries as they stand, as someone would who owns the database."""
    last = Head(0, GENESIS)
    with books.reading() as connection:
        rows = connection.execute(select(LEDGER).order_by(LEDGER.c.seq)).all()
    for row in rows:
        last = Head(row.seq, hash_of(last.hash, entry_of(row)))
        tamper(books, "UPDATE ledger SET hash = :hash WHERE seq = :seq", hash=last.hash, seq=last.seq)
    tamper(books, "UPDATE ledger_head SET seq = :seq, hash = :hash", seq=last.seq, hash=last.hash)
    return last


def test_a_rebuilt_chain_is_exposed_by_an_old_head(books: Books) -> None:
    printed = fill(books, 3)
    fill(books, 3, start=4)
    tamper(books, "UPDATE ledger SET author = 'x' WHERE seq = 2")
    rebuild(books)
    assert findings(books) == []
    assert findings(books, printed) == [("old_head", 3)]
    assert findings(books, str(printed)) == findings(books, printed.short) == [("old_head", 3)]


def test_a_chain_rebuilt_after_the_printed_head_still_contains_it(books: Books) -> None:
    printed = fill(books, 3)
    fill(books, 3, start=4)
    assert findings(books, printed) == findings(books, printed.short) == []


def test_a_ledger_cut_shorter_than_a_printed_head_is_exposed(books: Books) -> None:
    fill(books, 3)
    printed = fill(books, 3, start=4)
    tamper(books, "DELETE FROM ledger_body WHERE seq > 3", "DELETE FROM ledger WHERE seq > 3")
    rebuild(books)
    assert findings(books) == []
    assert findings(books, printed) == [("old_head", 6)]


def test_the_head_of_empty_books_is_contained_in_all(books: Books) -> None:
    with books.reading():
        fill(books, 1)
    assert findings(books, "0:" + "0" * 64) == []
    assert findings(books, "0:" + "1" * 64) == [("old_head", 0)]


def test_a_head_that_is_none_is_refused_before_anything_is_read(books: Books) -> None:
    with pytest.raises(BooksError, match="không phải mã đầu sổ"):
        findings(books, "12:abc")


def test_findings_are_in_vietnamese_and_name_the_number(books: Books) -> None:
    fill(books, 2)
    tamper(books, "UPDATE ledger_body SET body = '{}' WHERE seq = 2")
    with books.reading() as connection:
        assert str(verify(connection)[0]) == "mục số 2: nội dung hoặc chuỗi ngẫu nhiên kèm theo đã bị sửa"


def test_a_ruined_ledger_lists_no_more_than_anyone_can_read(books: Books) -> None:
    fill(books, AT_MOST + 200)
    tamper(books, "UPDATE ledger_body SET body = '{}'")
    assert len(findings(books)) == AT_MOST


@pytest.mark.parametrize("column", ["at", "kind", "author", "commitment", "hash"])
def test_a_column_that_holds_rubbish_is_a_finding_and_no_crash(books: Books, column: str) -> None:
    if books.engine.dialect.name != "sqlite":
        pytest.skip("only SQLite lets a column hold anything")
    fill(books, 3)
    tamper(books, f"UPDATE ledger SET {column} = x'00ff' WHERE seq = 2")
    tamper(books, "UPDATE ledger_body SET body = x'00ff', salt = 'text' WHERE seq = 3")
    assert {("entry", 2), ("body", 3)} <= set(findings(books))
