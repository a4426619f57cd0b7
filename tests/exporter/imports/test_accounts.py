"""Accounts: whose they are, kept until they are taken away, never of two people."""

from pathlib import Path

import pytest
from boiduong_exporter.imports.accounts import SYSTEMS
from boiduong_exporter.logs.reading import read_log
from boiduong_records.merging import merge
from boiduong_records.receipts import Outcome
from boiduong_records.tables import ACCOUNT

from tests.exporter.imports import made
from tests.exporter.imports.made import Bench, told
from tests.exporter.logs import made as logs

HEAD = ("Mã cán bộ", "Họ và tên", "Ngày sinh", "Đơn vị", "Hệ thống", "Tài khoản", "Gỡ")
AN = ("00001", "Nguyễn Văn An", None, None, "Open edX", "an.nguyen", None)
BA = ("00002", "Trần Thị Ba", None, None, "Open edX", "ba.tran", None)
AN_AGAIN = ("00003", *AN[1:])


def accounts(*rows: tuple[object, ...]) -> dict[str, list[tuple[object, ...]]]:
    return {"TK": [HEAD, *rows]}


def held(bench: Bench) -> set[tuple[int, str, str]]:
    return {(row["cadre"], row["system"], row["name"]) for row in bench.table(ACCOUNT)}


def test_accounts_are_kept_and_the_same_list_again_adds_nothing(office: Bench) -> None:
    assert office.brought("accounts", accounts(AN, BA)).counts == {Outcome.TAKEN: 2}
    assert office.brought("accounts", accounts(AN, BA)).counts == {Outcome.UNCHANGED: 2}
    assert held(office) == {(1, "Open edX", "an.nguyen"), (2, "Open edX", "ba.tran")}
    assert office.is_whole()


def test_an_account_that_the_next_list_passes_over_stays(office: Bench) -> None:
    office.brought("accounts", accounts(AN))
    office.brought("accounts", accounts((*AN[:4], None, "an@tinh.example", None)))
    assert held(office) == {(1, "Open edX", "an.nguyen"), (1, "", "an@tinh.example")}


def test_an_account_is_taken_away_by_a_row_that_says_so(office: Bench) -> None:
    office.brought("accounts", accounts(AN))
    assert office.brought("accounts", accounts((*AN[:6], "có"))).counts == {Outcome.TAKEN: 1}
    assert office.brought("accounts", accounts((*AN[:6], "có"))).counts == {Outcome.UNCHANGED: 1}
    assert held(office) == set()


@pytest.mark.parametrize("account", ["an.nguyen", "AN.Nguyen"])
def test_two_people_never_have_one_account_in_one_system(office: Bench, account: str) -> None:
    office.brought("accounts", accounts(AN))
    report = office.bring("accounts", accounts((*BA[:5], account, None)))
    assert "N03 ô F2, cột «Tài khoản»: tài khoản này trong sổ là của người khác" in told(report)
    assert held(office) == {(1, "Open edX", "an.nguyen")}


def test_an_account_passes_to_another_where_it_was_taken_away_above(office: Bench) -> None:
    office.brought("accounts", accounts(AN))
    office.brought("accounts", accounts((*AN[:6], "có"), (*BA[:5], "an.nguyen", None)))
    assert held(office) == {(2, "Open edX", "an.nguyen")}


def test_two_systems_may_have_accounts_of_one_name(office: Bench) -> None:
    office.brought("accounts", accounts(AN, (*BA[:4], "Moodle", "an.nguyen", None)))
    assert len(held(office)) == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (("00009", "Lê Văn Không", None, None, None, "khong", None), "N01"),
        ((None, "Nguyễn Văn An", None, None, None, "an", None), "N02"),
        (("00001", "Nguyễn Văn An", None, None, None, None, None), "V01"),
        (("00001", "Nguyễn Văn An", None, "Đảng ủy xã Không", None, "an", None), "O01"),
    ],
)
def test_a_row_that_says_nobody_surely_is_refused(office: Bench, row: tuple[object, ...], code: str) -> None:
    report = office.bring("accounts", accounts(row))
    assert office.receipts(report) == {2: f"refused {code}"}
    assert held(office) == set()


def test_someone_without_a_code_is_known_by_name_birth_and_unit(office: Bench) -> None:
    row = (None, "Nguyễn Văn An", "12/03/1970", "Đảng ủy xã Hòa An", None, "an", None)
    office.brought("accounts", accounts(row))
    assert held(office) == {(1, "", "an")}


def merged(office: Bench) -> None:
    """A third file, with an account, which turns out to be of the first person."""
    office.brought("roster", made.roster(("00003", *made.AN[1:])))
    office.brought("accounts", accounts(AN_AGAIN))
    with office.books.writing() as connection:
        merge(connection, 1, 3, made.BY)


def test_merged_files_are_one_person_whose_list_is_taken_again(office: Bench) -> None:
    merged(office)
    for row in (AN, AN_AGAIN):
        assert office.brought("accounts", accounts(row)).counts == {Outcome.UNCHANGED: 1}
    assert held(office) == {(3, "Open edX", "an.nguyen")}


def test_an_account_of_a_merged_file_is_taken_away_from_the_person(office: Bench) -> None:
    merged(office)
    other = (*BA[:5], "an.nguyen", None)
    assert "N03" in told(office.bring("accounts", accounts(other)))
    assert office.brought("accounts", accounts((*AN[:6], "có"), other)).counts == {Outcome.TAKEN: 2}
    assert held(office) == {(2, "Open edX", "an.nguyen")}
    assert office.is_whole()


def test_an_account_is_the_same_however_it_is_spelled(office: Bench) -> None:
    office.brought("accounts", accounts(AN))
    assert office.brought("accounts", accounts((*AN[:5], "AN.Nguyen", None))).counts == {Outcome.UNCHANGED: 1}
    assert office.brought("accounts", accounts((*AN[:5], "AN.Nguyen", "có"))).counts == {Outcome.TAKEN: 1}
    assert held(office) == set()


def test_a_system_that_no_log_is_of_is_refused_with_what_may_be_meant(office: Bench) -> None:
    report = office.bring("accounts", accounts((*AN[:4], "Open edx ", *AN[5:]), (*BA[:4], "OpenEdX", *BA[5:])))
    assert office.receipts(report) == {2: "taken", 3: "refused V03"}
    assert "Có phải là «Open edX»? Nhận: Nhịp học, Open edX, xAPI, Moodle" in told(report)
    assert held(office) == {(1, "Open edX", "an.nguyen")}


def test_the_systems_of_the_list_are_those_that_logs_name(tmp_path: Path) -> None:
    moodle = b"username,manifest,attempt,element,value,timemodified\nan,g,1,cmi.core.lesson_status,passed,1795568520\n"
    each = (logs.text(logs.beat()), logs.text(logs.event("play_video", {})), logs.text(logs.statement()), moodle)
    found = []
    for data in each:
        (tmp_path / "nhat-ky").write_bytes(data)
        found.append(read_log(tmp_path / "nhat-ky").format)
    assert tuple(found) == SYSTEMS


def test_a_code_that_is_another_persons_gives_nobodys_study_away(office: Bench) -> None:
    report = office.bring("accounts", accounts(("00001", "Lê Văn Khác", None, None, "Open edX", "khac", None)))
    assert office.receipts(report) == {2: "refused N03"}
    assert held(office) == set()
