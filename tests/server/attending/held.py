"""A class that is held today (26/11/2026), morning and afternoon, in a hall and at a bridge: DD1.

    held = hold(house)                               # in the books; the clock stands at 8:00
    sitting = held.sitting(HALL)                     # the morning's, opened; codes are taken
    log_in(client, house, held.monitor(BRIDGE))      # whom the register names there
    log_in(client, house, held.learner("01"))
    site.enter(page, held.known_to(site, held.monitor(HALL)))    # the same in a browser

01 to 05 sit in the hall, 06 to 08 at the bridge; 01 and 02 are one team that 01 leads, 03 to 05 another, led by 03. The
people of the bridge have no team.
"""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from boiduong_records.decision import Decision
from boiduong_records.entry import IMPORT
from boiduong_records.ledger import append_act
from boiduong_records.matching import directory
from boiduong_records.registers import seal_registers
from boiduong_records.seating import Seated
from boiduong_records.store import open_books
from boiduong_records.tables import SEATING
from boiduong_records.versions import apply, find
from boiduong_server.accounts.account import Account, Grant
from boiduong_server.accounts.making import NewAccount, Prepared, grant, make_accounts
from boiduong_server.accounts.reading import account_of
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.sessions import Entry, open_session
from boiduong_server.attending.codes import code_of, period_at
from boiduong_server.attending.scanning import Reader
from boiduong_server.attending.schedule import hours_of, window
from boiduong_server.attending.sittings import Sitting, Slot, open_sitting, prepare, sitting_of
from boiduong_server.desk.access import SESSION_KEY
from boiduong_server.desk.class_lists import class_name
from boiduong_server.house import House
from boiduong_server.tables import USER
from boiduong_vocabulary.evidence import Half
from flask.testing import FlaskClient
from sqlalchemy import Connection, select

from tests.exporter.office import CLASS_HEAD, PLACE_HEAD, SESSION_HEAD, Office
from tests.exporter.reporting.lam_giang import CADRES, KIND
from tests.server.lam_giang import NOW

if TYPE_CHECKING:
    from tests.browser.server.conftest import Site

CLASS = "DD1"
TODAY = date(2026, 11, 26)
MORNING, AFTERNOON = Slot(CLASS, TODAY, Half.MORNING), Slot(CLASS, TODAY, Half.AFTERNOON)
HALL, BRIDGE = "Hội trường A", "Điểm cầu Sông Mã"
MONITORS = {HALL: "Lê Thị Hằng", BRIDGE: "Cao Văn Sơn"}
SEATS = {
    "01": Seated(HALL, "Tổ 1", True),
    "02": Seated(HALL, "Tổ 1"),
    "03": Seated(HALL, "Tổ 2", True),
    "04": Seated(HALL, "Tổ 2"),
    "05": Seated(HALL, "Tổ 2"),
    "06": Seated(BRIDGE),
    "07": Seated(BRIDGE),
    "08": Seated(BRIDGE),
}
NAMES = {row[0]: row[1] for row in CADRES}
_HOURS = {"Sáng": "7:30-11:30", "Chiều": "13:30-17:00"}
_SHEETS = {
    "Lớp": [CLASS_HEAD, (CLASS, "Lớp kết hợp mùa thu", KIND, "145", "Nhóm 3", "QĐ 3", 1)],
    "Buổi": [SESSION_HEAD, *((CLASS, f"{TODAY:%d/%m/%Y}", half, "Hội trường", _HOURS[half]) for half in _HOURS)],
    "Điểm học": [
        (*PLACE_HEAD, "Người quản lý"),
        (CLASS, HALL, "Hội trường", MONITORS[HALL]),
        (CLASS, BRIDGE, "Điểm cầu", MONITORS[BRIDGE]),
    ],
}


