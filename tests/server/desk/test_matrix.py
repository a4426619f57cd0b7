"""Every role against every route: what one may not, one is refused; and of other units nothing is told.

Everybody here is granted DU01, whose people are 01, 02 and 03; the learner is 02. Of DU02 are 04 and 06.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from boiduong_records.decision import Decision
from boiduong_records.enrolment import enrol
from boiduong_records.people import subject_of
from boiduong_server.accounts.listing import people_by_code
from boiduong_server.accounts.making import make_accounts, prepared
from boiduong_server.accounts.roles import Role
from boiduong_server.accounts.scope import scope_within
from boiduong_server.attending.sittings import Slot, prepare
from boiduong_server.house import House
from boiduong_server.shelf.shelf import add, package
from boiduong_server.study.launches import Opening, open_launch
from boiduong_server.tables import USER
from boiduong_vocabulary.evidence import Half
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.routing import Rule

from tests.server.desk.conftest import Enter
from tests.server.lam_giang import CLASS, EDITION, NOW, TOPIC, LamGiang

LEARNER, MONITOR, UNIT, PROVINCE = Role.LEARNER, Role.MONITOR, Role.UNIT_OFFICER, Role.PROVINCE_OFFICER
AUDITOR, ADMIN = Role.AUDITOR, Role.ADMINISTRATOR
ANYONE: frozenset[Role] = frozenset()
ENTERED = frozenset(Role)
STAFF = frozenset({UNIT, PROVINCE, ADMIN})
OVERSEERS = frozenset({UNIT, PROVINCE, AUDITOR})
ALLOWED = {
    "asset": ANYONE,
    "api.days": ANYONE,  # behind a token of its own
    "api.days_of_account": ANYONE,
    "entry.enter": ANYONE,
    "entry.try_to_enter": ANYONE,
    "entry.leave": ANYONE,
    "password.password": ANYONE,
    "password.choose": ANYONE,
    "second_step.ask": ANYONE,
    "second_step.answer": ANYONE,
    "devices.devices": ENTERED,
    "devices.end": ENTERED,
    "devices.end_others": ENTERED,
    "mine.mine": ENTERED,
    "mine.slip": {LEARNER},
    "learn.learn": {LEARNER},
    "learn.late_commit": {LEARNER},
    "learn.late_signs": {LEARNER},
    "unit.units": OVERSEERS,
    "unit.unit": OVERSEERS,
    "person.person": OVERSEERS,
    "person.evidence": OVERSEERS,
    "person.slip": OVERSEERS,
    "packages.shelf": {PROVINCE, AUDITOR, ADMIN},
    "packages.one": {PROVINCE, AUDITOR, ADMIN},
    "packages.bring": {PROVINCE, ADMIN},
    "packages.say": {PROVINCE, ADMIN},
    "packages.take_away": {PROVINCE, ADMIN},
    "enrolling.classes": OVERSEERS | {MONITOR},
    "enrolling.learners": OVERSEERS | {MONITOR},
    "enrolling.choose": {UNIT, PROVINCE},
    "enrolling.join": {UNIT, PROVINCE},
    "enrolling.leave": {UNIT, PROVINCE},
    "enrolling.sit": {UNIT, PROVINCE},
    "enrolling.from_file": {UNIT, PROVINCE},
    "enrolling.template": {UNIT, PROVINCE},
    "kit.kit": OVERSEERS | {MONITOR},
    "kit.lead": {UNIT, PROVINCE, MONITOR},
    "kit.open_now": {UNIT, PROVINCE, MONITOR},
    "kit.not_open": {UNIT, PROVINCE, MONITOR},
    "kit.heads": {UNIT, PROVINCE, MONITOR},
    "kit.count": OVERSEERS | {MONITOR},
    "class_papers.teams": OVERSEERS | {MONITOR},
    "class_papers.sheet": OVERSEERS | {MONITOR},
    "kit.closing.look": {UNIT, PROVINCE, MONITOR},
    "kit.closing.end": {UNIT, PROVINCE, MONITOR},
    "kit.closing.open_again": {UNIT, PROVINCE, MONITOR},
    "kit.closing.all_stayed": {UNIT, PROVINCE, MONITOR},
    "roll.roll": OVERSEERS | {MONITOR},
    "roll.news": OVERSEERS | {MONITOR},
    "roll.write": {UNIT, PROVINCE, MONITOR},
    "roll.believe": {UNIT, PROVINCE, MONITOR},
    "roll.find": {UNIT, PROVINCE, MONITOR},
    "roll.paper.choose": {UNIT, PROVINCE, MONITOR},
    "roll.paper.look": {UNIT, PROVINCE, MONITOR},
    "roll.paper.enter": {UNIT, PROVINCE, MONITOR},
    "team.team": {LEARNER},
    "team.news": {LEARNER},
    "team.tick": {LEARNER},
    "screen.screen": {UNIT, PROVINCE, MONITOR},
    "screen.codes": {UNIT, PROVINCE, MONITOR},
    "scanning.typing": ANYONE,
    "scanning.small": ANYONE,
    "scanning.opened": ANYONE,
    "scanning.typed": ANYONE,
    "scanning.stamped": ANYONE,
    "scanning.confirm": ANYONE,
    "scanning.own": ANYONE,
    "claims.clock": ANYONE,
    "claims.sender": ANYONE,
    "claims.send": {LEARNER},
    "claims.worker": ANYONE,
    "staff.accounts": STAFF,
    "staff.making": STAFF,
    "staff.make": STAFF,
    "staff_account.one": STAFF,
    "staff_account.reset": STAFF,
    "staff_account.lock": STAFF,
    "staff_account.unlock": STAFF,
    "staff_account.change_phone": STAFF,
    "staff_account.give": STAFF,
    "staff_account.take_back": STAFF,
    "audit.log": {AUDITOR, ADMIN},
    "objecting.own": {LEARNER},
    "objecting.say": {LEARNER},
    "objecting.objections": OVERSEERS | {MONITOR},
    "objecting.decide": {UNIT, PROVINCE, MONITOR},
    "objecting.result": OVERSEERS | {MONITOR},
    "correcting.waiting": {UNIT, PROVINCE},
    "correcting.form": {UNIT, PROVINCE},
    "correcting.propose": {UNIT, PROVINCE},
    "correcting.agree": {UNIT, PROVINCE},
    "correcting.refuse": {UNIT, PROVINCE},
    "correcting.take_back": {UNIT, PROVINCE},
    "health.well": ANYONE,
    "health.details": {AUDITOR, ADMIN},
}
OF_A_UNIT = (
    "unit.unit", "person.person", "person.evidence", "person.slip", "staff_account.", "correcting.form",
    "correcting.propose",
)  # fmt: skip
"""Beginnings of routes whose address names somebody or something of one unit."""
OF_A_CLASS = ("enrolling.", "kit.", "screen.", "roll.", "team.")
"""Beginnings of routes whose address names a class, or one of its sittings."""
SEARCHED = (
    "/don-vi", "/don-vi/DU01", "/tai-khoan", "/nhat-ky", "/lop", f"/lop/{CLASS}/hoc-vien",
    f"/lop/{CLASS}/hoc-vien/chon",
)  # fmt: skip
STRANGERS = ("Lê Văn Dũng", "Phạm Văn Khải", "Hồ Văn Minh")
"""Who is of no unit below DU01."""


@dataclass(frozen=True)
class Names:
    """What stands in addresses: once of one's own unit, once of another."""

    subject: str
    code: str
    user: int
    public: str
    key: str
    sitting: str

    def address(self, desk: Flask, rule: Rule, method: str) -> str:
        values = {
            "subject": self.subject, "code": self.code, "user": self.user, "public": self.public, "key": self.key,
            "class_code": CLASS, "topic": TOPIC, "seq": 1, "grant": 1, "session": 1, "number": 1, "name": "desk.css",
        }  # fmt: skip
        if rule.endpoint.startswith(OF_A_CLASS):
            values |= {"code": CLASS, "public": self.sitting}
        adapter = desk.url_map.bind("")
        return adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments}, method)


