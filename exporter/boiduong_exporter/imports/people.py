"""Whom a log means by its learner: a cadre's code, an account that the books have, or the key under which the ledger
knows a person, which the server's own log names people by. Whoever asks for the days of an account asks here too."""

from collections import defaultdict
from collections.abc import Iterable

from boiduong_records.merging import roots
from boiduong_records.tables import ACCOUNT, CADRE, IDENTITY
from boiduong_records.versions import contents, current
from boiduong_vocabulary.vietnamese import fold, nfc
from sqlalchemy import Connection, select

from boiduong_exporter.faults import Code
from boiduong_exporter.imports.answers import No


class People:
    """Everyone by code, by account and by key. `system` is what the log is of: two systems may have accounts of one
    name."""

    def __init__(self, connection: Connection, system: str) -> None:
        self._root = roots(connection)
        self._coded: dict[str, set[int]] = defaultdict(set)
        self._own: dict[str, set[int]] = defaultdict(set)
        self._any: dict[str, set[int]] = defaultdict(set)
        codes = select(IDENTITY.c.code, IDENTITY.c.cadre).where(current(IDENTITY), IDENTITY.c.code != "")
        for code, cadre in connection.execute(codes):
            self._coded[_key(code)].add(cadre)
        self._keyed = {
            subject: {cadre} for subject, cadre in connection.execute(select(CADRE.c.subject, CADRE.c.cadre))
        }
        accounts = contents(connection, ACCOUNT)
        same = {each for each in {row["system"] for row in accounts} if not each or fold(each) == fold(system)}
        for row in accounts:
            (self._own if row["system"] in same else self._any)[_key(row["name"])].add(row["cadre"])

    def find(self, learner: str) -> int | No:
        """The file of the person."""
        key = _key(learner)
        for found in (self._sure(key), self._any.get(key, set()), self._keyed.get(learner, set())):
            if found:
                return self._one(found, learner)
        message = "tài khoản chưa có trong sổ"
        hint = (
            "thêm vào danh sách tài khoản rồi chạy «boiduong import accounts», sau đó nhập lại nhật ký này; "
            "tài khoản xem thử, không của cán bộ nào, thì để nguyên"
        )
        return No(Code.UNKNOWN_LEARNER, message, hint, learner)

    def holders(self, name: str) -> frozenset[int]:
        """Who has this code, or this account in the log's system or in none: the files that count after merging. An
        account of another system may be another person's, and tells of nobody."""
        return frozenset(self._root.get(cadre, cadre) for cadre in self._sure(_key(name)))

    def _sure(self, key: str) -> set[int]:
        return self._coded.get(key, set()) | self._own.get(key, set())

    def _one(self, found: Iterable[int], learner: str) -> int | No:
        files = sorted(found)
        if len({self._root.get(cadre, cadre) for cadre in files}) == 1:
            return files[0]
        hint = "ghi cột «Hệ thống» trong danh sách tài khoản, hoặc gỡ tài khoản ghi nhầm, rồi nhập lại"
        return No(Code.SEVERAL_LEARNERS, "tài khoản là của nhiều người", hint, learner)


def _key(said: str) -> str:
    return nfc(said).strip().casefold()
