"""A person is forgotten without the ledger losing its proof, and is told everything that is held."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from boiduong_records.bodies import live
from boiduong_records.errors import BooksError
from boiduong_records.hand_over import hand_over
from boiduong_records.ledger import append, head
from boiduong_records.merging import merge
from boiduong_records.people import subject_of
from boiduong_records.personal import Duty, Erased, erase
from boiduong_records.receipts import Outcome, Receipt, Source, open_batch, read, write
from boiduong_records.receiving import check_hand_over
from boiduong_records.store import Books, open_books
from boiduong_records.tables import ACCOUNT, IDENTITY, POST
from boiduong_records.versions import Changes, apply, contents

from tests.records.samples import AT, DECISION, draft, enroll, fill, findings, person, tamper


def _erase(books: Books, cadre: int, until: date | None = None, bodies: bool = False) -> Erased:
    with books.writing() as connection:
        return erase(
            connection, cadre, DECISION, duty=Duty(until, "hồ sơ của nhiệm kỳ") if until else None, bodies=bodies
        )


def _study(books: Books, cadre: int, *numbers: int) -> None:
    with books.writing() as connection:
        subject = subject_of(connection, cadre)
        append(connection, [draft(number, subject) for number in numbers], AT)


def _hand_over(books: Books, cadre: int) -> dict[str, Any]:
    with books.reading() as connection:
        handed: dict[str, Any] = json.loads(json.dumps(hand_over(connection, cadre)))
    return handed


def _faults(handed: dict[str, Any]) -> set[tuple[str, int]]:
    return {(str(finding.fault), finding.seq) for finding in check_hand_over(handed)}


def test_erasing_removes_every_version_of_the_identity_and_keeps_the_evidence(books: Books) -> None:
    one, other = enroll(books, person(1), person(2))
    _study(books, one, 1, 2)
    _study(books, other, 3)
    assert _erase(books, one).identities == 1
    with books.reading() as connection:
        assert [row["cadre"] for row in contents(connection, IDENTITY)] == [other]
        assert len(contents(connection, POST)) == 2
        assert len(list(live(connection))) == 3
    assert findings(books) == []


def test_bodies_are_erased_on_order_and_the_chain_holds(books: Books) -> None:
    one, other = enroll(books, person(1), person(2))
    _study(books, one, 1, 2)
    _study(books, other, 3)
    assert _erase(books, one, bodies=True).bodies == 2
    with books.reading() as connection:
        assert [seq for seq, *_ in live(connection)] == [3]
    assert findings(books) == []


def test_a_body_missing_without_an_order_is_found(books: Books) -> None:
    one, other = enroll(books, person(1), person(2))
    _study(books, one, 1, 2)
    _study(books, other, 3)
    _erase(books, one, bodies=True)
    tamper(books, "DELETE FROM ledger_body WHERE seq = 3")
    assert findings(books) == [("missing_body", 3)]


def test_an_erased_identity_excuses_no_missing_body(books: Books) -> None:
    (one,) = enroll(books, person(1))
    _study(books, one, 1, 2)
    _erase(books, one)
    tamper(books, "DELETE FROM ledger_body WHERE seq = 2")
    assert findings(books) == [("missing_body", 2)]


def test_an_order_altered_afterwards_excuses_nothing_in_silence(books: Books) -> None:
    (one,) = enroll(books, person(1))
    _study(books, one, 1, 2)
    _erase(books, one)
    tamper(books, "UPDATE ledger_body SET body = :b WHERE seq = 3", b='{"basis":"x","bodies":[2]}')
    tamper(books, "DELETE FROM ledger_body WHERE seq = 2")
    assert ("body", 3) in findings(books)


def test_an_order_that_is_no_longer_readable_is_found(books: Books) -> None:
    (one,) = enroll(books, person(1))
    _study(books, one, 1)
    _erase(books, one, bodies=True)
    tamper(books, "UPDATE ledger_body SET body = 'x' WHERE seq = 2")
    assert set(findings(books)) == {("missing_body", 1), ("body", 2)}


def test_an_erased_body_that_comes_back_is_found(books: Books) -> None:
    (one,) = enroll(books, person(1))
    _study(books, one, 1)
    _erase(books, one, bodies=True)
    tamper(books, "INSERT INTO ledger_body (seq, salt, body) VALUES (1, :salt, '{}')", salt=b"0" * 16)
    assert findings(books) == [("erased_body", 1)]


def test_records_are_kept_until_the_end_of_their_time(books: Books) -> None:
    (one,) = enroll(books, person(1))
    with pytest.raises(BooksError, match=r"chưa hết thời hạn phải giữ hồ sơ.*05/03/2026: hồ sơ của nhiệm kỳ"):
        _erase(books, one, until=date(2026, 3, 5))
    assert _erase(books, one, until=date(2026, 3, 4)).identities == 1


def test_erasing_needs_a_basis_and_two_people(books: Books) -> None:
    (one,) = enroll(books, person(1))
    for changed in ({"reason": ""}, {"approver": ""}, {"approver": DECISION.author}):
        with pytest.raises(BooksError), books.writing() as connection:
            erase(connection, one, replace(DECISION, **changed), duty=None)  # type: ignore[arg-type]


def test_what_is_erased_is_not_erased_again(books: Books) -> None:
    (one,) = enroll(books, person(1))
    _erase(books, one)
    with pytest.raises(BooksError, match="không còn gì để xóa"):
        _erase(books, one)


def _log_in(books: Books, cadre: int, name: str) -> None:
    with books.writing() as connection:
        added = ({"cadre": cadre, "system": "Moodle", "name": name},)
        apply(connection, ACCOUNT, Changes(added=added), head(connection).seq)


def test_accounts_are_erased_with_the_identity_and_counted(books: Books) -> None:
    one, other = enroll(books, person(1), person(2))
    for cadre, name in ((one, "an"), (one, "an.nguyen"), (other, "ba")):
        _log_in(books, cadre, name)
    erased = _erase(books, one)
    assert (erased.identities, erased.accounts) == (1, 2)
    with books.reading() as connection:
        assert [row["name"] for row in contents(connection, ACCOUNT)] == ["ba"]


def test_an_account_that_came_after_the_erasure_can_be_erased_too(books: Books) -> None:
    (one,) = enroll(books, person(1))
    _erase(books, one)
    _log_in(books, one, "an")
    assert _erase(books, one).accounts == 1
    with pytest.raises(BooksError, match="không còn gì để xóa"):
        _erase(books, one)


def test_accounts_are_handed_over_with_the_file_they_are_of(books: Books) -> None:
    (one,) = enroll(books, person(1))
    _log_in(books, one, "an.nguyen")
    handed = _hand_over(books, one)
    (account,) = handed["accounts"]
    assert (account["subject"], account["system"], account["name"]) == (*handed["subjects"], "Moodle", "an.nguyen")
    assert check_hand_over(handed) == []


def test_identity_first_and_bodies_later(books: Books) -> None:
    (one,) = enroll(books, person(1))
    _study(books, one, 1)
    _erase(books, one)
    assert _erase(books, one, bodies=True).bodies == 1
    assert findings(books) == []


@pytest.mark.parametrize("asked", [1, 2])
def test_all_files_of_a_merged_person_are_erased(books: Books, asked: int) -> None:
    one, other = enroll(books, person(1), person(2))
    _study(books, other, 1)
    with books.writing() as connection:
        merge(connection, one, other, DECISION)
    erased = _erase(books, asked, bodies=True)
    assert (erased.identities, erased.bodies, len(erased.seqs)) == (2, 2, 2)
    assert findings(books) == []


def test_no_receipt_keeps_an_erased_name(books: Books) -> None:
    (one,) = enroll(books, person(1))
    source = Source("roster", "Nguyễn Văn An 2026.xlsx", "0" * 64, "A", AT)
    reason = "dòng «Nguyễn Văn An» trùng mã; 100%"
    with books.writing() as connection:
        batch = open_batch(connection, source, {}, changed=False)
        write(connection, batch, [Receipt("Nguyễn Văn An 2026.xlsx:1:2", Outcome.REFUSED, "N01", reason)])
    _erase(books, one)
    with books.reading() as connection:
        account = read(connection, batch.number)
    assert "Nguyễn" not in str(account)
    assert account.receipts[0].reason == "dòng «[đã xóa]» trùng mã; 100%"


def test_a_name_of_one_word_is_not_cut_out_of_other_words(books: Books) -> None:
    (one,) = enroll(books, person(1, name="An"))
    with books.writing() as connection:
        batch = open_batch(connection, Source("roster", "An Giang.xlsx", "0" * 64, "A", AT), {}, changed=False)
    _erase(books, one)
    with books.reading() as connection:
        assert read(connection, batch.number).source.file_name == "An Giang.xlsx"


def test_an_erased_name_is_no_longer_in_the_file(tmp_path: Path) -> None:
    with open_books(tmp_path / "so.db", create=True) as books:
        (one, *_) = enroll(books, person(1, name="Tôn Nữ Thị Độc Nhất"), *(person(number) for number in range(2, 200)))
        _erase(books, one)
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert "Nguyễn Văn An".encode() in held
    assert "Độc Nhất".encode() not in held
    assert "độc nhất".encode() not in held


def test_a_hand_over_holds_everything_and_proves_itself(books: Books) -> None:
    fill(books, 2, start=50)
    one, other = enroll(books, person(1), person(2))
    _study(books, one, 1, 2)
    _study(books, other, 3)
    with books.writing() as connection:
        merge(connection, one, other, DECISION)
    handed = _hand_over(books, other)
    assert [entry["seq"] for entry in handed["entries"]] == [3, 4, 5, 6]
    assert [len(handed[name]) for name in ("subjects", "identities", "posts", "managements", "merges")] == [
        2,
        2,
        2,
        2,
        1,
    ]
    assert {fact["subject"] for fact in handed["posts"]} == set(handed["subjects"])
    assert {handed["merges"][0]["kept"], handed["merges"][0]["absorbed"]} == set(handed["subjects"])
    assert check_hand_over(handed) == []


def test_the_books_inner_numbers_are_not_handed_over(books: Books) -> None:
    (one,) = enroll(books, person(1))
    handed = _hand_over(books, one)
    assert not {"cadre", "row_id"} & {
        name for part in ("identities", "posts", "managements") for name in handed[part][0]
    }


def test_a_hand_over_after_erasure_still_proves_itself(books: Books) -> None:
    (one,) = enroll(books, person(1))
    _study(books, one, 1, 2)
    _erase(books, one, bodies=True)
    handed = _hand_over(books, one)
    assert handed["identities"] == []
    assert check_hand_over(handed) == []


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("body", "{}", {("body", 2)}),
        ("salt", "00" * 16, {("body", 2)}),
        ("salt", "không", {("body", 2)}),
        ("body", None, {("missing_body", 2)}),
        ("author", "x", {("entry", 2)}),
        ("at", 1, {("entry", 2)}),
        ("prev", "0" * 64, {("entry", 2)}),
        ("prev", "zz", {("entry", 2)}),
        ("hash", "0" * 64, {("entry", 2), ("entry", 3)}),
        ("subject", "b" * 32, {("entry", 2)}),
        ("seq", 9, {("entry", 9), ("entry", 3), ("head", 9)}),
    ],
)
def test_a_hand_over_altered_on_the_way_is_found(
    books: Books, field: str, value: object, expected: set[tuple[str, int]]
) -> None:
    (one,) = enroll(books, person(1))
    _study(books, one, 1, 2, 3)
    handed = _hand_over(books, one)
    handed["entries"][1][field] = value
    assert _faults(handed) == expected


def test_a_hand_over_with_another_head_is_found(books: Books) -> None:
    (one,) = enroll(books, person(1))
    _study(books, one, 1)
    assert _faults({**_hand_over(books, one), "head": "1:" + "0" * 64}) == {("head", 1)}


@pytest.mark.parametrize("changed", [{"format": 2}, {"entries": "x"}, {"head": "x"}])
def test_what_is_no_hand_over_is_refused(books: Books, changed: dict[str, Any]) -> None:
    (one,) = enroll(books, person(1))
    _study(books, one, 1)
    with pytest.raises(BooksError):
        check_hand_over({**_hand_over(books, one), **changed})


def test_there_is_no_hand_over_of_nobody(books: Books) -> None:
    with pytest.raises(BooksError, match="không có hồ sơ"):
        _hand_over(books, 99)
