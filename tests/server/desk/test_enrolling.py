"""Who studies a class: officers put people in and take them out, within what they were given; others read or do not."""

from io import BytesIO

import pytest
from boiduong_exporter.imports.enrolment import specs
from boiduong_exporter.readers.sheet import read_tables
from boiduong_exporter.templates.enrolled import SheetOf, sheet_of
from boiduong_records.decision import Decision
from boiduong_records.enrolment import enrol, enrolled
from boiduong_records.entry import IMPORT
from boiduong_records.ledger import append_act, head
from boiduong_records.people import subject_of
from boiduong_records.personal import erase
from boiduong_records.registers import seal_registers
from boiduong_records.seating import Seated, seating_of
from boiduong_records.tables import LEDGER, PLACE
from boiduong_records.verify import verify
from boiduong_records.versions import apply, find
from boiduong_server.accounts.roles import Role
from boiduong_server.house import House
from flask.testing import FlaskClient
from sqlalchemy import Connection, select

from tests.exporter.imports.made import xlsx
from tests.server.conftest import APPLICATION
from tests.server.desk.conftest import Enter
from tests.server.lam_giang import CLASS, NOW, LamGiang

HEAD = ("Mã cán bộ", "Họ và tên", "Thôi học")
LIST = f"/lop/{CLASS}/hoc-vien"
WRITES = (LIST, f"{LIST}/thoi", f"{LIST}/tep", f"{LIST}/chon", f"{LIST}/cho")


def get(client: FlaskClient, path: str) -> str:
    response = client.get(path, base_url=APPLICATION)
    assert response.status_code == 200, response.status_code
    return response.text


def post(client: FlaskClient, path: str, **form: object) -> int:
    return client.post(path, data=form, base_url=APPLICATION).status_code


def of(house: House, lam_giang: LamGiang) -> set[str]:
    """The codes of the enrolled."""
    with house.books.reading() as connection:
        found = enrolled(connection, CLASS)
    return {code for code, cadre in lam_giang.cadres.items() if cadre in found}


def put(house: House, lam_giang: LamGiang, *codes: str) -> None:
    with house.books.writing() as connection:
        enrol(connection, CLASS, [lam_giang.cadres[code] for code in codes], (), Decision("mẫu", "Bộ", "", NOW))


def key(house: House, lam_giang: LamGiang, code: str) -> str:
    with house.books.reading() as connection:
        return subject_of(connection, lam_giang.cadres[code])


def monitor(house: House, name: str) -> None:
    with house.books.writing() as connection:
        row = {"class_code": CLASS, "name": "Hội trường", "delivery": "hall", "monitor": f"Bùi Văn Lạ; {name}"}
        apply(connection, PLACE, find(connection, PLACE, [row]), head(connection).seq)