@dataclass(frozen=True)
class Province:
    own: Names
    other: Names


@pytest.fixture
def province(house: House, lam_giang: LamGiang) -> Province:
    """Everybody has an account and a seat in the class; one of each unit has opened its topic."""
    with house.books.reading() as books, house.store.reading() as store:
        people = people_by_code(store, scope_within(books, "", house.today), lam_giang.cadres)
    accounts = prepared(people)
    house.store.write(lambda connection: make_accounts(connection, accounts, NOW))
    with house.books.writing() as connection:
        enrol(connection, CLASS, list(lam_giang.cadres.values()), (), Decision("mẫu", "Bộ", "", NOW))
    with lam_giang.packages["scorm12"].open("rb") as archive:
        add(house, archive, "mẫu")
    return Province(_names(house, lam_giang, "03", "DU01"), _names(house, lam_giang, "04", "DU02"))


def _names(house: House, lam_giang: LamGiang, code: str, unit: str) -> Names:
    cadre = lam_giang.cadres[code]
    with house.books.reading() as books, house.store.reading() as store:
        subject = subject_of(books, cadre)
        user = store.execute(select(USER.c.id).where(USER.c.cadre == cadre)).scalar_one()
        found = package(store, 1)
    assert found
    launch = open_launch(house.store, Opening(user, cadre, CLASS, TOPIC, EDITION, found.id), NOW)
    slot = Slot(CLASS, date(2026, 11, 18), Half.MORNING)
    sitting = prepare(house.store, slot, "", (NOW, NOW), NOW)
    return Names(subject, unit, user, launch.public, found.key, sitting.public)


