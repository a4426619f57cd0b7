"""What was noted of me, what I say against it, what the monitor answers; the result as a workbook."""

import io

import pytest
from boiduong_records.decision import Decision
from boiduong_records.enrolment import enrol
from boiduong_server.accounts.roles import Role
from boiduong_server.attending.objections import objections_at
from boiduong_server.attending.sittings import Sitting
from boiduong_server.desk.times import minute_of_form
from boiduong_server.errors import ServerError
from boiduong_server.house import House
from boiduong_server.tables import AUDIT
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import select

from tests.server.attending.conftest import held, laid_out
from tests.server.attending.held import BRIDGE, CLASS, HALL, Held, log_in
from tests.server.attending.test_sealing import AFTER, both, scan, seal, sealed
from tests.server.conftest import APPLICATION, Clock
from tests.server.desk.conftest import Enter
from tests.server.desk.reading_pages import ask, page, text
from tests.server.lam_giang import LamGiang, ms

__all__ = ["both", "held", "laid_out"]
Both = tuple[Sitting, Sitting]


def post(client: FlaskClient, path: str, **form: str) -> tuple[int, str]:
    """Status and what the page says after it, be it led on or refused."""
    answer = client.post(path, data={name.replace("_", "-"): said for name, said in form.items()}, base_url=APPLICATION)
    return answer.status_code, text(ask(client, answer.location).text if answer.status_code == 303 else answer.text)


def own(sitting: Sitting) -> str:
    return f"/diem-danh/{sitting.public}/y-kien"


def answers(sitting: Sitting) -> str:
    return f"/buoi/{sitting.public}/y-kien"


def object_(client: FlaskClient, held: Held, sitting: Sitting, code: str, said: str = "có mặt từ 8:10") -> int:
    """The person says so; the number of what was said."""
    log_in(client, held.house, held.learner(code))
    assert post(client, own(sitting), y_kien=said)[0] == 303
    with held.house.store.reading() as connection:
        return objections_at(connection, [sitting.id], [held.cadres[code]])[-1].id


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("01", "Đang ghi nhận Có mặt Giờ vào 8:00, muộn 30 phút Cách ghi quét mã"),
        ("02", "Đang ghi nhận Vắng có phép Cách ghi ghi tay: quên điện thoại (Lê Thị Hằng (ql-1))"),
        ("05", "Đang ghi nhận Chưa thấy điểm danh"),
    ],
)
def test_a_learner_sees_what_was_noted_and_until_when_to_object(
    client: FlaskClient, held: Held, both: Both, code: str, said: str
) -> None:
    log_in(client, held.house, held.learner(code))
    shown = text(page(client, own(both[0])))
    assert said in shown
    assert "Tình trạng Nêu ý kiến được đến hết ngày 29/11/2026" in shown
    assert "buổi sáng 26/11/2026" in shown


def test_one_who_sits_elsewhere_sees_their_own_place(client: FlaskClient, held: Held, both: Both) -> None:
    log_in(client, held.house, held.learner("06"))
    assert f"Lớp kết hợp mùa thu · {BRIDGE}" in text(page(client, own(both[0])))


def test_an_objection_waits_once_and_is_kept(client: FlaskClient, held: Held, both: Both) -> None:
    object_(client, held, both[0], "05", "Có mặt từ 8:10, máy hết pin.")
    shown = text(page(client, own(both[0])))
    assert "Có mặt từ 8:10, máy hết pin." in shown
    assert "Đã nêu ý kiến, chờ trả lời" in shown
    assert "Gửi ý kiến" not in shown
    assert post(client, own(both[0]), y_kien="lại nữa")[0] == 409


@pytest.mark.parametrize(("said", "status"), [("", 422), ("  ", 422), ("x" * 501, 422), ("x" * 500, 303)])
def test_an_objection_is_a_text_that_can_be_read(
    client: FlaskClient, held: Held, both: Both, said: str, status: int
) -> None:
    log_in(client, held.house, held.learner("05"))
    assert post(client, own(both[0]), y_kien=said)[0] == status


@pytest.mark.parametrize("edge", [(ms(29, 23, 59), 303), (ms(30, 0), 409)])
def test_objections_are_heard_for_three_days_after_the_day_of_closing(
    client: FlaskClient, held: Held, clock: Clock, both: Both, edge: tuple[int, int]
) -> None:
    clock.at_ms, status = edge
    log_in(client, held.house, held.learner("05"))
    assert post(client, own(both[0]), y_kien="có mặt")[0] == status


