"""The sample's server: whoever the guide names gets in, the learner has a class to study, and finds today's minutes."""

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta, timezone
from functools import cache

import pytest
from boiduong_records.enrolment import enrolled, may_study
from boiduong_records.seating import seating_of
from boiduong_records.verify import verify
from boiduong_server.accounts.roles import Role
from boiduong_server.desk.app import create
from boiduong_server.house import House
from boiduong_server.shelf.shelf import packages_for
from boiduong_server.study.provisional import provisional
from flask.testing import FlaskClient
from pyotp import TOTP

from tests.demo.conftest import TODAY
from tests.demo.small import Small
from tools.demo.accounts import AT_BRIDGES, MONITOR, PASSWORD, Known
from tools.demo.classes import BRIDGES, MAIN_HALL, held_course, open_course
from tools.demo.serving import furnish, house
from tools.demo.steps import Walk
from tools.demo.walking import catalog_in

NOW = int(datetime(TODAY.year, TODAY.month, TODAY.day, 20, tzinfo=timezone(timedelta(hours=7))).timestamp() * 1000)
CLASS = open_course(TODAY, "").code
Enter = Callable[[Known], FlaskClient]


@dataclass(frozen=True)
class Served:
    walk: Walk
    accounts: list[Known]
    guide: str

    @property
    def learner(self) -> Known:
        return self.accounts[0]


@pytest.fixture(scope="module")
def served(small: Small, tmp_path_factory: pytest.TempPathFactory) -> Served:
    """The small province's books, copied, with their server."""
    folder = tmp_path_factory.mktemp("may-chu")
    books = folder / small.walk.books.name
    shutil.copy(small.walk.books, books)
    shutil.copytree(small.walk.books.with_suffix(".beats"), books.with_suffix(".beats"))
    walk = replace(small.walk, books=books)
    accounts = furnish(walk, NOW, lambda _: None)
    return Served(walk, accounts, (folder / "DOC-TRUOC.txt").read_text("utf-8"))


@pytest.fixture(scope="module")
def opened(served: Served) -> Iterator[House]:
    with house(served.walk, NOW) as found:
        yield found


@pytest.fixture(scope="module")
def enter(opened: House) -> Enter:
    """Log in as the guide says: once for each account, for a code of the second step is taken only once."""
    app = create(opened)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    return cache(lambda account: _enter(opened, app.test_client(), account))


def _enter(opened: House, client: FlaskClient, account: Known) -> FlaskClient:
    form = {"ten": account.holder.code, "mat-khau": PASSWORD}
    client.post("/dang-nhap", data=form, base_url=opened.application)
    if account.secret:
        code = TOTP(account.secret).at(NOW // 1000)
        client.post("/xac-thuc", data={"ma": code}, base_url=opened.application)
    return client


def test_every_role_has_an_account(served: Served) -> None:
    assert {each.holder.role for each in served.accounts} == {None, *Role} - {Role.LEARNER}


def test_each_account_that_the_guide_names_gets_in(served: Served, opened: House, enter: Enter) -> None:
    assert PASSWORD in served.guide
    for account in served.accounts:
        assert f"{account.holder.code} " in served.guide
        client = enter(account)
        known = client.get("/thiet-bi" if account.holder.role is None else "/", base_url=opened.application)
        assert known.status_code in (200, 302, 303), account.holder
        assert "/dang-nhap" not in known.headers.get("Location", ""), account.holder


def test_every_topic_of_the_programme_lies_on_the_shelf_for_the_class(served: Served, opened: House) -> None:
    with opened.store.reading() as connection:
        for topic in catalog_in(served.walk.catalog).topics:
            assert packages_for(connection, topic.id, topic.edition), topic.id


def test_the_learner_has_a_class_under_way_and_minutes_of_today(served: Served, opened: House) -> None:
    cadre = served.learner.holder.cadre
    assert cadre is not None
    with opened.books.reading() as connection:
        assert may_study(connection, [cadre], CLASS)
        assert cadre in enrolled(connection, CLASS)
    assert provisional(opened, [cadre]).by_day == {TODAY: 25 * 60_000}


def test_a_class_meets_today_in_the_hall_and_at_bridges_whose_monitors_have_accounts(
    served: Served, opened: House, enter: Enter
) -> None:
    course = held_course(TODAY, MONITOR, AT_BRIDGES)
    assert course.days[0] == TODAY
    monitors = {each.holder.name: each for each in served.accounts if each.holder.role is Role.MONITOR}
    hall = enter(monitors[MONITOR]).get(f"/lop/{course.code}/diem-danh", base_url=opened.application).text
    bridge = enter(monitors[AT_BRIDGES]).get(f"/lop/{course.code}/diem-danh", base_url=opened.application).text
    assert MAIN_HALL in hall
    assert BRIDGES[0] not in hall
    assert BRIDGES[0] in bridge
    assert MAIN_HALL not in bridge


def test_the_learner_leads_a_team_in_the_hall(served: Served, opened: House) -> None:
    cadre = served.learner.holder.cadre
    with opened.books.reading() as connection:
        seats = seating_of(connection, held_course(TODAY, "", "").code)
    assert cadre is not None
    assert (seats[cadre].place, seats[cadre].leads) == (MAIN_HALL, True)
    assert len({seat.team for seat in seats.values()}) > 1


def test_the_books_are_whole_and_the_guide_says_that_all_is_invented(served: Served, opened: House) -> None:
    with opened.books.reading() as connection:
        assert verify(connection) == []
    assert served.guide.startswith("DỮ LIỆU MẪU")


def test_the_class_under_way_begins_on_a_monday_to_come() -> None:
    for day in range(7):
        course = open_course(TODAY + timedelta(days=day), "")
        assert (course.starts.weekday(), 7 < (course.starts - TODAY).days - day <= 14) == (0, True)
