"""For programs: one cadre's days as JSON, behind a token. The block of days in Open edX asks here."""

from fractions import Fraction
from typing import Any

from boiduong_exporter.credit.telling import result_line
from boiduong_exporter.credit.words import number, rounded
from boiduong_exporter.reporting.members import cadre_with
from boiduong_exporter.reporting.person import Account as Person
from boiduong_exporter.reporting.person import account_of
from boiduong_records.merging import people_of
from flask import Blueprint, Response, abort, jsonify, request
from sqlalchemy import Connection

from boiduong_server.accounts.scope import Scope, structure_of
from boiduong_server.accounts.tokens import Access, check
from boiduong_server.desk.access import allow, house
from boiduong_server.desk.worlds import Shared, shared
from boiduong_server.study.provisional import provisional

BLUEPRINT = Blueprint("api", __name__)
_SCHEME = "Bearer "
_MINUTE_MS = 60_000


@BLUEPRINT.get("/api/v1/ngay/<code>")
@allow()
def days(code: str) -> Response:
    """The days of the cadre with this code. A code that nobody has, and a cadre whom the token does not open, are
    answered alike."""
    access = _access()
    with house().books.reading() as books:
        world = shared(books, house())
        found = _found(books, world, access, code)
        cadres = people_of(books, found.who.cadre)
    fresh = provisional(house(), cadres)
    minutes = sum(part.ms for part in fresh.parts) // _MINUTE_MS
    response = jsonify(said(found, code) | {"head": world.head, "provisional_minutes": minutes})
    response.set_etag(f"{world.head.replace(':', '-')}-{world.day.isoformat()}-{minutes}")
    response.headers["Cache-Control"] = "private, no-cache"
    response.make_conditional(request)
    return response


def _access() -> Access:
    shown = request.headers.get("Authorization", "")
    with house().store.reading() as connection:
        found = check(connection, shown.removeprefix(_SCHEME).strip()) if shown.startswith(_SCHEME) else None
    if found is None:
        abort(401)
    return found


def _found(books: Connection, world: Shared, access: Access, code: str) -> Person:
    cadre = cadre_with(books, code)
    scope = Scope(books, structure_of(books, world.day), world.day, frozenset({access.organization}))
    if cadre is None or not scope.holds(cadre):
        abort(404)
    found = account_of(books, house().rules, world.world, cadre, world.asked)
    if found is None:
        abort(404)
    return found


def said(found: Person, code: str) -> dict[str, Any]:
    """Figures exact and as reports print them; what is not known is null."""
    report = found.report
    verdict, step = report.person.verdict, report.basis.display_step
    term = verdict.obligation.term
    return {
        "code": code,
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
