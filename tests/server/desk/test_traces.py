"""What an officer changes leaves a trace: an entry of the ledger, or a row of the audit log. A new route without one
fails here."""

import io
from collections.abc import Callable, Iterator
from typing import Any

from boiduong_records.ledger import head
from boiduong_server.accounts.roles import Role
from boiduong_server.house import House
from boiduong_server.tables import AUDIT, GRANT, PACKAGE, USER
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Column, ColumnElement, func, select
from werkzeug.test import TestResponse

from tests.exporter.imports.made import xlsx
from tests.server.desk.conftest import Enter
from tests.server.desk.test_enrolling import HEAD, LIST, key
from tests.server.lam_giang import LamGiang
from tests.server.packages import made
from tests.server.shelf.test_describing import FORM

LOOKS = {"enrolling.choose"}
"""Shows whom a form names, before anything is done."""
Step = tuple[str, Callable[[], TestResponse]]


def traces(house: House) -> tuple[int, int]:
    """The ledger's last entry, and how many rows the audit log has."""
    with house.books.reading() as books, house.store.reading() as store:
        return head(books).seq, store.execute(select(func.count()).select_from(AUDIT)).scalar_one()


def steps(client: FlaskClient, house: House, lam_giang: LamGiang) -> Iterator[Step]:
    """Each thing that an officer can change, by the name of its view, done once; in an order in which all can be."""

    def one(column: Column[Any], is_: ColumnElement[bool] | None = None) -> Any:
        query = select(column) if is_ is None else select(column).where(is_)
        with house.store.reading() as connection:
            return connection.execute(query).scalars().one()

    def post(path: str, **form: str) -> TestResponse:
        return client.post(path, data=form)

    file = {"goi": (io.BytesIO(made.single12()), "bài.zip")}
    yield "packages.bring", lambda: client.post("/goi-bai", data=file, content_type="multipart/form-data")
    bag = f"/goi-bai/{one(PACKAGE.c.key)}"
    yield "packages.say", lambda: post(f"{bag}/mo-ta", **FORM)
    yield "packages.take_away", lambda: post(f"{bag}/go")
    yield "staff.make", lambda: post("/tai-khoan/lap", ma="03")
    account = f"/tai-khoan/{one(USER.c.id, USER.c.code == '03')}"
    yield "staff_account.change_phone", lambda: post(f"{account}/dien-thoai", so="0912 345 678")
    given = {"vai-tro": "unit_officer", "don-vi": "DU01"}
    yield "staff_account.give", lambda: post(f"{account}/vai-tro", **given)
    granted = one(GRANT.c.id, GRANT.c.role == "unit_officer")
    yield "staff_account.take_back", lambda: post(f"{account}/vai-tro/{granted}/thoi")
    yield "staff_account.reset", lambda: post(f"{account}/cap-lai")
    yield "staff_account.lock", lambda: post(f"{account}/khoa")
    yield "staff_account.unlock", lambda: post(f"{account}/mo-khoa")
    yield "enrolling.join", lambda: post(LIST, nguoi=key(house, lam_giang, "01"))
    yield "enrolling.leave", lambda: post(f"{LIST}/thoi", nguoi=key(house, lam_giang, "01"))
    sheet = {"tep": (io.BytesIO(xlsx({"HV": [HEAD, ("02", "Trần Thị Bình", "")]})), "hoc-vien.xlsx")}
    yield "enrolling.from_file", lambda: client.post(f"{LIST}/tep", data=sheet, content_type="multipart/form-data")


def test_every_change_by_an_officer_leaves_a_trace(
    desk: Flask, client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    done = set()
    for view, act in steps(client, house, lam_giang):
        before, answer = traces(house), act()
        assert answer.status_code in (200, 303), (view, answer.status_code, answer.text)
        assert traces(house) > before, f"{view} leaves no trace"
        done.add(view)
    officers = {
        rule.endpoint
        for rule in desk.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and _is_of_officers(desk, rule.endpoint)
    }
    assert officers == done | LOOKS


def _is_of_officers(desk: Flask, view: str) -> bool:
    """Not what everybody does for themselves: to enter, to study, to end a device."""
    roles: frozenset[Role] = getattr(desk.view_functions[view], "allowed", frozenset())
    return bool(roles) and Role.LEARNER not in roles
