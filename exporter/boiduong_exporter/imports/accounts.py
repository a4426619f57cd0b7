"""Accounts: under which login or e-mail address a cadre studies, so that a log's lines find their person."""

from typing import Any

from boiduong_records.matching import Candidate, Directory, directory
from boiduong_records.merging import roots
from boiduong_records.receipts import Outcome
from boiduong_records.tables import ACCOUNT
from boiduong_records.versions import contents, find
from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import fold, unmarked
from sqlalchemy import Connection

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.intake import Desk, Intake
from boiduong_exporter.imports.units import units
from boiduong_exporter.imports.whose import another, several
from boiduong_exporter.readers.fields import Field, Spec, birth, choice, code, name, text, yes_no
from boiduong_exporter.readers.sheet import Reading, Row
from boiduong_exporter.rulebook.kinds import Kinds

ACCOUNTS = "accounts"
SYSTEMS = ("Nhịp học", "Open edX", "xAPI", "Moodle")
"""What logs are of (`Log.format`); an account without one is of all of them."""
Account = tuple[str, str]
"""System and name, both as written."""


def specs(kinds: Kinds) -> tuple[Spec, ...]:
    del kinds
    return (
        Spec(
            ACCOUNTS,
            "Tài khoản học trực tuyến",
            (
                Field("code", "Mã cán bộ", code, ("Mã CB", "Mã số cán bộ", "Mã số")),
                Field("name", "Họ và tên", name, ("Họ tên", "Họ và tên cán bộ"), required=True, filled=True),
                Field("birth", "Ngày sinh", birth, ("Ngày, tháng, năm sinh", "Năm sinh")),
                Field("unit", "Đơn vị", text, ("Đơn vị công tác", "Nơi công tác")),
                Field("system", "Hệ thống", choice({system: system for system in SYSTEMS})),
                Field(
                    "account", "Tài khoản", text, ("Tên đăng nhập", "Email", "Thư điện tử"), required=True, filled=True
                ),
                Field("removed", "Gỡ", yes_no),
            ),
        ),
    )


def take(desk: Desk, reading: Reading, intake: Intake) -> None:
    """Each row adds an account, or removes it; accounts that the file passes over stay."""
    known, organizations, held = directory(desk.connection), units(desk.connection), _Held(desk.connection)
    told: list[tuple[Row, bool]] = []
    for row in intake.sound(reading, ACCOUNTS):
        unit = organizations.find(row.values["unit"], row.place, row.at("unit")) if row.values.get("unit") else ""
        whose = unit if isinstance(unit, Problem) else _whose(row, known, unit)
        wrong = whose if isinstance(whose, Problem) else _taken(row, whose, held)
        if wrong or isinstance(whose, Problem):
            intake.refuse(row, [found for found in (wrong,) if found])
            continue
        told.append((row, (held.remove if row.values.get("removed") else held.add)(_account(row), whose)))
    groups = [(file,) for file in held.touched]
    intake.changes.append((ACCOUNT, find(desk.connection, ACCOUNT, held.wanted(), groups=groups)))
    for row, is_new in told:
        intake.receive(row, Outcome.TAKEN if is_new else Outcome.UNCHANGED)


class _Held:
    """The accounts of the books, and of the rows so far. Merged files are one person, who has the accounts of each;
    an account stays in the file that it was entered for. `touched` are the files that change."""

    def __init__(self, connection: Connection) -> None:
        self._root = roots(connection)
        self._found: dict[Account, tuple[int, Account]] = {}
        self.touched: set[int] = set()
        for row in contents(connection, ACCOUNT):
            account = (row["system"], row["name"])
            self._found[_folded(account)] = (row["cadre"], account)

    def owner(self, account: Account) -> int | None:
        """The person who has the account, however it is spelled."""
        file, _ = self._found.get(_folded(account), (None, account))
        return None if file is None else self._root.get(file, file)

    def add(self, account: Account, whose: int) -> bool:
        """Whether it was not there before."""
        if self.owner(account) is not None:
            return False
        self._found[_folded(account)] = (whose, account)
        self.touched.add(whose)
        return True

    def remove(self, account: Account, whose: int) -> bool:
        """Whether it was there before."""
        if self.owner(account) != whose:
            return False
        file, _ = self._found.pop(_folded(account))
        self.touched.add(file)
        return True

    def wanted(self) -> list[dict[str, Any]]:
        """All rows of the files that change."""
        rows = sorted(row for row in self._found.values() if row[0] in self.touched)
        return [{"cadre": file, "system": system, "name": account} for file, (system, account) in rows]


def _account(row: Row) -> Account:
    return row.values.get("system") or "", row.values["account"]


def _whose(row: Row, known: Directory, unit: str) -> int | Problem:
    """The file that the row names."""
    values = row.values
    match = known.find(
        code=values.get("code") or "", name=values["name"], birth=values.get("birth") or "", organization=unit
    )
    if match.cadre is not None:
        return match.cadre if _is_called(values["name"], known.files(match.cadre)) else _of_another(row, known)
    if match.candidates:
        return several(row, list(match.candidates))
    message = f"{row.at('code' if values.get('code') else 'name')}: sổ chưa có người này"
    return fault(Code.NOBODY, row.place, message, "nhập danh sách cán bộ trước, hoặc sửa mã và họ tên cho đúng")


def _is_called(name_: str, files: list[Candidate]) -> bool:
    """Whether the person is called so, marks aside: a slip in the code must not give someone's study to another."""
    return any(fold(unmarked(file.name)) == fold(unmarked(name_)) for file in files)


def _of_another(row: Row, known: Directory) -> Problem:
    code_ = row.values.get("code") or ""
    return another(row, code_, known.by_code.get(code_, []))


def _taken(row: Row, whose: int, held: _Held) -> Problem | None:
    """The account of someone else, in the same system."""
    if row.values.get("removed") or held.owner(_account(row)) in (None, whose):
        return None
    message = f"{row.at('account')}: tài khoản này trong sổ là của người khác"
    hint = "nếu đã ghi nhầm, thêm một dòng của người kia ghi «Gỡ» là «Có» ở trên dòng này"
    return fault(Code.ANOTHER_PERSON, row.place, message, hint)


def _folded(account: Account) -> tuple[str, str]:
    system, name_ = account
    return fold(system), name_.casefold()
