"""«Của tôi»: what one's own days come to, what there is to study, and the unit of those who head one."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from boiduong_exporter.credit.verdict import Standing
from boiduong_exporter.reporting.person import Account as Person
from boiduong_exporter.reporting.person import account_of
from boiduong_exporter.reports.slip import slip_pdf
from boiduong_records.enrolment import classes_of
from boiduong_records.merging import people_of
from boiduong_vocabulary.vietnamese import slug
from flask import Blueprint, Response, abort, render_template, request
from sqlalchemy import Connection

from boiduong_server.accounts.account import Account
from boiduong_server.accounts.roles import Role
from boiduong_server.desk.access import account, allow, house
from boiduong_server.desk.outcome import recent
from boiduong_server.desk.places import OVERSEERS, places
from boiduong_server.desk.reckoning import reckoning
from boiduong_server.desk.studying import Known, coming, courses, go_on, tasks, topics
from boiduong_server.desk.unit import listing, units_of
from boiduong_server.desk.worlds import Shared, shared
from boiduong_server.house import House
from boiduong_server.shelf.shelf import packages_for
from boiduong_server.study.attempts import attempts_of
from boiduong_server.study.provisional import provisional


@dataclass(frozen=True)
class Fresh:
    """Time studied in a topic on a day that no seal has made evidence of yet."""

    day: date
    title: str
    ms: int
    offline_ms: int


BLUEPRINT = Blueprint("mine", __name__)
SOON = 6
"""Sessions that are shown at once; the others lie folded."""


@BLUEPRINT.app_context_processor
def _places() -> dict[str, Any]:
    return {"places_of": lambda who: list(places(who))}


@BLUEPRINT.get("/")
@allow(*Role)
def mine() -> str:
    """One's own page; beside it, for those who head a unit, the unit's."""
    who = account()
    tabbed = who.cadre is not None and bool(who.roles & frozenset(OVERSEERS))
    if who.cadre is None or (tabbed and request.args.get("xem") == "don-vi"):
        return _of_unit(who, tabbed)
    with house().books.reading() as books:
        world = shared(books, house())
        found = account_of(books, house().rules, world.world, who.cadre, world.asked)
        if found is None:
            return render_template("mine/nobody.html", tabbed=tabbed)
        cadres = people_of(books, found.who.cadre)
        classes = classes_of(books, cadres)
        held = [each for each in recent(books, house(), _names(classes, world), found.who.cadre) if not each.entry]
    return render_template(
        "mine/mine.html", tabbed=tabbed, told=reckoning(found, world.world), slip="/phieu.pdf", held=held,
        **_studies(house(), found, cadres, classes, world),
    )  # fmt: skip


def _names(classes: list[str], world: Shared) -> dict[str, str]:
    known = world.world.classes
    return {code: known[code].name or code if code in known else code for code in classes}


def _studies(at: House, found: Person, cadres: tuple[int, ...], classes: list[str], world: Shared) -> dict[str, Any]:
    """What the page says of studying; nothing of it is in the books yet, or it is what to do next."""
    fresh = provisional(at, cadres)
    with at.store.reading() as connection:
        tried = attempts_of(connection, cadres)
        here = {key for key in topics(classes, world) if packages_for(connection, *key)}
    known = Known(found, classes, tried, fresh.by_study, here)
    todo = tasks(known, world, at.rules.rulebook)
    ahead = coming(classes, world, at.today)
    titles = {each.study: each.title for each in todo}
    parts = sorted(fresh.parts, key=lambda part: (-part.day.toordinal(), part.study))
    rows = [Fresh(part.day, titles.get(part.study, part.study[1]), part.ms, part.offline_ms) for part in parts]
    return {
        "fresh": rows, "courses": courses(todo), "next": go_on(todo), "soon": ahead[:SOON], "later": ahead[SOON:],
        "today": at.today,
    }  # fmt: skip


def _of_unit(who: Account, tabbed: bool) -> str:
    with house().books.reading() as books:
        world = shared(books, house())
        units = units_of(who, world)
        view = listing(books, house(), world, units[0], who) if len(units) == 1 else None
    return render_template(
        "mine/unit.html", tabbed=tabbed, units=units, view=view, world=world, standings=list(Standing),
        roles=[role.label for role in Role if role in who.roles],
    )  # fmt: skip


@BLUEPRINT.get("/phieu.pdf")
@allow(Role.LEARNER)
def slip() -> Response:
    who = account()
    with house().books.reading() as books:
        found = _own(books, house(), who)
    return pdf(found, house().today)


def _own(books: Connection, at: House, who: Account) -> Person:
    world = shared(books, at)
    found = account_of(books, at.rules, world.world, who.cadre, world.asked) if who.cadre is not None else None
    if found is None:
        abort(404)
    return found


def pdf(found: Person, day: date) -> Response:
    """Someone's «Phiếu tính ngày», to be shown or kept."""
    name = f"phieu-tinh-ngay-{slug(found.who.code or found.who.name)}-{day.isoformat()}.pdf"
    response = Response(slip_pdf(found.report), mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
