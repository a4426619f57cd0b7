"""Whether the server is well: a word for who watches it from outside, a page for who keeps it."""

from dataclasses import asdict
from http import HTTPStatus

from boiduong_records.errors import BooksError
from boiduong_records.ledger import head
from flask import Blueprint, Response, current_app, jsonify, render_template, request
from sqlalchemy import select

from boiduong_server.accounts.roles import Role
from boiduong_server.desk.access import allow, house
from boiduong_server.desk.condition import condition
from boiduong_server.errors import StoreError
from boiduong_server.tables import SECRET

BLUEPRINT = Blueprint("health", __name__)


@BLUEPRINT.get("/suc-khoe")
@allow()
def well() -> tuple[Response, int]:
    """Whether books and tables answer. One row of each is read: it may be asked every few seconds, by anybody."""
    try:
        with house().books.reading() as books, house().store.reading() as store:
            head(books)
            store.execute(select(SECRET.c.name).limit(1)).scalar_one()
    except (BooksError, StoreError) as error:  # what drivers say names hosts and files: it is for the log
        current_app.logger.error(error.message_vi)
        return jsonify(ok=False), HTTPStatus.SERVICE_UNAVAILABLE
    return jsonify(ok=True), HTTPStatus.OK


@BLUEPRINT.get("/suc-khoe/chi-tiet")
@allow(Role.ADMINISTRATOR, Role.AUDITOR)
def details() -> Response | str:
    """Figures of the machine, none of anybody; as JSON where that is asked for."""
    found = condition(house())
    if request.accept_mimetypes.best == "application/json":
        return jsonify(asdict(found) | {"worries": [asdict(each) for each in found.worries]})
    return render_template("health/details.html", found=found)
