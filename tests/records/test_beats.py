"""Days of beats as the books know them: their files, their seals, what disturbs them, and their end."""

from datetime import date

from boiduong_records import beats
from boiduong_records.beats import DayFile
from boiduong_records.entry import Draft
from boiduong_records.ledger import append, append_act, reverse
from boiduong_records.merging import merge, unmerge
from boiduong_records.people import subject_of
from boiduong_records.registers import seal_registers
from boiduong_records.store import Books
from boiduong_records.verify import verify
from boiduong_vocabulary.evidence import StudyDay

from tests.records.samples import AT, DECISION, OTHER, draft, enroll, person

DAY, NEXT = date(2026, 3, 5), date(2026, 3, 6)
FILE = DayFile("a" * 64, 120)


def bring(books: Books, files: dict[date, DayFile | None]) -> int:
    """A log of these days, as an import enters it."""
    with books.writing() as connection:
        seq = append_act(connection, "import", "", {"kind": "phép thử"}, DECISION)
        beats.enter_days(connection, beats.day_changes(connection, files), seq)
        seal_registers(connection, seq, DECISION)
        return seq


def seal(books: Books, day: date, file: DayFile) -> int:
    with books.writing() as connection:
        return beats.say_sealed(connection, day, {"beats": file.digest, "bounds": [720, 1080], "people": 1}, DECISION)


def test_a_day_has_one_file_and_a_new_one_takes_its_place(books: Books) -> None:
    bring(books, {DAY: FILE, NEXT: FILE})
    bring(books, {DAY: DayFile("b" * 64, 130)})
    with books.reading() as connection:
        assert beats.days(connection) == {DAY: DayFile("b" * 64, 130), NEXT: FILE}


def test_the_last_seal_of_a_day_holds(books: Books) -> None:
    seal(books, DAY, FILE)
    last = seal(books, DAY, DayFile("b" * 64, 130))
    with books.reading() as connection:
        assert beats.sealed_days(connection) == {DAY: beats.SealedDay(last, "b" * 64, [720, 1080])}


def test_topics_keep_the_numbers_that_their_spans_have(books: Books) -> None:
    study = ("L01", "cd-1", "2026.1")
    with books.writing() as connection:
        beats.add_studies(connection, {study: 1}, 0)
        assert beats.studies(connection) == {study: 1}


def test_discarded_days_have_no_file_and_the_ledger_says_so(books: Books) -> None:
    bring(books, {DAY: FILE})
    with books.writing() as connection:
        beats.discard(connection, {DAY: FILE}, DECISION)
        assert beats.days(connection) == {}
        assert beats.discarded_days(connection) == {DAY}
        assert verify(connection) == []


def test_entries_of_a_day_say_whether_they_were_taken_back(books: Books) -> None:
    with books.writing() as connection:
        append(connection, [draft(4), draft(4 + 28), draft(5)], AT)  # two on the 5th, one on the 6th
        reverse(connection, 1, DECISION)
        found = beats.said_on(connection, "attendance", DAY)
        assert [(each.seq, each.taken_back) for each in found] == [(1, True), (2, False)]


def test_attendance_that_comes_or_goes_disturbs_its_day(books: Books) -> None:
    with books.writing() as connection:
        append(connection, [draft(4), draft(5)], AT)
        assert beats.disturbed(connection, 0) == {DAY: 1, NEXT: 2}
        assert beats.disturbed(connection, 2) == {}
        back = reverse(connection, 1, DECISION)
        assert beats.disturbed(connection, 2) == {DAY: back}


def test_merging_and_parting_disturb_the_days_that_either_studied(books: Books) -> None:
    one, two = enroll(books, person(1), person(2, name="Lê Văn Ba", birth="1980"))
    with books.writing() as connection:
        studied = (
            (subject_of(connection, one), DAY), (subject_of(connection, two), NEXT), (OTHER, date(2026, 3, 7)),
        )  # fmt: skip
        drafts = [Draft("study_day", subject, subject, StudyDay(day, ()), "phép thử") for subject, day in studied]
        append(connection, drafts, AT)
        merged = merge(connection, one, two, DECISION)
        assert beats.disturbed(connection, 3) == {DAY: merged, NEXT: merged}
        parted = unmerge(connection, two, DECISION)
        assert beats.disturbed(connection, merged) == {DAY: parted, NEXT: parted}
