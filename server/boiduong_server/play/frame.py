"""Our frame around a package: it gives SCOs their API, keeps the study clock, and shows the table of contents."""

from typing import Any

from boiduong_records.people import subject_of
from flask import Blueprint, Response, make_response, render_template
from msgspec import to_builtins
from sqlalchemy import Connection, select

from boiduong_server.errors import ServerError
from boiduong_server.house import House
from boiduong_server.play.files import address
from boiduong_server.play.launches import house, launch
from boiduong_server.shelf import shelf
from boiduong_server.study import browser_json
from boiduong_server.study.commits import states
from boiduong_server.study.launches import LiveLaunch
from boiduong_server.tables import ATTEMPT, LAUNCH, USER

BLUEPRINT = Blueprint("frame", __name__, template_folder="templates")


@BLUEPRINT.get("/phien/<token>/")
def frame(token: str) -> Response:
    """The page in the application's iframe."""
    opened = launch(token)
    config = _config(house(), opened)
    page = render_template(
        "play/frame.html",
        title=config["title"],
        config=browser_json.write(config).replace("<", "\\u003c"),
        script=address("frame.js"),
        style=address("frame.css"),
        runtime=address(f"{config['standard']}.js"),
    )
    response = make_response(page)
    response.headers["Content-Security-Policy"] = (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        f"frame-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors {house().application}"
    )
    return response


def _config(house: House, opened: LiveLaunch) -> dict[str, Any]:
    """What the frame's script begins with (assets/frame.js)."""
    with house.store.reading() as connection:
        package = shelf.package(connection, opened.package)
        learner = {"id": _subject(house, opened.cadre), "name": _name(connection, opened.id)}
        kept = {item: browser_json.read(row.cmi) for item, row in states(connection, opened.attempt).items()}
        walk = connection.execute(
            select(ATTEMPT.c.place, ATTEMPT.c.sequencing).where(ATTEMPT.c.id == opened.attempt)
        ).one()
    organization = package.structure.organization(opened.organization)
    return {
        "standard": package.structure.standard,
        "title": organization.title or package.structure.title,
        "root": f"/goi/{package.key}/",
        "items": to_builtins(organization.items),
        "sequencing": organization.sequencing,
        "learner": learner,
        "states": kept,
        "walk": {"place": walk.place, "sequencing": walk.sequencing},
        "base": max(0, house.now_ms() - opened.opened_ms) // 1000 + 1,
        "launch": opened.public,
        "stale": opened.stale_ms is not None,
        "parent": house.application,
    }


def _subject(house: House, cadre: int) -> str:
    """What packages know a learner by: the ledger's random key, never a number that a person bears."""
    with house.books.reading() as connection:
        return subject_of(connection, cadre)


def _name(connection: Connection, launch: int) -> str:
    query = select(USER.c.name).join(LAUNCH, LAUNCH.c.user == USER.c.id).where(LAUNCH.c.id == launch)
    name: str | None = connection.execute(query).scalar_one_or_none()
    if name is None:
        raise ServerError("tài khoản đã mở phiên học này không còn", "mở lại bài từ trang «Của tôi»", 404)
    return name
