"""A class's papers: the sheet to sign, and the roster by place and team."""

from itertools import groupby

from boiduong_exporter.templates.enrolled import SheetOf, sheet_of
from boiduong_exporter.templates.sheet import write_sheet
from boiduong_vocabulary.vietnamese import slug
from flask import Blueprint, Response, abort, render_template, request

from boiduong_server.desk.access import allow, house
from boiduong_server.desk.class_sessions import ClassRun
from boiduong_server.desk.kit import class_of, session_in
from boiduong_server.desk.running import LOOKERS
from boiduong_server.desk.workbooks import workbook

BLUEPRINT = Blueprint("class_papers", __name__)


@BLUEPRINT.get("/lop/<path:code>/danh-sach-to")
@allow(*LOOKERS)
def teams(code: str) -> str:
    """Who sits where, in which team; by `diem` at one place."""
    run, found = _sheet(code)
    groups = groupby(found.people, lambda each: (each.place, each.team))
    return render_template("kit/teams.html", run=run, groups=[(*key, list(people)) for key, people in groups])


@BLUEPRINT.get("/lop/<path:code>/bang-ky.xlsx")
@allow(*LOOKERS)
def sheet(code: str) -> Response:
    """The sheet to sign; by `diem` of one place, by `buoi` of one session."""
    run, found = _sheet(code)
    name = "-".join(filter(None, ("bang-ky", slug(run.code), slug(found.place), request.args.get("buoi", ""))))
    return workbook(name, lambda path: write_sheet(found, path))


def _sheet(code: str) -> tuple[ClassRun, SheetOf]:
    run, sessions = class_of(code)
    place, asked = request.args.get("diem", ""), request.args.get("buoi", "")
    if place not in ("", *run.places):
        abort(404)
    slot = session_in(sessions, asked).slot if asked else None
    with house().books.reading() as books:
        only = place or ("" if run.whole else run.places[0])
        found = sheet_of(books, code, only, [(slot.date, slot.half)] if slot else [])
    return (run, found) if isinstance(found, SheetOf) else abort(404)
