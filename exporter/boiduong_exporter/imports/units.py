"""Organizations as rows name them: by code, or by a name that only one has."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from boiduong_records.tables import ORGANIZATION
from boiduong_records.versions import contents
from boiduong_vocabulary.problem import Place, Problem
from boiduong_vocabulary.vietnamese import did_you_mean, fold
from sqlalchemy import Connection

from boiduong_exporter.faults import Code, fault


@dataclass(frozen=True)
class Units:
    """Every organization's code, and the codes behind each folded name."""

    codes: frozenset[str]
    by_name: Mapping[str, frozenset[str]]
    names: frozenset[str]
    _guesses: dict[str, str] = field(default_factory=dict, compare=False)
    """A slip stands in many rows; looking for the nearest of a thousand names is slow."""

    def find(self, said: str, place: Place, where: str) -> str | Problem:
        """The code of the organization that `said` names, or why it cannot be told; `where` names the cell."""
        if said in self.codes:
            return said
        found = self.by_name.get(fold(said), frozenset())
        if len(found) == 1:
            return next(iter(found))
        if found:
            message = f"{where}: có {len(found)} tổ chức tên «{said}»"
            return fault(Code.UNKNOWN_ORGANIZATION, place, message, "ghi mã: " + ", ".join(sorted(found)))
        hint = self._guess(said) or "nhập danh sách tổ chức trước, hoặc sửa tên cho đúng danh sách"
        return fault(Code.UNKNOWN_ORGANIZATION, place, f"{where}: chưa có tổ chức «{said}»", hint)

    def _guess(self, said: str) -> str:
        if said not in self._guesses:
            self._guesses[said] = did_you_mean(said, sorted(self.names | self.codes))
        return self._guesses[said]


def units_of(rows: Iterable[Mapping[str, Any]]) -> Units:
    """A directory of organization rows (`code`, `name`)."""
    by_name: dict[str, set[str]] = defaultdict(set)
    names, codes = set(), set()
    for row in rows:
        by_name[fold(row["name"])].add(row["code"])
        names.add(row["name"])
        codes.add(row["code"])
    return Units(frozenset(codes), {name: frozenset(found) for name, found in by_name.items()}, frozenset(names))


def units(connection: Connection) -> Units:
    """The directory of the organizations that the books have."""
    return units_of(contents(connection, ORGANIZATION))
