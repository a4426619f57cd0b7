"""A unit's people: who is listed, in which order, found how, and shown to whom."""

import re

import pytest
from boiduong_records.decision import Decision
from boiduong_records.ledger import append_act
from boiduong_records.people import Management, Person, Post, register
from boiduong_server.accounts.roles import Role
from boiduong_server.house import House
from flask.testing import FlaskClient

from tests.server.desk.conftest import Enter
from tests.server.desk.reading_pages import ask, page, text
from tests.server.lam_giang import NOW, LamGiang

BY = Decision("phép thử", "Người ghi", "Người duyệt", NOW)


def names(markup: str) -> list[str]:
    """Those of the list, in its order."""
    return re.findall(r'<th scope="row"><a href="/nguoi/[0-9a-f]{32}">([^<]+)</a>', markup)


def crowd(house: House, count: int, organization: str = "DU02") -> None:
    with house.books.writing() as connection:
        seq = append_act(connection, "import", "", {"kind": "phép thử"}, BY)
        people = [
            Person(
                f"C{number:03}", f"Cao Văn A{number:03}", "1980", (Post("Ủy viên", organization),), (Management("TU"),)
            )
            for number in range(count)
        ]
        register(connection, people, seq)


def test_a_units_people_stand_in_the_order_of_vietnamese_names_with_their_days(
    client: FlaskClient, enter: Enter
) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    found = page(client, "/don-vi/TU")
    assert names(found) == [
        "Nguyễn Văn An", "Trần Thị Bình", "Lê Văn Dũng", "Đỗ Thị Hoa", "Phạm Văn Khải", "Vũ Thị Lan", "Hồ Văn Minh",
    ]  # fmt: skip
    said = text(found)
    assert "7 người giữ chức vụ trong đơn vị" in said
    assert "Nguyễn Văn An Bí thư – Đảng ủy xã An Hòa 7 7 0 đủ" in said
    assert "Hồ Văn Minh Bí thư – Tỉnh ủy Lam Giang – 0 – chưa xác định" in said


@pytest.mark.parametrize(
    ("said", "found"),
    [
        ("hoa", ["Đỗ Thị Hoa"]),
        ("BINH", ["Trần Thị Bình"]),
        ("Bình", ["Trần Thị Bình"]),
        ("bính", []),
        ("thị  h", ["Đỗ Thị Hoa"]),
        ("04", ["Lê Văn Dũng"]),
        ("do thi", ["Đỗ Thị Hoa"]),
        ("' OR 1=1 --", []),
    ],
)
def test_people_are_found_with_and_without_marks(
    client: FlaskClient, enter: Enter, said: str, found: list[str]
) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    response = client.get("/don-vi/TU", query_string={"tim": said}, base_url="http://boiduong.localhost:8145")
    assert names(response.text) == found


def test_both_places_of_a_tone_find_the_same_person(client: FlaskClient, enter: Enter, house: House) -> None:
    with house.books.writing() as connection:
        seq = append_act(connection, "import", "", {"kind": "phép thử"}, BY)
        register(connection, [Person("10", "Lý Văn Hoà", "1980", (Post("Ủy viên", "SO"),), (Management("TU"),))], seq)
    enter(client, Role.PROVINCE_OFFICER)
    for said in ("hòa", "hoà"):
        response = client.get("/don-vi/SO", query_string={"tim": said}, base_url="http://boiduong.localhost:8145")
        assert names(response.text) == ["Lý Văn Hoà"]


@pytest.mark.parametrize(
    ("standing", "found"),
    [
        ("enough", ["Nguyễn Văn An", "Lê Văn Dũng"]),
        ("outside", ["Đỗ Thị Hoa"]),
        ("undetermined", ["Hồ Văn Minh"]),
        ("missed", []),
    ],
)
def test_a_standing_can_be_asked_for(client: FlaskClient, enter: Enter, standing: str, found: list[str]) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    assert names(page(client, f"/don-vi/TU?tinh-trang={standing}")) == found