def test_an_officer_enrols_a_unit_after_looking_at_its_people(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    page = get(client, f"{LIST}/chon?don-vi=DU01")
    assert [name in page for name in ("Nguyễn Văn An", "Trần Thị Bình", "Vũ Thị Lan", "Lê Văn Dũng")] == [
        True, True, True, False,
    ]  # fmt: skip
    assert "Ngô Thị Thu" not in page, "who has left the unit is not of it"
    assert of(house, lam_giang) == set(), "nothing is written by looking"
    assert post(client, LIST, nguoi=[key(house, lam_giang, code) for code in ("01", "03")]) == 303
    assert of(house, lam_giang) == {"01", "03"}
    assert "Đã ghi 2 người vào lớp." in get(client, LIST)


def test_an_enrolment_is_in_the_ledger_under_the_officers_name_and_the_books_are_whole(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    officer = enter(client, Role.PROVINCE_OFFICER)
    post(client, LIST, nguoi=key(house, lam_giang, "01"))
    with house.books.reading() as connection:
        authors = connection.execute(select(LEDGER.c.author).where(LEDGER.c.kind == "enrolled")).scalars().all()
        assert verify(connection) == []
    assert authors == [f"{officer.name} ({officer.code})"]


@pytest.mark.parametrize("text", ["01, 04;99", "01\n04\n99\n", "01\tNguyễn Văn An\n04\tLê Văn Dũng\n99\tAi đó"])
def test_pasted_codes_are_looked_up_and_unknown_ones_told(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang, text: str
) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    put(house, lam_giang, "04")
    response = client.post(f"{LIST}/chon", data={"ma": text}, base_url=APPLICATION)
    assert "1 mã chưa tìm thấy" in response.text
    assert "99" in response.text
    assert "Nguyễn Văn An" in response.text
    assert "1 người đã là học viên" in response.text
    assert of(house, lam_giang) == {"04"}


def test_who_leaves_is_out_and_the_others_stay(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    put(house, lam_giang, "01", "04")
    assert post(client, f"{LIST}/thoi", nguoi=key(house, lam_giang, "01")) == 303
    assert of(house, lam_giang) == {"04"}


def send(client: FlaskClient, *rows: tuple[object, ...], name: str = "hv.xlsx") -> str:
    file = (BytesIO(xlsx({"HV": [HEAD, *rows]})), name)
    return client.post(f"{LIST}/tep", data={"tep": file}, base_url=APPLICATION).text


def test_a_spreadsheet_is_taken_row_by_row_into_the_class_of_the_page(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    put(house, lam_giang, "04")
    page = send(client, ("01", "Nguyễn Văn An", None), ("04", "Lê Văn Dũng", "x"), ("77", "Lý Lạ", None))
    assert of(house, lam_giang) == {"01"}
    for said in ("Dòng đã nhận</dt><dd>2", "Dòng không nhận</dt><dd>1", "N01", "hv.xlsx:HV:4"):
        assert said in page


def test_a_file_of_another_kind_is_told_as_such(client: FlaskClient, enter: Enter) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    file = (BytesIO(b"%PDF-1.7 none of it"), "hv.pdf")
    page = client.post(f"{LIST}/tep", data={"tep": file}, base_url=APPLICATION).text
    assert "B01" in page


def test_the_template_is_one_that_the_page_reads(client: FlaskClient, enter: Enter, house: House) -> None:
    enter(client, Role.UNIT_OFFICER, organization="DU01")
    data = client.get("/lop/mau-hoc-vien.xlsx", base_url=APPLICATION).data
    reading = read_tables(data, "mau.xlsx", specs(house.rules.kinds))
    assert [table.spec.title for table in reading.tables] == ["Học viên"]


def test_a_unit_officer_sees_and_finds_the_units_own_people_alone(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    put(house, lam_giang, "01", "04")
    enter(client, Role.UNIT_OFFICER, organization="DU01")
    page = get(client, LIST)
    assert ("Nguyễn Văn An" in page, "Lê Văn Dũng" in page) == (True, False)
    assert "1 học viên thuộc phạm vi" in page
    assert "Đảng ủy xã Bình Minh" not in page, "nor is another unit offered"
    lines = get(client, "/lop")
    assert 'data-label="Học viên">1<' in lines
    found = client.post(f"{LIST}/chon", data={"ma": "02, 06"}, base_url=APPLICATION).text
    assert ("Trần Thị Bình" in found, "Phạm Văn Khải" in found, "1 mã chưa tìm thấy" in found) == (True, False, True)
    assert client.get(f"{LIST}/chon?don-vi=DU02", base_url=APPLICATION).status_code == 404


def test_a_unit_officer_changes_nobody_of_another_unit(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    put(house, lam_giang, "04")
    enter(client, Role.UNIT_OFFICER, organization="DU01")
    assert post(client, LIST, nguoi=[key(house, lam_giang, code) for code in ("01", "06")]) == 404
    assert post(client, f"{LIST}/thoi", nguoi=key(house, lam_giang, "04")) == 404
    page = send(client, ("06", "Phạm Văn Khải", None), ("04", "Lê Văn Dũng", "x"))
    assert "Dòng không nhận</dt><dd>2" in page
    assert of(house, lam_giang) == {"04"}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.MONITOR])
def test_who_only_reads_is_offered_nothing_to_change_and_may_not(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang, role: Role
) -> None:
    put(house, lam_giang, "01")
    reader = enter(client, role)
    monitor(house, reader.name)
    page = get(client, LIST)
    assert ("Nguyễn Văn An" in page, "<form method=\"post\" action=\"/lop" in page, "Thêm học viên" in page) == (
        True, True, False,
    )  # fmt: skip
    assert ('<button class="second"' in page, "Xếp chỗ" in page) == (False, False)
    assert [post(client, path) for path in WRITES] == [403] * 5
    assert of(house, lam_giang) == {"01"}


def test_a_monitor_sees_the_classes_that_name_them_and_no_other(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    put(house, lam_giang, "01")
    reader = enter(client, Role.MONITOR)
    assert "Chưa có lớp nào" in get(client, "/lop")
    assert client.get(LIST, base_url=APPLICATION).status_code == 404
    monitor(house, reader.name)
    lines = get(client, "/lop")
    assert (CLASS in lines, "L1<" in lines) == (True, False)
    assert "Nguyễn Văn An" in get(client, LIST)
    assert client.get("/lop/L1/hoc-vien", base_url=APPLICATION).status_code == 404


def test_a_monitor_of_one_unit_sees_its_people_alone(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    put(house, lam_giang, "01", "04")
    reader = enter(client, Role.MONITOR, organization="DU02")
    monitor(house, reader.name)
    page = get(client, LIST)
    assert ("Nguyễn Văn An" in page, "Lê Văn Dũng" in page) == (False, True)


@pytest.mark.parametrize("roles", [(), (Role.LECTURER,), (Role.ADMINISTRATOR,)])
def test_others_have_no_lists(client: FlaskClient, enter: Enter, lam_giang: LamGiang, roles: tuple[Role, ...]) -> None:
    enter(client, *roles, cadre=lam_giang.cadres["01"])
    paths = ("/lop", LIST, f"{LIST}/chon", "/lop/mau-hoc-vien.xlsx")
    assert [client.get(path, base_url=APPLICATION).status_code for path in paths] == [403] * 4
    assert [post(client, path) for path in WRITES] == [403] * 5


def test_a_class_that_the_books_do_not_have_is_no_page(client: FlaskClient, enter: Enter) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    paths = ("/lop/L99/hoc-vien", "/lop/L99/hoc-vien/chon?don-vi=DU01")
    assert [client.get(path, base_url=APPLICATION).status_code for path in paths] == [404, 404]
    assert post(client, "/lop/L99/hoc-vien") == 404


def test_who_was_erased_stays_in_the_class_without_a_name(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    put(house, lam_giang, "01", "04")
    with house.books.writing() as connection:
        by = Decision("theo yêu cầu", "Người thứ nhất", "Người thứ hai", NOW)
        erase(connection, lam_giang.cadres["01"], by, duty=None)
    enter(client, Role.PROVINCE_OFFICER)
    page = get(client, LIST)
    assert ("Nguyễn Văn An" in page, "Lê Văn Dũng" in page, "2 học viên" in page) == (False, True, True)
    with house.books.reading() as connection:
        sheet = sheet_of(connection, CLASS)
    assert isinstance(sheet, SheetOf)
    assert [each.code for each in sheet.people] == ["04"], "nor is a line printed for them"


# Where they sit -------------------------------------------------------------------------------------------------------

HALL, BRIDGE = "Hội trường A", "Điểm cầu Sông Mã"


def _places(connection: Connection, *names: str) -> None:
    by = Decision("mẫu", "Bộ", "", NOW)
    seq = append_act(connection, IMPORT, "", {"class": CLASS}, by)
    rows = [{"class_code": CLASS, "name": name, "delivery": "hall"} for name in names]
    apply(connection, PLACE, find(connection, PLACE, rows), seq)
    seal_registers(connection, seq, by)


@pytest.fixture
def seated(client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang) -> House:
    """01 and 04 in a class with a hall and a bridge, before an officer of the province."""
    put(house, lam_giang, "01", "04")
    with house.books.writing() as connection:
        _places(connection, HALL, BRIDGE)
    enter(client, Role.PROVINCE_OFFICER)
    return house


def sit(client: FlaskClient, house: House, lam_giang: LamGiang, *codes: str, **said: str) -> str:
    """The list, after these people were given a seat."""
    form = {name.replace("_", "-"): value for name, value in said.items()}
    post(client, f"{LIST}/cho", nguoi=[key(house, lam_giang, code) for code in codes], **form)
    return get(client, LIST)


def seats(house: House, lam_giang: LamGiang) -> dict[str, Seated]:
    with house.books.reading() as connection:
        found = seating_of(connection, CLASS)
    return {code: found[cadre] for code, cadre in lam_giang.cadres.items() if cadre in found}


def test_chosen_people_are_given_a_place_and_a_team_and_the_list_shows_them(
    client: FlaskClient, seated: House, lam_giang: LamGiang
) -> None:
    before = get(client, LIST)
    assert ("2 người chưa xếp điểm học" in before, 'data-label="Tổ"' in before) == (True, False)
    page = sit(client, seated, lam_giang, "01", diem_hoc=HALL, to="1", to_truong="la")
    assert seats(seated, lam_giang) == {"01": Seated(HALL, "Tổ 1", True)}
    for said in (
        "Đã ghi chỗ cho 1 người.",
        "1 người chưa xếp điểm học",
        f'data-label="Điểm học">{HALL}<',
        "tổ trưởng</span>",
    ):
        assert said in page
    sit(client, seated, lam_giang, "01", "04", diem_hoc=BRIDGE)
    assert seats(seated, lam_giang) == {"01": Seated(BRIDGE, "Tổ 1", True), "04": Seated(BRIDGE)}
    sit(client, seated, lam_giang, "01", "04", diem_hoc="-", to="-")
    assert seats(seated, lam_giang) == {}


def test_a_seat_is_in_the_ledger_under_the_officers_name_and_the_books_are_whole(
    client: FlaskClient, seated: House, lam_giang: LamGiang
) -> None:
    sit(client, seated, lam_giang, "01", diem_hoc=HALL)
    page = sit(client, seated, lam_giang, "01", diem_hoc=HALL)
    assert "sổ không đổi" in page
    with seated.books.reading() as connection:
        authors = connection.execute(select(LEDGER.c.author).where(LEDGER.c.kind == "seated")).scalars().all()
        assert verify(connection) == []
    assert len(authors) == 1


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        (((), {"diem_hoc": HALL}), "Chưa chọn ai"),
        ((("01",), {}), "Chưa ghi điểm học, tổ hay tổ trưởng"),
        ((("01",), {"diem_hoc": "Hội trường Z"}), "Lớp không có điểm học «Hội trường Z»"),
        ((("01",), {"to": "x" * 41}), "Tên tổ dài quá 40 chữ"),
        ((("01", "04"), {"to": "1", "to_truong": "la"}), "chọn đúng một người"),
        ((("01",), {"to_truong": "la"}), "Tổ trưởng cần có tổ"),
    ],
)
def test_a_seat_that_is_not_said_surely_is_told_and_changes_nothing(
    client: FlaskClient, seated: House, lam_giang: LamGiang, asked: tuple[tuple[str, ...], dict[str, str]], told: str
) -> None:
    codes, form = asked
    assert told in sit(client, seated, lam_giang, *codes, **form)
    assert seats(seated, lam_giang) == {}


def test_a_second_leader_of_a_team_is_written_and_told(client: FlaskClient, seated: House, lam_giang: LamGiang) -> None:
    sit(client, seated, lam_giang, "01", to="1", to_truong="la")
    assert "Tổ 1 nay có 2 tổ trưởng" in sit(client, seated, lam_giang, "04", to="tổ 1", to_truong="la")


def test_nobody_beyond_ones_care_nor_beside_the_class_is_given_a_seat(
    client: FlaskClient, enter: Enter, seated: House, lam_giang: LamGiang
) -> None:
    wanted = {code: key(seated, lam_giang, code) for code in ("02", "04")}
    assert post(client, f"{LIST}/cho", nguoi=wanted["02"], to="1") == 404, "who is not in the class"
    enter(client, Role.UNIT_OFFICER, organization="DU01")
    assert post(client, f"{LIST}/cho", nguoi=wanted["04"], to="1") == 404, "who is of another unit"
    assert seats(seated, lam_giang) == {}


def test_a_place_that_the_class_has_no_longer_is_shown_as_such(
    client: FlaskClient, seated: House, lam_giang: LamGiang
) -> None:
    sit(client, seated, lam_giang, "01", diem_hoc=BRIDGE)
    with seated.books.writing() as connection:
        _places(connection, HALL)
    assert "lớp không còn điểm này" in sit(client, seated, lam_giang, "04", to="1")


def test_who_leaves_by_the_page_leaves_the_seat(client: FlaskClient, seated: House, lam_giang: LamGiang) -> None:
    sit(client, seated, lam_giang, "01", "04", diem_hoc=HALL)
    post(client, f"{LIST}/thoi", nguoi=key(seated, lam_giang, "01"))
    assert seats(seated, lam_giang) == {"04": Seated(HALL)}
