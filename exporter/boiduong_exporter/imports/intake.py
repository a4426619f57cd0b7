"""What one file brings into the books, and the one way it gets there: whole rows or none, each with a receipt."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from boiduong_records.decision import Decision
from boiduong_records.entry import Draft
from boiduong_records.ledger import append
from boiduong_records.receipts import Batch, Outcome, Receipt, Source, count, open_batch, write
from boiduong_records.registers import seal_registers
from boiduong_records.store import Books
from boiduong_records.versions import Changes, apply
from boiduong_vocabulary.problem import Problem, Severity, in_order
from sqlalchemy import Connection, Table

from boiduong_exporter.readers.sheet import Reading, Row
from boiduong_exporter.readers.sheet import Table as Sheet
from boiduong_exporter.rulebook.read import Rules


@dataclass
class Intake:
    """An import while it is put together. `enter` writes what needs the number of the import's own entry."""

    changes: list[tuple[Table, Changes]] = field(default_factory=list)
    drafts: list[tuple[Draft, int]] = field(default_factory=list)
    """Evidence, each with the place in `receipts` of the row it comes from."""
    enter: list[Callable[[Connection, int], object]] = field(default_factory=list)
    receipts: list[Receipt] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def receive(self, row: Row, outcome: Outcome) -> int:
        """Keep the row's outcome; the receipt's place in the list."""
        self.receipts.append(Receipt(str(row.place), outcome, "", row.skipped))
        return len(self.receipts) - 1

    def refuse(self, row: Row, problems: Iterable[Problem]) -> None:
        told = [*problems]
        self.problems += told
        first = next((each for each in told if each.severity is Severity.ERROR), told[0])
        self.receipts.append(Receipt(str(row.place), Outcome.REFUSED, first.code, _impersonal(first)))

    def refuse_with(self, row: Row, cause: Problem) -> None:
        """Refuse a row for what is wrong elsewhere and told there."""
        self.receipts.append(Receipt(str(row.place), Outcome.REFUSED, cause.code, f"xem {cause.place}"))

    def sound(self, reading: Reading, key: str) -> list[Row]:
        """The rows of one kind of table that can be taken; the others are received as refused or skipped."""
        taken = []
        for row in (row for table in reading.tables if table.spec.key == key for row in _rows(table)):
            if row.skipped:
                self.receive(row, Outcome.SKIPPED)
            elif not row.sound:
                self.refuse(row, row.problems)
            else:
                self.problems += row.problems
                taken.append(row)
        return taken


def _rows(table: Sheet) -> Iterable[Row]:
    """The rows, each refused where the table as a whole is."""
    if not table.problems:
        return table.rows
    return (row if row.skipped else replace(row, problems=(*row.problems, *table.problems)) for row in table.rows)


@dataclass(frozen=True)
class Report:
    """What became of a file: rows by outcome, everything to tell, and the ledger entry where anything changed."""

    counts: dict[Outcome, int]
    problems: list[Problem]
    seq: int | None
    batch: int


@dataclass(frozen=True)
class Desk:
    """What a kind of import works with."""

    connection: Connection
    rules: Rules
    author: str


Take = Callable[[Desk, Reading, Intake], None]


@dataclass(frozen=True)
class Arrival:
    """A file that was read, what kind of list it is, who brings it and when (milliseconds since 1970, UTC)."""

    kind: str
    take: Take
    file_name: str
    reading: Reading
    author: str
    at_ms: int


def import_file(books: Books, rules: Rules, arrival: Arrival) -> Report:
    """Bring a file into the books, in one transaction: all that is sound in it, or nothing."""
    reading = arrival.reading
    intake = Intake(problems=[*reading.problems])
    for read in reading.tables:
        intake.problems += [*read.problems, *read.notes]
    with books.writing() as connection:
        arrival.take(Desk(connection, rules, arrival.author), reading, intake)
        _append(connection, intake, arrival.at_ms)
        batch = _enter(connection, intake, arrival)
        write(connection, batch, _in_order(intake.receipts, reading))
    return Report(dict(count(intake.receipts)), in_order(intake.problems), batch.seq, batch.number)


def _enter(connection: Connection, intake: Intake, arrival: Arrival) -> Batch:
    """The import itself, then the rows that are known from its entry on."""
    source = Source(arrival.kind, arrival.file_name, arrival.reading.digest, arrival.author, arrival.at_ms)
    changed = bool(intake.enter or any(changes for _, changes in intake.changes) or _was_taken(intake))
    batch = open_batch(connection, source, count(intake.receipts), changed=changed)
    if batch.seq is not None:
        for enter in intake.enter:
            enter(connection, batch.seq)
        for table, changes in intake.changes:
            apply(connection, table, changes, batch.seq)
        seal_registers(connection, batch.seq, Decision("", arrival.author, "", arrival.at_ms))
    return batch


def _append(connection: Connection, intake: Intake, at_ms: int) -> None:
    """Enter the evidence; a row of which nothing was new is unchanged."""
    appended = append(connection, [draft for draft, _ in intake.drafts], at_ms)
    new = {number for (_, number), entry in zip(intake.drafts, appended, strict=True) if not entry.known}
    for number in {number for _, number in intake.drafts}:
        receipt = intake.receipts[number]
        outcome = Outcome.TAKEN if number in new else Outcome.UNCHANGED
        intake.receipts[number] = Receipt(receipt.place, outcome, receipt.code, receipt.reason)


def _in_order(receipts: Iterable[Receipt], reading: Reading) -> list[Receipt]:
    """The receipts in the order of the rows of the file."""
    places = (str(row.place) for table in reading.tables for row in table.rows)
    order = {place: number for number, place in enumerate(places)}
    return sorted(receipts, key=lambda receipt: order.get(receipt.place, len(order)))


def _was_taken(intake: Intake) -> bool:
    return any(receipt.outcome is Outcome.TAKEN for receipt in intake.receipts)


_CELL = re.compile(r"(ô [A-Z]+\d+(?: và [A-Z]+\d+)*(?:, (?:cột )?«[^»]*»)?|«[^»]*»): ")
"""How a message begins that says in which cell or column it is."""


def _impersonal(problem: Problem) -> str:
    """A receipt outlives the person it speaks of, so it holds where and what kind, never a value."""
    if problem.code.startswith("N"):
        return ""
    if problem.code.startswith("B"):
        return problem.message  # of the table: headers, no values
    where = _CELL.match(problem.message)
    return where[1] if where else re.sub("«.*»", "«…»", problem.message, flags=re.DOTALL)
