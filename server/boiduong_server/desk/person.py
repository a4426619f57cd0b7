"""One person's account before those who oversee: the same page as the person's own, and from each line down to the
evidence."""

from boiduong_exporter.reporting.members import cadre_of
from boiduong_exporter.reporting.person import Account as Person
from boiduong_exporter.reporting.person import account_of
from flask import Blueprint, Response, abort, render_template
from sqlalchemy import Connection

from boiduong_server.accounts.scope import scope_of
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.class_lists import ENROLLERS
from boiduong_server.desk.mine import pdf
from boiduong_server.desk.places import OVERSEERS
from boiduong_server.desk.proof import proof_of
from boiduong_server.desk.reckoning import reckoning
from boiduong_server.desk.worlds import Shared, shared

BLUEPRINT = Blueprint("person", __name__)
_LAST = 2**53
"""No entry has a higher number; SQLite takes none beyond 64 bits."""


@BLUEPRINT.get("/nguoi/<subject>")
@allow(*OVERSEERS)
def person(subject: str) -> str:
    with house().books.reading() as books:
        found, world = _seen(books, subject)
    there = f"/nguoi/{subject}"
    return render_template(
        "person/person.html", told=reckoning(found, world.world), slip=f"{there}/phieu.pdf",
        proofs=f"{there}/minh-chung",
    )  # fmt: skip


@BLUEPRINT.get("/nguoi/<subject>/phieu.pdf")
@allow(*OVERSEERS)
def slip(subject: str) -> Response:
    with house().books.reading() as books:
        found, _ = _seen(books, subject)
    return pdf(found, house().today)


@BLUEPRINT.get(f"/nguoi/<subject>/minh-chung/<int(max={_LAST}):seq>")
@allow(*OVERSEERS)
def evidence(subject: str, seq: int) -> str:
    """One entry about this person, with all that it rests on."""
    with house().books.reading() as books:
        found, world = _seen(books, subject)
        proof = proof_of(books, house(), world, found, seq)
    if proof is None:
        abort(404)
    return render_template(
        "person/proof.html", proof=proof, told=found, subject=subject, corrects=bool(account().roles & {*ENROLLERS})
    )


def _seen(books: Connection, subject: str) -> tuple[Person, Shared]:
    """The person whose key it is; who may not see them is told what is told of a key that nobody has."""
    cadre = cadre_of(books, subject)
    if cadre is None or not scope_of(books, account(), house().today, OVERSEERS).holds(cadre):
        abort(404)
    world = shared(books, house())
    found = account_of(books, house().rules, world.world, cadre, world.asked)
    if found is None:
        abort(404)
    return found, world