@dataclass(frozen=True)
class Held:
    """`cadres` are the books' numbers by code ("01" … "08")."""

    house: House
    cadres: dict[str, int]

    def prepared(self, place: str = HALL, slot: Slot = MORNING) -> Sitting:
        """The session's sitting at this place, not opened yet."""
        rules = self.house.rules.attending
        with self.house.books.reading() as books:
            hours = hours_of(books, slot, rules)
        assert hours
        return prepare(self.house.store, slot, place, window(slot, hours, rules), self.house.now_ms())

    def sitting(self, place: str = HALL, slot: Slot = MORNING) -> Sitting:
        """The same, open from now on."""
        made = self.prepared(place, slot)
        open_sitting(self.house.store, made, MONITORS[place], self.house.now_ms())
        return self.now(made)

    def now(self, sitting: Sitting) -> Sitting:
        """The sitting as it stands by now."""
        with self.house.store.reading() as connection:
            found = sitting_of(connection, sitting.public)
        assert found
        return found

    def code(self, sitting: Sitting) -> str:
        """What its screen shows now."""
        return code_of(sitting.key, period_at(self.house.now_ms()))

    def address(self, sitting: Sitting) -> str:
        """The path that its screen's QR leads to now."""
        return f"/D/{sitting.public}{self.code(sitting)}"

    def reader(self, code: str, device: str = "") -> Reader:
        """The cadre of this code as somebody who reads codes."""
        cadre = self.cadres[code]
        return Reader(cadre, cadre, frozenset({CLASS}), f"{NAMES[code]} ({code})", device)

    def monitor(self, place: str = HALL) -> Account:
        """The account of the place's monitor, «ql-1» in the hall and «ql-2» at the bridge."""
        return self.account(f"ql-{[*MONITORS].index(place) + 1}", MONITORS[place], role=Role.MONITOR)

    def learner(self, code: str) -> Account:
        """The account of the cadre of this code."""
        return self.account(code, NAMES[code], self.cadres[code])

    def account(
        self, code: str, name: str, cadre: int | None = None, role: Role = Role.LEARNER, organization: str = ""
    ) -> Account:
        """The account of this code, made if there is none; nobody can log in to it by a password."""
        now_ms = self.house.now_ms()
        ready = Prepared(NewAccount(code, name, cadre), "", "")
        self.house.store.write(lambda connection: make_accounts(connection, [ready], now_ms))
        with self.house.store.reading() as connection:
            is_it = USER.c.code == code if cadre is None else USER.c.cadre == cadre
            user = connection.execute(select(USER.c.id).where(is_it)).scalar_one()
        if role is not Role.LEARNER:
            given = Grant(role, organization)
            self.house.store.write(lambda connection: grant(connection, user, given, now_ms))
        with self.house.store.reading() as connection:
            found = account_of(connection, user, self.house.today)
        assert found
        return found

    def known_to(self, site: "Site", account: Account) -> str:
        """The code by which the browser tests' `site.enter` finds this account."""
        site.users[account.code] = account.user
        return account.code


def hold(house: House) -> Held:
    """The class in the house's books: brought there now, where the province was not laid out with it (conftest.py)."""
    with house.books.reading() as connection:
        there = class_name(connection, CLASS) is not None
    if not there:
        bring_class(Path(house.books.engine.url.database or "").parent)
    with house.books.reading() as connection:
        return Held(house, _cadres(connection))


def bring_class(folder: Path) -> None:
    """Into the books in this folder, as an office does."""
    office = Office(folder)
    assert office.bring("classes", _SHEETS, "ket-hop") == 0
    people = [(CLASS, code, NAMES[code]) for code in SEATS]
    assert office.bring("enrolment", {"Học viên": [("Mã lớp", "Mã cán bộ", "Họ và tên"), *people]}) == 0
    with open_books(office.books) as books, books.writing() as connection:
        _seat(connection)


def _seat(connection: Connection) -> None:
    by, cadres = Decision("", "Phép thử", "", NOW), _cadres(connection)
    rows = [{"class_code": CLASS, "cadre": cadres[code], **asdict(seated)} for code, seated in SEATS.items()]
    seq = append_act(connection, IMPORT, "", {"class": CLASS}, by)
    apply(connection, SEATING, find(connection, SEATING, rows), seq)
    seal_registers(connection, seq, by)


def _cadres(connection: Connection) -> dict[str, int]:
    return {code: holders[0].cadre for code, holders in directory(connection).by_code.items()}


def log_in(client: FlaskClient, house: House, account: Account) -> Account:
    """The client has entered as this account, past its second step."""
    entry = Entry(account.user, second=True)
    token = house.store.write(lambda connection: open_session(connection, entry, house.now_ms()))
    with client.session_transaction() as session:
        session.clear()
        session[SESSION_KEY] = token
    return account