def test_nobody_objects_before_attendance_is_closed(client: FlaskClient, held: Held) -> None:
    hall = held.sitting(HALL)
    scan(held, hall, "01")
    log_in(client, held.house, held.learner("01"))
    assert "Chưa kết thúc điểm danh" in text(page(client, own(hall)))
    assert post(client, own(hall), y_kien="có mặt")[0] == 409


def test_who_is_not_of_the_class_finds_no_such_page(client: FlaskClient, held: Held, both: Both, house: House) -> None:
    with house.books.writing() as books:
        enrol(books, "DD1", (), [held.cadres["05"]], Decision("thôi học", "Bộ", "", ms(26, 12)))
    log_in(client, house, held.learner("05"))
    assert ask(client, own(both[0])).status_code == 404
    assert ask(client, "/diem-danh/KHONG/y-kien").status_code == 404


def test_my_page_lists_what_waits_for_the_seal_and_no_more_after_it(
    client: FlaskClient, held: Held, clock: Clock, both: Both
) -> None:
    log_in(client, held.house, held.learner("01"))
    shown = text(page(client, "/"))
    assert "Điểm danh chờ niêm phong" in shown
    assert "Có mặt: vào 8:00, muộn 30 phút" in shown
    assert "Nêu ý kiến được đến hết ngày 29/11/2026" in shown
    clock.at_ms = AFTER
    seal(held.house)
    log_in(client, held.house, held.learner("01"))
    assert "Điểm danh chờ niêm phong" not in text(page(client, "/"))
    after = text(page(client, own(both[0])))
    assert "Kết quả Có mặt Giờ vào 8:00, muộn 30 phút" in after
    assert "Đã niêm phong ở mục " in after


def test_a_monitor_upholds_an_objection_by_a_line_with_its_time_and_reason(
    client: FlaskClient, held: Held, clock: Clock, both: Both
) -> None:
    number = object_(client, held, both[0], "05")
    log_in(client, held.house, held.monitor(HALL))
    shown = text(page(client, answers(both[0])))
    assert "có mặt từ 8:10" in shown
    assert "Đang ghi: Chưa thấy điểm danh." in shown
    given = {"tra_loi": "present", "vao": "08:10", "ly_do": "tổ trưởng xác nhận"}
    status, shown = post(client, f"{answers(both[0])}/{number}", **given)
    assert (status, "Đã chấp nhận : tổ trưởng xác nhận" in shown) == (303, True)
    log_in(client, held.house, held.learner("05"))
    mine = text(page(client, own(both[0])))
    assert "Có mặt Giờ vào 8:10, muộn 40 phút" in mine
    assert "Đã chấp nhận : tổ trưởng xác nhận" in mine
    with held.house.store.reading() as connection:
        row = connection.execute(select(AUDIT).where(AUDIT.c.action == "sitting.answered")).one()
    assert row.target == "lớp DD1, buổi sáng 26/11/2026"
    clock.at_ms = AFTER
    seal(held.house)
    assert sealed(held)["05"].check_in == 490


def test_a_monitor_may_decline_and_must_say_why(client: FlaskClient, held: Held, both: Both) -> None:
    number = object_(client, held, both[0], "05")
    log_in(client, held.house, held.monitor(HALL))
    there = f"{answers(both[0])}/{number}"
    assert post(client, there, tra_loi="khong")[0] == 422
    assert post(client, there, ly_do="không ai thấy")[0] == 422
    assert post(client, there, tra_loi="khong", ly_do="không ai thấy")[0] == 303
    assert post(client, there, tra_loi="khong", ly_do="không ai thấy")[0] == 409, "it was answered"
    log_in(client, held.house, held.learner("05"))
    assert "Chưa chấp nhận : không ai thấy" in text(page(client, own(both[0])))


def test_the_monitor_of_another_place_answers_nothing_here(client: FlaskClient, held: Held, both: Both) -> None:
    number = object_(client, held, both[0], "05")
    log_in(client, held.house, held.monitor(BRIDGE))
    assert ask(client, answers(both[0])).status_code == 404
    assert post(client, f"{answers(both[0])}/{number}", tra_loi="khong", ly_do="x")[0] == 404
    assert post(client, f"{answers(both[1])}/{number}", tra_loi="khong", ly_do="x")[0] == 404
    assert ask(client, f"/buoi/{both[0].public}/ket-qua.xlsx").status_code == 404


def test_auditors_look_on(client: FlaskClient, held: Held, both: Both, enter: Enter) -> None:
    number = object_(client, held, both[0], "05")
    enter(client, Role.AUDITOR)
    assert "Chưa trả lời." in text(page(client, answers(both[0])))
    assert post(client, f"{answers(both[0])}/{number}", tra_loi="khong", ly_do="x")[0] == 403


