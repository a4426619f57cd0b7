"""Whom a row of a class's list means, and how it is refused where it does not say so surely: who it may be is told on
the screen, kept nowhere."""

from collections.abc import Mapping
from datetime import date

from boiduong_records.matching import Candidate, Directory, compatible
from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import fold, show_date, unmarked

from boiduong_exporter.faults import Code, fault
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


def who(row: Row, people: Directory, units: Units) -> int | Problem:
    """The person that a row means by its code, name, birth and unit, or why that cannot be told."""
    values = {key: row.values.get(key) or "" for key in ("code", "name", "birth", "unit")}
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


def _is_named(holder: Candidate, values: Mapping[str, str]) -> bool:
    """Whether name or birth agree with the code's holder; a code alone, with a slip, would mean someone else."""
    same_name = fold(unmarked(holder.name)) == fold(unmarked(values["name"]))
    return same_name or compatible(holder.birth, values["birth"])
