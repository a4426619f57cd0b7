"""Posts, managing bodies and classes lie outside the chain, but what an import did to them is sealed in it."""

from datetime import date

import pytest
from boiduong_records import people
from boiduong_records.ledger import append_act
from boiduong_records.people import Management
from boiduong_records.registers import WATCHED, register_findings, seal_registers
from boiduong_records.store import Books
from boiduong_records.tables import ACCOUNT, CLASS, IDENTITY, METADATA
from boiduong_records.verify import verify
from boiduong_records.versions import apply, find

from tests.records.samples import DECISION, person, tamper


def bring(books: Books, *, authority: str = "T01", days: str = "3") -> int:
    """An import of one cadre and one class, sealed; the number of its entry."""
    with books.writing() as connection:
        seq = append_act(connection, "import", "", {"kind": "phép thử"}, DECISION)
        wanted = person(managements=(Management(authority, date(2025, 10, 1)),))
        changed = people.changes(connection, {1: wanted})
        if changed and seq > 1:
            people.update(connection, changed, seq)
        else:
            people.register(connection, [wanted], seq)
        apply(connection, CLASS, find(connection, CLASS, [{"code": "L01", "days": days}]), seq)
        seal_registers(connection, seq, DECISION)
        return seq


def findings(books: Books) -> list[tuple[str, int]]:
    with books.reading() as connection:
        return [(str(finding.fault), finding.seq) for finding in verify(connection)]


def test_what_imports_entered_and_closed_is_whole(books: Books) -> None:
    bring(books)
    bring(books, authority="T02", days="2")
    assert findings(books) == []


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE management SET authority = '' WHERE until IS NULL", [3]),
        ("UPDATE training_class SET days = '7' WHERE until IS NULL", [3]),
        ("UPDATE training_class SET days = '7' WHERE until IS NOT NULL", [1, 3]),
        ("DELETE FROM post", [1]),
        ("UPDATE management SET until = NULL", [3]),
        ("UPDATE training_class SET until = 2 WHERE until IS NULL", [2]),
        (
            "INSERT INTO management (cadre, authority, since) VALUES (1, 'T09', 3)",
            [3],
        ),
        (
            "INSERT INTO management (cadre, authority, since) VALUES (1, 'T09', 0)",
            [0],
        ),
    ],
)
def test_a_row_altered_behind_the_ledgers_back_is_found(books: Books, statement: str, expected: list[int]) -> None:
    bring(books)
    bring(books, authority="T02", days="2")
    tamper(books, statement)
    assert findings(books) == [("register", seq) for seq in expected]


def test_an_erased_identity_leaves_the_registers_whole(books: Books) -> None:
    bring(books)
    tamper(books, "DELETE FROM identity")
    assert findings(books) == []


def test_every_register_is_watched_but_identities_and_accounts() -> None:
    dated = {table.name for table in METADATA.sorted_tables if "since" in table.c}
    assert dated - {table.name for table in WATCHED} == {ACCOUNT.name, IDENTITY.name}


def test_evidence_cannot_be_moved_to_another_person(books: Books) -> None:
    bring(books)
    tamper(books, f"UPDATE cadre SET subject = '{'c' * 32}'")
    assert findings(books) == [("register", 1)]


def test_a_merge_that_nobody_decided_is_found(books: Books) -> None:
    bring(books)
    bring(books, authority="T02")
    tamper(books, "INSERT INTO merge (absorbed, kept, since) VALUES (1, 1, 3)")
    assert findings(books) == [("register", 3)]


def test_an_import_that_changes_no_register_seals_nothing(books: Books) -> None:
    with books.writing() as connection:
        seq = append_act(connection, "import", "", {"kind": "phép thử"}, DECISION)
        assert seal_registers(connection, seq, DECISION) is None
        assert list(register_findings(connection)) == []
