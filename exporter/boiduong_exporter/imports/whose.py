"""Whom a row of a class's list means, and how it is refused where it does not say so surely: who it may be is told on
the screen, kept nowhere."""

from collections.abc import Mapping
from datetime import date

from boiduong_records.matching import Candidate, Directory, compatible
from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import fold, show_date, unmarked

from boiduong_exporter.faults import Code, fault
from boiduong_exporter.imports.answers import No
from boiduong_exporter.imports.people import People
from boiduong_exporter.imports.units import Units
from boiduong_exporter.readers.sheet import Row

_SHOWN = 5


def shown_birth(birth: str) -> str:
    """A day of birth as a page has it; a year alone as it is."""
    return show_date(date.fromisoformat(birth)) if len(birth) == len("1970-03-12") else birth


def candidates(found: list[Candidate]) -> str:
    """Whom a row may mean, for the person at the screen."""
    shown = [f"{each.name}, sinh {shown_birth(each.birth)}, mã {each.code or 'chưa có'}" for each in found[:_SHOWN]]
    return "; ".join(shown) + (f"; và {len(found) - _SHOWN} người nữa" if len(found) > _SHOWN else "")


def another(row: Row, code: str, holders: list[Candidate]) -> Problem:
    message = f"{row.at('code')}: mã cán bộ «{code}» trong sổ là của người khác"
    hint = f"kiểm tra lại mã; trong sổ: {candidates(holders)}"
    return fault(Code.ANOTHER_PERSON, row.place, message, hint)


def several(row: Row, found: list[Candidate]) -> Problem:
    message = f"{row.at('name')}: chưa rõ là ai: {len(found)} người giống dòng này"
    return fault(Code.SEVERAL_PEOPLE, row.place, message, f"ghi mã cán bộ; có thể là: {candidates(found)}")


def who(row: Row, people: Directory, units: Units, accounts: People | None = None) -> int | Problem:
    """The person that a row means by its code, or by its account where it has no code and there are `accounts`; else by
    name, birth and unit; or why that cannot be told."""
    values = {key: row.values.get(key) or "" for key in ("code", "name", "birth", "unit", "account")}
    if accounts is None or values["code"] or not values["account"]:
        return _described(row, values, people, units)
    owner = accounts.find(values["account"])
    if isinstance(owner, int):
        return _owner(row, values, people.files(owner))
    found = _described(row, values, people, units)
    return found if isinstance(found, int) else _unowned(row, values["account"], owner)


def _described(row: Row, values: Mapping[str, str], people: Directory, units: Units) -> int | Problem:
    unit = units.find(values["unit"], row.place, row.at("unit")) if values["unit"] else ""
    organization = unit if isinstance(unit, str) else ""
    match = people.find(code=values["code"], name=values["name"], birth=values["birth"], organization=organization)
    holders = people.by_code.get(values["code"], [])
    if holders and (match.cadre is None or not any(_is_named(each, values) for each in holders)):
        return another(row, values["code"], holders)
    if match.cadre is not None:
        return match.cadre
    if isinstance(unit, Problem):
        return unit
    if match.candidates:
        return several(row, [*match.candidates])
    message = f"{row.at('name')}: sổ chưa có người này"
    hint = "nhập danh sách cán bộ trước; ghi mã cán bộ, hoặc đủ họ tên, ngày sinh và đơn vị như trong danh sách"
    return fault(Code.NOBODY, row.place, message, hint)


def _owner(row: Row, values: Mapping[str, str], files: list[Candidate]) -> int | Problem:
    """The person whose account it is, held against name and birth as a code is."""
    named = [each for each in files if _is_named(each, values)]
    if named:
        return named[0].root
    message = f"{row.at('account')}: tài khoản này trong sổ là của người khác"
    hint = f"kiểm tra lại tài khoản và họ tên; trong sổ: {candidates(files)}"
    return fault(Code.ANOTHER_PERSON, row.place, message, hint)


def _unowned(row: Row, account: str, no: No) -> Problem:
    """The refusal of an account that is nobody's, or of several."""
    code = Code.SEVERAL_PEOPLE if no.code is Code.SEVERAL_LEARNERS else Code.NOBODY
    message = f"{row.at('account')}: «{account}»: {no.message}"
    hint = "thêm vào danh sách tài khoản («boiduong import accounts»), hoặc ghi mã cán bộ, rồi nhập lại tệp này"
    return fault(code, row.place, message, no.hint if code is Code.SEVERAL_PEOPLE else hint)


def _is_named(holder: Candidate, values: Mapping[str, str]) -> bool:
    """Whether name or birth agree with the code's holder; a code alone, with a slip, would mean someone else."""
    same_name = fold(unmarked(holder.name)) == fold(unmarked(values["name"]))
    return same_name or compatible(holder.birth, values["birth"])