def test_a_word_that_is_no_standing_and_a_place_that_is_no_number_ask_for_nothing(
    client: FlaskClient, enter: Enter
) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    assert len(names(page(client, "/don-vi/TU?tinh-trang=x&tu=-3"))) == 7
    assert names(page(client, "/don-vi/TU?tu=99999999")) == []


def test_a_long_list_comes_in_pages_that_miss_nobody_and_repeat_nobody(
    client: FlaskClient, enter: Enter, house: House
) -> None:
    crowd(house, 120)
    enter(client, Role.PROVINCE_OFFICER)
    found: list[str] = []
    address = "/don-vi/DU02"
    sizes = []
    while address:
        markup = page(client, address)
        found += names(markup)
        sizes.append(len(names(markup)))
        onward = re.search(r'<a href="([^"]+)">Trang sau</a>', markup)
        address = onward[1].replace("&amp;", "&") if onward else ""
    assert sizes == [50, 50, 22]
    assert len(set(found)) == 122


def test_a_standing_is_looked_for_page_by_page_too(client: FlaskClient, enter: Enter, house: House) -> None:
    crowd(house, 120)
    enter(client, Role.PROVINCE_OFFICER)
    first = page(client, "/don-vi/DU02?tinh-trang=short")
    onward = re.search(r'<a href="([^"]+)">Xem tiếp</a>', first)
    assert onward
    second = page(client, onward[1].replace("&amp;", "&"))
    assert len(names(first)) == 50
    assert len(names(second)) == 50
    assert not set(names(first)) & set(names(second))


def test_units_below_are_told_with_their_people(client: FlaskClient, enter: Enter) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    rows = re.findall(r'<a href="/don-vi/(\w+)">[^<]+</a></th><td class="figure">(\d+)', page(client, "/don-vi/TU"))
    assert rows == [("DU01", "3"), ("DU02", "2"), ("SO", "1")], "DU03 was merged into DU02"


@pytest.mark.parametrize(
    ("granted", "open_"),
    [("TU", {"TU", "DU01", "UB01", "DU02", "DU03", "SO"}), ("DU01", {"DU01", "UB01"}), ("SO", {"SO"})],
)
def test_an_officer_opens_what_was_granted_and_what_stands_below_it(
    client: FlaskClient, enter: Enter, granted: str, open_: set[str]
) -> None:
    enter(client, Role.UNIT_OFFICER, organization=granted)
    units = ("BCT", "TU", "DU01", "UB01", "DU02", "DU03", "SO", "khong-co")
    answers = {unit: ask(client, f"/don-vi/{unit}").status_code for unit in units}
    assert answers == {unit: 200 if unit in open_ else 404 for unit in units}


def test_what_is_refused_looks_like_what_is_not_there(client: FlaskClient, enter: Enter) -> None:
    enter(client, Role.UNIT_OFFICER, organization="SO")
    there = ask(client, "/don-vi/DU01").text
    nowhere = ask(client, "/don-vi/khong-co").text
    assert there == nowhere


def test_a_unit_names_no_body_above_that_one_may_not_open(client: FlaskClient, enter: Enter) -> None:
    enter(client, Role.UNIT_OFFICER, organization="DU01")
    assert "Tỉnh ủy" not in page(client, "/don-vi/UB01")
    enter(client, Role.AUDITOR, organization="TU")
    assert '<a href="/don-vi/TU">' in page(client, "/don-vi/UB01")


@pytest.mark.parametrize("role", [Role.LECTURER, Role.MONITOR, Role.ADMINISTRATOR])
def test_who_does_not_oversee_sees_nobodys_days(client: FlaskClient, enter: Enter, role: Role) -> None:
    enter(client, role)
    assert [ask(client, path).status_code for path in ("/don-vi", "/don-vi/TU")] == [403, 403]


def test_a_single_unit_opens_at_once_and_several_are_listed(
    client: FlaskClient, enter: Enter, lam_giang: LamGiang
) -> None:
    enter(client, Role.UNIT_OFFICER, organization="DU01")
    assert ask(client, "/don-vi").headers["Location"] == "/don-vi/DU01"
    enter(client, Role.PROVINCE_OFFICER)
    assert "Tỉnh ủy Lam Giang" in page(client, "/don-vi")