def test_nobody_answers_their_own_objection(client: FlaskClient, held: Held, both: Both) -> None:
    number = object_(client, held, both[0], "05")
    officer = held.account("05", "", held.cadres["05"], role=Role.PROVINCE_OFFICER)
    log_in(client, held.house, officer)
    assert "do cán bộ khác của lớp trả lời" in text(page(client, answers(both[0])))
    assert post(client, f"{answers(both[0])}/{number}", tra_loi="present", ly_do="đúng")[0] == 403


@pytest.mark.parametrize(
    ("said", "minute"), [("", None), ("07:40", 460), ("7h40", 460), (" 7g ", 420), ("23:59", 1439), ("07:40:00", 460)]
)
def test_times_are_read_as_people_write_them(said: str, minute: int | None) -> None:
    assert minute_of_form(said) == minute


@pytest.mark.parametrize("said", ["24:00", "7:60", "sáng", "7.40", "740"])
def test_what_is_no_time_is_told(said: str) -> None:
    with pytest.raises(ServerError, match="không hiểu giờ"):
        minute_of_form(said)


# The workbook ---------------------------------------------------------------------------------------------------------


def sheet(client: FlaskClient, sitting: Sitting) -> list[list[object]]:
    answer = ask(client, f"/buoi/{sitting.public}/ket-qua.xlsx")
    assert answer.status_code == 200
    assert "diem-danh-dd1-2026-11-26-sang" in answer.headers["Content-Disposition"]
    found = load_workbook(io.BytesIO(answer.data)).worksheets[0]
    return [[cell.value for cell in row if cell.value is not None] for row in found.iter_rows()]


def said_in(rows: list[list[object]]) -> str:
    return "\n".join(" | ".join(map(str, row)) for row in rows if row)


def test_the_result_says_all_that_is_known_of_the_sitting(
    client: FlaskClient, held: Held, both: Both, desk: Flask
) -> None:
    del desk
    log_in(client, held.house, held.monitor(HALL))
    said = said_in(sheet(client, both[0]))
    assert "Kết quả điểm danh buổi sáng 26/11/2026" in said
    assert "Lớp: Lớp kết hợp mùa thu (DD1)" in said
    assert f"Nơi học: {HALL}; cán bộ quản lý lớp: Lê Thị Hằng" in said
    assert "Kết thúc: 11:40 ngày 26/11/2026" in said
    assert "Niêm phong: chưa niêm phong" in said
    assert "Có mặt | 8:00 | 30 | quét mã" in said
    assert "Vắng có phép | ghi tay | quên điện thoại | Lê Thị Hằng (ql-1)" in said
    assert "Trong danh sách: 5 người." in said
    assert "Vắng: 1 người." in said
    assert "Vào muộn: 3 người." in said


def test_after_the_seal_the_result_names_the_entries(
    client: FlaskClient, held: Held, clock: Clock, both: Both, lam_giang: LamGiang
) -> None:
    del lam_giang
    clock.at_ms = AFTER
    seal(held.house)
    log_in(client, held.house, held.monitor(HALL))
    rows = sheet(client, both[0])
    (head,) = (row for row in rows if row[:1] == ["TT"])
    assert head[-1] == "Mục trong sổ"
    people = [row for row in rows if row and isinstance(row[0], int)]
    assert len(people) == 5
    assert all(isinstance(row[-1], int) for row in people)


def test_the_monitor_is_told_of_an_objection_on_the_first_page_and_in_the_kit_until_it_is_answered(
    client: FlaskClient, held: Held, both: Both, clock: Clock
) -> None:
    hall, kit = both[0], f"/lop/{CLASS}/diem-danh"
    number = object_(client, held, hall, "05")
    log_in(client, held.house, held.monitor(BRIDGE))
    assert "ý kiến về buổi" not in text(ask(client, "/").text) + text(ask(client, kit).text)
    for now_ms, said in ((clock.at_ms, "chờ trả lời"), (ms(30, 9), "đã quá hạn mà chưa được trả lời")):
        clock.at_ms = now_ms
        log_in(client, held.house, held.monitor(HALL))
        for path in ("/", kit):
            assert f"1 ý kiến về buổi sáng 26/11/2026 tại {HALL} {said}" in text(ask(client, path).text), path
    post(client, f"{answers(hall)}/{number}", tra_loi="khong", ly_do="không có tên trong bản ký")
    assert "ý kiến về buổi" not in text(ask(client, "/").text) + text(ask(client, kit).text)
