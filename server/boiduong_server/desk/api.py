"""For programs: one cadre's days as JSON, behind a token. The block of days in Open edX asks here.

A cadre is named by code, or by the accounts that another system has for one person. Whom a log of that system would
surely mean is meant here too (imports/people.py), and only one person: figures are never told to somebody else.
"""

from fractions import Fraction
from threading import Lock
from typing import Any

from boiduong_exporter.credit.telling import result_line
from boiduong_exporter.credit.words import number, rounded
from boiduong_exporter.imports.accounts import SYSTEMS
from boiduong_exporter.imports.people import People
from boiduong_exporter.reporting.members import cadre_with
from boiduong_exporter.reporting.person import Account as Person
from boiduong_exporter.reporting.person import account_of
from boiduong_records.ledger import head
from boiduong_records.merging import people_of
from flask import Blueprint, Response, abort, current_app, jsonify, make_response, request
from sqlalchemy import Connection

from boiduong_server.accounts.scope import Scope, structure_of
from boiduong_server.accounts.tokens import Access, check
from boiduong_server.desk.access import allow, house
from boiduong_server.desk.worlds import Shared, shared
from boiduong_server.study.provisional import provisional

BLUEPRINT = Blueprint("api", __name__)
_SCHEME = "Bearer "
_MINUTE_MS = 60_000
_NAMES = 2
"""What a system calls one person: a login and an e-mail address."""
_NOBODY = {
    "error": "Mã truy cập này không mở cán bộ nào như vậy.",
    "hint": "Kiểm tra mã cán bộ hoặc tài khoản trong sổ, và phạm vi của mã truy cập.",
    "person": None,
}
"""`person` tells it from the 404 of a wrong address."""


@BLUEPRINT.get("/api/v1/ngay/<code>")
@allow()
def days(code: str) -> Response:
    """The days of the cadre with this code. A code that nobody has, and a cadre whom the token does not open, are
    answered alike."""
    access = _access()
    with house().books.reading() as books:
        return _answer(books, access, cadre_with(books, code))


@BLUEPRINT.get("/api/v1/ngay")
@allow()
def days_of_account() -> Response:
    """The days of the one cadre whom the accounts mean that `tai-khoan` gives, a login and an e-mail address, say, in
    the system `he` (accounts.SYSTEMS). Accounts of nobody, and of several people, are answered as a code of nobody."""
    access = _access()
    names, system = request.args.getlist("tai-khoan"), request.args.get("he", "")
    if system not in SYSTEMS or not 0 < len(names) <= _NAMES:
        abort(400)
    with house().books.reading() as books:
        people = _named().people(books, system)
        found = frozenset().union(*map(people.holders, names))
        return _answer(books, access, next(iter(found)) if len(found) == 1 else None)


class Named:
    """The people of the books by what a system calls them, read once for each head of the ledger. One thread reads, the
    others wait for it."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._head = ""
        self._people: dict[str, People] = {}

    def people(self, connection: Connection, system: str) -> People:
        now = str(head(connection))
        with self._lock:
            if self._head != now:
                self._head, self._people = now, {}
            if system not in self._people:
                self._people[system] = People(connection, system)
            return self._people[system]


def _named() -> Named:
    named: Named = current_app.extensions.setdefault("named", Named())
    return named


def _access() -> Access:
    shown = request.headers.get("Authorization", "")
    with house().store.reading() as connection:
        found = check(connection, shown.removeprefix(_SCHEME).strip()) if shown.startswith(_SCHEME) else None
    if found is None:
        abort(401)
    return found


def _answer(books: Connection, access: Access, cadre: int | None) -> Response:
    world = shared(books, house())
    found = _found(books, world, access, cadre)
    minutes = sum(part.ms for part in provisional(house(), people_of(books, found.who.cadre)).parts) // _MINUTE_MS
    response = jsonify(said(found) | {"head": world.head, "provisional_minutes": minutes})
    response.add_etag()  # of all that is said: an account may come to mean another person
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response


def _found(books: Connection, world: Shared, access: Access, cadre: int | None) -> Person:
    scope = Scope(books, structure_of(books, world.day), world.day, frozenset({access.organization}))
    opened = cadre is not None and scope.holds(cadre)
    found = account_of(books, house().rules, world.world, cadre, world.asked) if cadre is not None and opened else None
    if found is None:
        abort(make_response(jsonify(_NOBODY), 404))
    return found


def said(found: Person) -> dict[str, Any]:
    """Figures exact and as reports print them; what is not known is null."""
    report = found.report
    verdict, step = report.person.verdict, report.basis.display_step
    term = verdict.obligation.term
    return {
        "code": report.person.code,
        "as_of": report.basis.as_of.isoformat(),
        "required": _figure(verdict.required, step),
        "credited": _figure(verdict.credited, step),
        "waiting": _figure(verdict.waiting, step),
        "shortfall": _figure(verdict.shortfall, step, up=True),
        "until": term.ends.isoformat() if term else None,
        "standing": verdict.standing.value,
        "standing_text": verdict.standing.label,
        "text": result_line(verdict, step),
        "notice": report.basis.notice,
    }


def _figure(value: Fraction | None, step: Fraction, up: bool = False) -> dict[str, str] | None:
    return None if value is None else {"exact": str(value), "text": number(rounded(value, step, up))}
