"""The ledger takes each thing once, in one chain, and takes back only with two people's word."""

from dataclasses import replace

import pytest
from boiduong_records.bodies import live
from boiduong_records.entry import SAMPLE, Draft
from boiduong_records.errors import BooksError
from boiduong_records.ledger import append, append_act, head, is_sample, origin, reverse
from boiduong_records.store import Books
from boiduong_records.tables import LEDGER
from boiduong_vocabulary.evidence import Presence
from sqlalchemy import func, select

from tests.records.samples import AT, DECISION, OTHER, SUBJECT, attendance, draft, fill, findings


def _reverse(books: Books, seq: int, **changed: str) -> int:
    with books.writing() as connection:
        return reverse(connection, seq, replace(DECISION, **changed))  # type: ignore[arg-type]


def _live(books: Books, subjects: list[str] | None = None, until_seq: int | None = None) -> list[int]:
    with books.reading() as connection:
        return [seq for seq, *_ in live(connection, subjects, until_seq)]


def test_entries_are_numbered_from_one_without_a_gap(books: Books) -> None:
    with books.writing() as connection:
        assert [one.seq for one in append(connection, [draft(1), draft(2)], AT)] == [1, 2]
        assert [one.seq for one in append(connection, [draft(3)], AT)] == [3]
    assert findings(books) == []


def test_appending_twice_changes_nothing(books: Books) -> None:
    before = fill(books, 5)
    with books.writing() as connection:
        assert all(one.known for one in append(connection, [draft(number) for number in range(1, 6)], AT + 1))
    with books.reading() as connection:
        assert head(connection) == before


def test_known_and_new_drafts_may_be_mixed(books: Books) -> None:
    fill(books, 1)
    with books.writing() as connection:
        given = append(connection, [draft(2), draft(1), draft(3), draft(2)], AT)
    assert [one.seq for one in given] == [2, None, 3, None]


def test_a_batch_larger_than_one_statement_is_one_chain(books: Books) -> None:
    assert fill(books, 12_001).seq == 12_001
    with books.writing() as connection:
        answers = append(connection, [draft(number) for number in range(1, 12_003)], AT)
    assert [one.seq for one in answers if not one.known] == [12_002]
    assert findings(books) == []


def test_nothing_to_append_is_fine(books: Books) -> None:
    with books.writing() as connection:
        assert append(connection, [], AT) == []


def test_the_time_of_an_entry_is_the_callers(books: Books) -> None:
    fill(books, 1)
    with books.reading() as connection:
        assert connection.execute(select(LEDGER.c.at)).scalar_one() == AT


def test_names_are_kept_in_one_form_of_unicode(books: Books) -> None:
    with books.writing() as connection:
        append(connection, [replace(draft(1), author="Nguye\u0302\u0303n Va\u0306n An")], AT)
        assert connection.execute(select(LEDGER.c.author)).scalar_one() == "Nguyễn Văn An"
    assert findings(books) == []


def test_the_ledger_holds_no_plain_source(books: Books) -> None:
    fill(books, 1)
    with books.reading() as connection:
        stored = connection.execute(select(LEDGER.c.origin)).scalar_one()
        assert stored == origin(connection, "attendance|L01|1")
    assert "L01" not in stored


def test_a_reversal_takes_evidence_back(books: Books) -> None:
    fill(books, 3)
    assert _reverse(books, 2) == 4
    assert _live(books) == _live(books, [SUBJECT]) == [1, 3]
    assert findings(books) == []


def test_what_was_known_before_the_reversal_stays_readable(books: Books) -> None:
    fill(books, 3)
    _reverse(books, 2)
    fill(books, 1, start=9)
    assert _live(books, until_seq=3) == [1, 2, 3]
    assert _live(books, until_seq=4) == [1, 3]
    assert _live(books, until_seq=2) == [1, 2]


def test_evidence_comes_by_subject_then_number(books: Books) -> None:
    fill(books, 2, subject=OTHER)
    fill(books, 2, start=3)
    with books.writing() as connection:
        append(connection, [Draft("ruling", "", "r", {"x": 1}, "A")], AT)
    assert _live(books) == [5, 3, 4, 1, 2]
    assert _live(books, [OTHER]) == [1, 2]
    assert _live(books, []) == []


def test_only_evidence_is_live(books: Books) -> None:
    with books.writing() as connection:
        append(connection, [Draft("import", "", "i", {"x": 1}, "A"), draft(1)], AT)
    assert _live(books) == [2]


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"reason": "  "}, "chưa ghi lý do"),
        ({"author": ""}, "chưa ghi người thực hiện"),
        ({"approver": " "}, "chưa ghi người phê duyệt"),
        ({"approver": "  TRẦN thị  Bình"}, "trùng với người thực hiện"),
    ],
)
def test_a_reversal_needs_a_reason_and_two_people(books: Books, changed: dict[str, str], message: str) -> None:
    fill(books, 1)
    with pytest.raises(BooksError, match=message):
        _reverse(books, 1, **changed)


def test_what_is_not_in_the_ledger_cannot_be_reversed(books: Books) -> None:
    with pytest.raises(BooksError, match="không có mục số 7"):
        _reverse(books, 7)


def test_a_reversal_cannot_be_reversed(books: Books) -> None:
    fill(books, 1)
    with pytest.raises(BooksError, match="đã là một bút toán đảo"):
        _reverse(books, _reverse(books, 1))


def test_nothing_is_reversed_twice(books: Books) -> None:
    fill(books, 1)
    _reverse(books, 1)
    with pytest.raises(BooksError, match="đã được đảo"):
        _reverse(books, 1, reason="lần nữa")


def test_what_the_books_did_themselves_is_not_reversed(books: Books) -> None:
    with books.writing() as connection:
        append(connection, [Draft("merge", SUBJECT, "m", {"x": 1}, "A")], AT)
    with pytest.raises(BooksError, match="tách hồ sơ"):
        _reverse(books, 1)


def test_a_reversed_entry_is_not_entered_again_from_the_same_source(books: Books) -> None:
    fill(books, 1)
    _reverse(books, 1)
    assert fill(books, 1).seq == 2
    with books.writing() as connection:
        again = replace(draft(1), source="attendance|L01|1|2", body=attendance(presence=Presence.ABSENT))
        assert [one.seq for one in append(connection, [again], AT)] == [3]
    with books.reading() as connection:
        assert connection.execute(select(func.count()).select_from(LEDGER)).scalar_one() == 3


@pytest.mark.parametrize(("before", "expected"), [(0, True), (1, False)])
def test_sample_books_say_so_in_their_first_entry_only(books: Books, before: int, expected: bool) -> None:
    fill(books, before)
    with books.writing() as connection:
        append_act(connection, SAMPLE, "", {"what": "dữ liệu mẫu"}, DECISION)
        assert is_sample(connection) is expected