def routes(desk: Flask) -> Iterator[tuple[Rule, str]]:
    for rule in desk.url_map.iter_rules():
        for method in sorted((rule.methods or set()) & {"GET", "POST"}):
            yield rule, method


def log_in(client: FlaskClient, enter: Enter, lam_giang: LamGiang, role: Role) -> None:
    if role is LEARNER:
        enter(client, cadre=lam_giang.cadres["02"])
    else:
        enter(client, role, organization="DU01")


def test_every_route_says_who_may_and_this_table_says_the_same(desk: Flask) -> None:
    found = {rule.endpoint: getattr(desk.view_functions[rule.endpoint], "allowed", None) for rule, _ in routes(desk)}
    assert found == ALLOWED


def test_nobody_unknown_opens_anything_but_the_way_in(desk: Flask, province: Province) -> None:
    for rule, method in routes(desk):
        if ALLOWED[rule.endpoint] != ANYONE:
            answer = desk.test_client().open(province.own.address(desk, rule, method), method=method)
            assert answer.status_code == (303 if method == "GET" else 401), rule
            assert method == "POST" or answer.location.startswith("/dang-nhap")


@pytest.mark.parametrize("role", list(Role))
def test_each_role_opens_its_own_routes_and_no_other(
    desk: Flask, enter: Enter, lam_giang: LamGiang, province: Province, role: Role
) -> None:
    refused, opened = set(), set()
    for rule, method in routes(desk):
        client = desk.test_client()
        log_in(client, enter, lam_giang, role)
        status = client.open(province.own.address(desk, rule, method), method=method).status_code
        assert status < 500, (rule, method)
        if ALLOWED[rule.endpoint] != ANYONE:
            (refused if status == 403 else opened).add(rule.endpoint)
    assert not refused & opened
    assert opened == {endpoint for endpoint, roles in ALLOWED.items() if role in roles}


@pytest.mark.parametrize("role", list(Role))
def test_another_units_people_are_as_if_they_did_not_exist(
    desk: Flask, enter: Enter, lam_giang: LamGiang, province: Province, role: Role
) -> None:
    for rule, method in routes(desk):
        client = desk.test_client()
        log_in(client, enter, lam_giang, role)
        answer = client.open(province.other.address(desk, rule, method), method=method)
        if rule.endpoint.startswith(OF_A_UNIT) and rule.arguments:
            expected = 404 if role in ALLOWED[rule.endpoint] else 403
            assert answer.status_code == expected, (rule, method)
        if answer.mimetype == "text/html":
            assert not [name for name in STRANGERS if name in answer.text], (rule, method)


@pytest.mark.parametrize("role", [UNIT, PROVINCE, AUDITOR, MONITOR, ADMIN])
def test_no_search_finds_another_units_people(
    client: FlaskClient, enter: Enter, lam_giang: LamGiang, province: Province, role: Role
) -> None:
    log_in(client, enter, lam_giang, role)
    for path in SEARCHED:
        for text in ("Dũng", "dung", "04", "Văn Khải"):
            page = client.get(path, query_string={"tim": text, "q": text, "ma": text}).text
            assert not [name for name in (*STRANGERS, province.other.subject) if name in page], (path, text)


def test_a_learner_reaches_no_launch_but_their_own(
    client: FlaskClient, enter: Enter, lam_giang: LamGiang, province: Province
) -> None:
    enter(client, cadre=lam_giang.cadres["02"])
    for way in ("nhip", "ghi"):
        answer = client.post(f"/hoc/{province.own.public}/{way}", json={})
        assert answer.status_code in (403, 404)
