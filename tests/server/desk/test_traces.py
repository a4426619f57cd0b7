"""What an officer changes leaves a trace: an entry of the ledger, or a row of the audit log. A new route without one
fails here."""

import io
import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from boiduong_exporter.sealing.sheets import standing_of
from boiduong_records.ledger import head
from boiduong_server.accounts.roles import Role
from boiduong_server.house import House
from boiduong_server.tables import AUDIT, CORRECTION, GRANT, OBJECTION, PACKAGE, SCAN, SITTING, USER
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Column, ColumnElement, func, insert, select
from werkzeug.test import TestResponse

from tests.exporter.imports.made import xlsx
from tests.server.desk.conftest import Enter
from tests.server.desk.test_enrolling import HEAD, LIST, key
from tests.server.lam_giang import CLASS, NOW, LamGiang
from tests.server.packages import made
from tests.server.shelf.test_describing import FORM

LOOKS = {"enrolling.choose", "roll.paper.look"}
"""Shows whom a form or a sheet names, before anything is done."""
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
    yield "enrolling.sit", lambda: post(f"{LIST}/cho", nguoi=key(house, lam_giang, "01"), to="1")
    yield "enrolling.leave", lambda: post(f"{LIST}/thoi", nguoi=key(house, lam_giang, "01"))
    sheet = {"tep": (io.BytesIO(xlsx({"HV": [HEAD, ("02", "Trần Thị Bình", "")]})), "hoc-vien.xlsx")}
    yield "enrolling.from_file", lambda: client.post(f"{LIST}/tep", data=sheet, content_type="multipart/form-data")
    kit = f"/lop/{CLASS}/diem-danh"
    yield "kit.lead", lambda: post(kit, buoi="2026-11-18-sang", diem="", viec="mo")
    held = f"/buoi/{one(SITTING.c.public, SITTING.c.date == date(2026, 11, 18))}"
    yield "kit.not_open", lambda: post(f"{held}/thoi-mo")
    yield "kit.open_now", lambda: post(f"{held}/mo")
    yield "kit.heads", lambda: post(f"{held}/si-so", so="3")
    yield from rolled(client, house, lam_giang, post, held)
    yield "kit.closing.all_stayed", lambda: post(f"{held}/o-lai")
    yield "kit.closing.end", lambda: post(f"{held}/dong")
    yield "kit.closing.open_again", lambda: post(f"{held}/mo-lai")
    yield from corrected(house, lam_giang, post, held)


def rolled(
    client: FlaskClient, house: House, lam_giang: LamGiang, post: Callable[..., TestResponse], held: str
) -> Iterator[Step]:
    """What is written in the list of a sitting: by hand, of a telephone's claim, by the signed sheet."""
    wanted = {"nguoi": key(house, lam_giang, "02"), "viec": "excused", "ly-do": "đi công tác"}
    yield "roll.write", lambda: post(f"{held}/ghi", **wanted)
    with house.store.reading() as connection:
        sitting = connection.execute(select(SITTING.c.id)).scalars().first()
    claim = insert(SCAN).values(
        sitting=sitting, cadre=lam_giang.cadres["02"], user=1, at_ms=NOW, received_ms=NOW, nonce="a" * 32, typed=False,
        claimed_offline=True,
    )  # fmt: skip
    house.store.write(lambda connection: connection.execute(claim))
    yield "roll.believe", lambda: post(f"{held}/xac-nhan", ma="a" * 32)
    rows = [("Mã cán bộ", "Họ và tên", "18/11/2026 Sáng"), ("02", "Trần Thị Bình", "v")]
    file = {"tep": (io.BytesIO(xlsx({"DD": [("Mã lớp: TH1",), *rows]})), "bang-ky.xlsx")}
    looked = client.post(f"{held}/tep", data=file, content_type="multipart/form-data").text
    kept = re.search(r'name="giu" value="([^"]+)"', looked)
    assert kept, looked
    yield "roll.paper.enter", lambda: post(f"{held}/tep/ghi", giu=kept[1], dong="0")


def corrected(house: House, lam_giang: LamGiang, post: Callable[..., TestResponse], held: str) -> Iterator[Step]:
    """What is said against a sitting, and against what is sealed."""
    cadre = lam_giang.cadres["01"]
    with house.store.reading() as connection:
        sitting = connection.execute(select(SITTING.c.id)).scalars().first()
    with house.books.reading() as books:
        entries = [seq for seq, _ in standing_of(books, [cadre])]
    heard = insert(OBJECTION).values(id=1, sitting=sitting, cadre=cadre, text="có mặt", at_ms=NOW)
    house.store.write(lambda connection: connection.execute(heard))
    yield "objecting.decide", lambda: post(f"{held}/y-kien/1", **{"tra-loi": "khong", "ly-do": "không ai thấy"})
    wanted = {"ket-qua": "absent", "ly-do": "bản ký giấy"}
    there = f"/dinh-chinh/{key(house, lam_giang, '01')}/{entries[0]}"
    yield "correcting.propose", lambda: post(there, **wanted)
    yield "correcting.take_back", lambda: post("/dinh-chinh/1/rut")
    said = '{"presence":"absent","place":"","came":null,"left":null}'
    others = {"cadre": cadre, "said": said, "reason": "bản ký giấy", "user": 0, "by": "Người khác (nk)", "at_ms": NOW}
    rows = [{"id": number, "seq": seq, **others} for number, seq in ((2, entries[0]), (3, entries[1]))]
    house.store.write(lambda connection: connection.execute(insert(CORRECTION), rows))
    yield "correcting.refuse", lambda: post("/dinh-chinh/2/tu-choi", **{"ly-do": "không thấy chữ ký"})
    yield "correcting.agree", lambda: post("/dinh-chinh/3/duyet")


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
