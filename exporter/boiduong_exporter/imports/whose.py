"""How a row is refused that does not say surely whom it means: who it may be is told on the screen, kept nowhere."""

from datetime import date

from boiduong_records.matching import Candidate
from boiduong_vocabulary.problem import Problem
from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.faults import Code, fault
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
