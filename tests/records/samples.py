"""What the tests enter into the books."""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date

from boiduong_records.decision import Decision
from boiduong_records.entry import Draft, Head
from boiduong_records.findings import Fault
from boiduong_records.ledger import append, head
from boiduong_records.people import Management, Person, Post, register
from boiduong_records.store import Books
from boiduong_records.verify import verify
from boiduong_vocabulary.catalog import Delivery
from boiduong_vocabulary.evidence import Attendance, Half, Presence
from sqlalchemy import Connection, text

AT = 1_772_676_000_000
"""05/03/2026, 09:00 in Ho Chi Minh City."""
SUBJECT, OTHER = "a" * 32, "b" * 32
DECISION = Decision("theo biên bản 05/BB", "Trần Thị Bình", "Lê Văn Cường", AT)


def attendance(day: int = 5, presence: Presence = Presence.PRESENT) -> Attendance:
    return Attendance("L01", date(2026, 3, day), Half.MORNING, Delivery.HALL, presence, "Hội trường A", 480, 690)


def draft(number: int, subject: str = SUBJECT) -> Draft:
    return Draft("attendance", subject, f"attendance|L01|{number}", attendance(number % 28 + 1), "Nguyễn Văn An")


def fill(books: Books, count: int, start: int = 1, subject: str = SUBJECT) -> Head:
    with books.writing() as connection:
        append(connection, [draft(number, subject) for number in range(start, start + count)], AT)
        return head(connection)


def person(number: int = 1, **changed: object) -> Person:
    posts = (Post("Bí thư Đảng ủy", "X01"),)
    said = {"code": f"CB{number:05}", "name": "Nguyễn Văn An", "birth": "1970-03-12", "posts": posts}
    return Person(**{**said, "managements": (Management("T01"),), **changed})  # type: ignore[arg-type]


def enroll(books: Books, *people: Person) -> list[int]:
    with books.writing() as connection:
        return register(connection, people, head(connection).seq)


def findings(books: Books, old: Head | str | None = None) -> list[tuple[str, int]]:
    """What is wrong with the chain. People are enrolled here without an import, so their rows are passed over; the
    registers have tests of their own."""
    with books.reading() as connection:
        found = [finding for finding in verify(connection, old) if finding.fault is not Fault.REGISTER]
    return [(str(finding.fault), finding.seq) for finding in found]


def tamper(books: Books, *statements: str, **values: object) -> None:
    """Change the books behind their back, guards off."""
    sqlite = books.engine.dialect.name == "sqlite"
    off = "PRAGMA foreign_keys=OFF" if sqlite else "SET session_replication_role = replica"
    on = "PRAGMA foreign_keys=ON" if sqlite else "SET session_replication_role = DEFAULT"
    with books.engine.connect().execution_options(books_writer=True, isolation_level="AUTOCOMMIT") as connection:
        if sqlite:
            connection.exec_driver_sql("COMMIT")  # `begin` opened one, in which foreign keys cannot be switched
        for statement in (off, *statements, on):
            connection.execute(text(statement), values)


class _UndoneError(Exception):
    pass


@contextmanager
def undone(books: Books) -> Iterator[Connection]:
    """A transaction that is taken back at its end: each example of a property finds the books as they were."""
    with suppress(_UndoneError), books.writing() as connection:
        yield connection
        raise _UndoneError
