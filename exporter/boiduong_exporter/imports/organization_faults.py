"""What must hold among the states of organizations, those in a file and those in the books together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import show_date

from boiduong_exporter.faults import Code, fault


@dataclass(frozen=True)
class State:
    """An organization from one day to another, as a row has it, and what it grew out of."""

    place: Place
    values: dict[str, Any]
    former: tuple[str, ...] = ()

    @property
    def code(self) -> str:
        return str(self.values["code"])

    @property
    def parent(self) -> str:
        return str(self.values["parent"])

    @property
    def starts(self) -> date | None:
        found: date | None = self.values["valid_from"]
        return found

    @property
    def ends(self) -> date | None:
        found: date | None = self.values["valid_to"]
        return found

    def descent(self) -> list[dict[str, Any]]:
        return [{"predecessor": each, "successor": self.code, "on_date": self.starts} for each in self.former]


Known = Iterable[dict[str, Any]]
Told = Iterator[tuple[int, Problem]]
_BOOKS = Place("")
_IN_BOOKS = -1


def overlaps(wanted: Mapping[int, State], known: Known) -> Told:
    """Two states of one organization that hold on one day, those in the books included."""
    states = {(each["code"], each["valid_from"]): (_IN_BOOKS, State(_BOOKS, each)) for each in known}
    for number, each in wanted.items():
        if states.get((each.code, each.starts), (_IN_BOOKS,))[0] != _IN_BOOKS:
            message = f"tổ chức «{each.code}» có hai dòng cùng «Từ ngày»"
            yield number, fault(Code.SPANS_OVERLAP, each.place, message, "giữ một dòng, hoặc ghi ngày khác nhau")
        else:
            states[(each.code, each.starts)] = (number, each)
    by_code: dict[str, list[tuple[int, State]]] = defaultdict(list)
    for (code, _), state in states.items():
        by_code[code].append(state)
    for found in by_code.values():
        yield from _clashes(sorted(found, key=lambda pair: pair[1].starts or date.min))


def _clashes(ordered: list[tuple[int, State]]) -> Told:
    for (number, former), (later, latter) in pairwise(ordered):
        at, starts = max(number, later), latter.starts or date.min
        if at != _IN_BOOKS and (former.ends or date.max) >= starts:
            message = f"hai giai đoạn của «{latter.code}» chồng nhau từ {show_date(starts)}"
            hint = "ghi «Đến ngày» cho giai đoạn trước (thêm dòng của giai đoạn đó vào tệp)"
            place = (latter if later == at else former).place
            yield at, fault(Code.SPANS_OVERLAP, place, message, hint)


def circles(wanted: Mapping[int, State], known: Known) -> Told:
    """Those that stand above themselves on some day."""
    retold = {(each.code, each.starts) for each in wanted.values()}
    left = (State(_BOOKS, each) for each in known if (each["code"], each["valid_from"]) not in retold)
    above: dict[str, list[State]] = defaultdict(list)
    for each in (*left, *wanted.values()):
        above[each.code].append(each)
    for number, each in wanted.items():
        if _comes_back(each, above):
            message = f"«{each.code}» đứng trên chính mình qua «{each.parent}»"
            yield number, fault(Code.IN_A_CIRCLE, each.place, message, "sửa cột «Cấp trên»")


def _comes_back(state: State, above: Mapping[str, list[State]]) -> bool:
    """Whether the way up from `state` leads to itself while it holds."""
    ways = [(state.parent, state.starts or date.min, state.ends or date.max)]
    seen = set(ways)
    while ways:
        code, starts, ends = ways.pop()
        if code == state.code:
            return True
        for each in above.get(code, ()):
            way = each.parent, max(starts, each.starts or date.min), min(ends, each.ends or date.max)
            if each.parent and way[1] <= way[2] and way not in seen:
                seen.add(way)
                ways.append(way)
    return False


def orphans(wanted: Mapping[int, State], known: Known) -> Told:
    """Those whose parent or predecessor was itself refused, and those that name them."""
    left = dict(wanted)
    old = {each["code"] for each in known}
    while True:
        codes = old | {each.code for each in left.values()} | {""}
        lost = {
            number: missing[0]
            for number, each in left.items()
            if (missing := [code for code in (each.parent, *each.former) if code not in codes])
        }
        for number, code in lost.items():
            message = f"dòng của «{code}» không nhận được"
            yield number, fault(Code.UNKNOWN_ORGANIZATION, left.pop(number).place, message, "sửa dòng ấy trước")
        if not lost:
            return
