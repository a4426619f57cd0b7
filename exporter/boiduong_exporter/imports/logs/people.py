"""Whom a log means by its learner: a cadre's code, an account that the books have, or the key under which the ledger
knows a person, which the server's own log names people by."""

from collections import defaultdict
from collections.abc import Iterable

from boiduong_records.matching import directory
from boiduong_records.merging import roots
from boiduong_records.tables import ACCOUNT, CADRE
from boiduong_records.versions import contents
from boiduong_vocabulary.vietnamese import fold, nfc
from sqlalchemy import Connection, select

from boiduong_exporter.faults import Code
from boiduong_exporter.imports.logs.answers import No


class People:
    """Everyone by code, by account and by key. `system` is what the log is of: two systems may have accounts of one
    name."""

    def __init__(self, connection: Connection, system: str) -> None:
        self._root = roots(connection)
        self._coded: dict[str, set[int]] = defaultdict(set)
        self._own: dict[str, set[int]] = defaultdict(set)
        self._any: dict[str, set[int]] = defaultdict(set)
        for code, holders in directory(connection).by_code.items():
            self._coded[_key(code)] |= {holder.cadre for holder in holders}
        self._keyed = {
            subject: {cadre} for subject, cadre in connection.execute(select(CADRE.c.subject, CADRE.c.cadre))
        }
        for row in contents(connection, ACCOUNT):
            same = not row["system"] or fold(row["system"]) == fold(system)
            (self._own if same else self._any)[_key(row["name"])].add(row["cadre"])

    def find(self, learner: str) -> int | No:
        """The file of the person."""
        key = _key(learner)
        for found in (self._coded[key] | self._own[key], self._any[key], self._keyed.get(learner, set())):
            if found:
                return self._one(found, learner)
        message = "tài khoản chưa có trong sổ"
        hint = (
            "thêm vào danh sách tài khoản rồi chạy «boiduong import accounts», sau đó nhập lại nhật ký này; "
            "tài khoản xem thử, không của cán bộ nào, thì để nguyên"
        )
        return No(Code.UNKNOWN_LEARNER, message, hint, learner)

    def _one(self, found: Iterable[int], learner: str) -> int | No:
        files = sorted(found)
        if len({self._root.get(cadre, cadre) for cadre in files}) == 1:
            return files[0]
        hint = "ghi cột «Hệ thống» trong danh sách tài khoản, hoặc gỡ tài khoản ghi nhầm, rồi nhập lại"
        return No(Code.SEVERAL_LEARNERS, "tài khoản là của nhiều người", hint, learner)


def _key(said: str) -> str:
    return nfc(said).strip().casefold()
