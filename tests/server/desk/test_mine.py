"""«Của tôi»: the exporter's figures and words, provisional time apart, what to study, what comes next."""

import gzip
from pathlib import Path

import pytest
from boiduong_exporter.credit.telling import result_line
from boiduong_exporter.reporting.person import person_report
from boiduong_exporter.reports.slip import slip_pdf
from boiduong_records.decision import Decision
from boiduong_records.enrolment import enrol
from boiduong_records.entry import Draft
from boiduong_records.ledger import append, append_act
from boiduong_records.merging import merge
from boiduong_records.people import Person, register, subject_of
from boiduong_server.accounts.roles import Role
from boiduong_server.desk.worlds import Shared, shared
from boiduong_server.house import House
from boiduong_vocabulary.evidence import Exemption
from flask import Flask
from flask.testing import FlaskClient

from tests.exporter.office import CLASS_HEAD, SESSION_HEAD, Office
from tests.exporter.reporting.lam_giang import KIND, TODAY, asked
from tests.server.conftest import Clock
from tests.server.desk.conftest import Enter
from tests.server.desk.reading_pages import ask, page, text
from tests.server.lam_giang import CLASS, NOW, TOPIC, LamGiang
from tests.server.study.conftest import Open, launched, opening, package, shelve
from tests.server.study.test_commits import commit
from tests.server.study.test_handing import study

__all__ = ["launched", "opening", "package"]

BY = Decision("phép thử", "Người ghi", "Người duyệt", NOW)
BUDGET = 40 * 1024
"""Bytes over the wire for whoever opens the first page of all."""
VENDOR = Path(__file__).parents[3] / "server/boiduong_server/vendor"


def put_into_class(house: House, *cadres: int) -> None:
    with house.books.writing() as connection:
        enrol(connection, CLASS, cadres, (), BY)


@pytest.mark.parametrize("code", ["01", "02", "04", "05", "06", "07", "08"])
def test_the_page_says_what_the_exporter_says(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang, code: str
) -> None:
    enter(client, cadre=lam_giang.cadres[code])
    with house.books.reading() as connection:
        report = person_report(connection, house.rules, lam_giang.cadres[code], asked(TODAY, "today"))
    assert report
    said = text(page(client, "/"))
    assert result_line(report.person.verdict, report.basis.display_step) in said
    assert report.person.name in said
    assert all(" ".join(line.title.split()) in said for line in report.person.attended.lines)
    assert f"Mã đối chiếu {report.basis.mark}" in said


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("01", ("Tối thiểu 7 ngày", "Được tính 7 ngày", "Còn thiếu 0 ngày", "đến hết ngày 30/09/2030")),
        ("02", ("Còn thiếu 7 ngày", "Chờ quyết định", "chờ 1 ngày", "Loại lớp quy định không gọi tên")),
        ("03", ("Còn thiếu 7 ngày", "Sổ chưa ghi buổi học, chuyên đề nào trong nhiệm kỳ này")),
        ("05", ("không thuộc đối tượng phải bồi dưỡng; đã dự 1 ngày",)),
        ("06", ("Ngoài nhiệm kỳ đang xét: 2 dòng",)),
        ("07", ("Chưa xác định được số ngày tối thiểu", "Sổ chưa có nhiệm kỳ chứa ngày 26/11/2026 của «Bộ Chính trị»")),
    ],
)  # fmt: skip
def test_each_standing_is_told_in_plain_words(
    client: FlaskClient, enter: Enter, lam_giang: LamGiang, code: str, words: tuple[str, ...]
) -> None:
    enter(client, cadre=lam_giang.cadres[code])
    said = text(page(client, "/"))
    assert [each for each in words if each not in said] == []


def test_who_has_no_number_to_reach_sees_no_bar(client: FlaskClient, enter: Enter, lam_giang: LamGiang) -> None:
    enter(client, cadre=lam_giang.cadres["07"])
    assert '<svg class="days"' not in page(client, "/")
    enter(client, cadre=lam_giang.cadres["01"])
    assert '<rect class="some" x="0" y="0" width="1000"' in page(client, "/"), "seven days of seven"


def test_a_cadre_without_a_managing_body_is_told_what_is_missing(
    client: FlaskClient, enter: Enter, house: House
) -> None:
    with house.books.writing() as connection:
        seq = append_act(connection, "import", "", {"kind": "phép thử"}, BY)
        (cadre,) = register(connection, [Person("09", "Bùi Thị Mới", "1980")], seq)
    enter(client, cadre=cadre)
    assert "Chưa có diện quản lý cán bộ trong sổ." in text(page(client, "/"))


def test_who_is_exempt_is_told_so_and_by_which_document(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    cadre = lam_giang.cadres["03"]
    with house.books.writing() as connection:
        said = Exemption(TODAY, None, "QĐ 3-QĐ/TU", "nghỉ theo quy định")
        append(connection, [Draft("exemption", subject_of(connection, cadre), "miễn", said, "Người ghi", "Duyệt")], NOW)
    enter(client, cadre=cadre)
    markup = page(client, "/")
    assert "Được miễn số ngày của nhiệm kỳ này; được tính 0 ngày." in text(markup)
    assert "QĐ 3-QĐ/TU" in text(markup)
    assert '<svg class="days"' not in markup


def test_an_account_whose_cadre_the_books_do_not_have_is_told_whom_to_ask(client: FlaskClient, enter: Enter) -> None:
    enter(client, cadre=9_999)
    assert "Chưa có hồ sơ trong sổ" in text(page(client, "/"))
    assert ask(client, "/phieu.pdf").status_code == 404


def test_merged_files_are_one_account_whichever_of_them_enters(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    with house.books.writing() as connection:
        merge(connection, lam_giang.cadres["02"], lam_giang.cadres["04"], BY)
    enter(client, cadre=lam_giang.cadres["04"])
    said = text(page(client, "/"))
    assert "Trần Thị Bình" in said
    assert "Đủ số ngày: được tính 7 ngày" in said
    assert "Gồm dữ liệu của 2 hồ sơ" in said


def test_time_that_was_just_studied_stands_apart_and_moves_no_figure(
    client: FlaskClient, enter: Enter, house: House, clock: Clock, launched: Open
) -> None:
    launch = launched()
    put_into_class(house, launch.cadre)
    study(house, clock, launch, 50)
    enter(client, cadre=launch.cadre)
    said = text(page(client, "/"))
    apart = said[said.index("Tạm tính, chưa niêm phong") :]
    assert "26/11/2026" in apart[:400]
    assert "25 phút" in apart[:400]
    assert "tạm tính 25 phút" in said
    assert "Được tính 0 ngày trên tối thiểu 7 ngày" in said


def test_whoever_left_a_topic_half_done_goes_on_with_one_touch(
    client: FlaskClient, enter: Enter, house: House, launched: Open, lam_giang: LamGiang
) -> None:
    put_into_class(house, lam_giang.cadres["02"])
    enter(client, cadre=lam_giang.cadres["02"])
    assert f'<a class="button" href="/hoc/{CLASS}/{TOPIC}">Bắt đầu học: ' in page(client, "/")
    launch = launched()
    commit(house, launch, {"lesson_status": "incomplete"})
    assert f'<a class="button" href="/hoc/{CLASS}/{TOPIC}">Học tiếp' in page(client, "/")
    commit(house, launch, {"lesson_status": "completed"}, 2)
    said = text(page(client, "/"))
    assert "Học tiếp" not in said
    assert "Đã học xong, chờ niêm phong" in said


def test_of_two_packages_of_a_topic_the_one_touched_last_says_how_far_one_is(  # noqa: PLR0917
    client: FlaskClient, enter: Enter, house: House, launched: Open, lam_giang: LamGiang, clock: Clock
) -> None:
    put_into_class(house, lam_giang.cadres["02"])
    enter(client, cadre=lam_giang.cadres["02"])
    commit(house, launched(), {"lesson_status": "incomplete"})
    clock.at_ms += 1000
    commit(house, launched(package=shelve(house.store, "bai-moi")), {"lesson_status": "completed"}, item="bai-moi")
    assert "Đã học xong, chờ niêm phong" in text(page(client, "/"))


def test_a_class_whose_code_has_a_slash_is_studied_too(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    sheets = {
        "Lớp": [CLASS_HEAD, ("02/2026", "Lớp mới", KIND, "145", "Nhóm 3", "QĐ 3", 1)],
        "Buổi": [SESSION_HEAD, ("02/2026", "01/12/2026", "Sáng", "Hội trường", "")],
        "Chuyên đề": [("Mã lớp", "Mã chuyên đề", "Hình thức"), ("02/2026", TOPIC, "Tự học trên hệ thống")],
    }
    assert Office(lam_giang.folder).bring("classes", sheets, "moi") == 0
    with house.books.writing() as connection:
        enrol(connection, "02/2026", [lam_giang.cadres["02"]], (), BY)
    enter(client, cadre=lam_giang.cadres["02"])
    assert "Lớp mới" in text(page(client, f"/hoc/02/2026/{TOPIC}"))


def test_topics_and_sessions_are_those_of_ones_own_classes(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    put_into_class(house, lam_giang.cadres["02"])
    enter(client, cadre=lam_giang.cadres["02"])
    said = text(page(client, "/"))
    assert "Chế độ bồi dưỡng theo Quy định 145-QĐ/TW" in said
    assert "học ít nhất" in said
    assert "chưa có gói bài trên hệ thống này" in said
    assert "30/11/2026, sáng" in said
    assert "18/11/2026, sáng" not in said, "it is over"
    enter(client, cadre=lam_giang.cadres["04"])
    other = text(page(client, "/"))
    assert "Chưa có chuyên đề tự học nào" in other
    assert "Chưa có buổi học nào được xếp lịch từ hôm nay" in other


def test_a_session_of_today_is_called_so(
    client: FlaskClient, enter: Enter, house: House, clock: Clock, lam_giang: LamGiang
) -> None:
    put_into_class(house, lam_giang.cadres["02"])
    clock.at_ms += 4 * 86_400_000
    enter(client, cadre=lam_giang.cadres["02"])
    assert "Hôm nay, sáng" in text(page(client, "/"))


def test_the_slip_is_the_exporters(client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang) -> None:
    enter(client, cadre=lam_giang.cadres["01"])
    response = ask(client, "/phieu.pdf")
    with house.books.reading() as connection:
        report = person_report(connection, house.rules, lam_giang.cadres["01"], asked(TODAY, "today"))
    assert report
    assert response.mimetype == "application/pdf"
    assert response.data == slip_pdf(report)
    assert "phieu-tinh-ngay-01-2026-11-26.pdf" in response.headers["Content-Disposition"]


def test_a_head_of_unit_has_both_on_one_page_without_a_script(
    client: FlaskClient, enter: Enter, lam_giang: LamGiang
) -> None:
    enter(client, Role.UNIT_OFFICER, organization="DU01", cadre=lam_giang.cadres["01"])
    own = page(client, "/")
    assert '<a href="/" aria-current="page">Của tôi</a>' in own
    assert "Đủ số ngày: được tính 7 ngày" in text(own)
    assert '<a href="/?xem=don-vi">' in own
    unit = page(client, "/?xem=don-vi")
    assert '<a href="/?xem=don-vi" aria-current="page">' in unit
    assert [name in unit for name in ("Nguyễn Văn An", "Trần Thị Bình", "Vũ Thị Lan", "Lê Văn Dũng")] == [
        True, True, True, False,
    ]  # fmt: skip


def test_a_learner_has_no_unit_to_look_at(client: FlaskClient, enter: Enter, lam_giang: LamGiang) -> None:
    enter(client, cadre=lam_giang.cadres["01"])
    said = page(client, "/?xem=don-vi")
    assert "Đơn vị tôi" not in said
    assert "Trần Thị Bình" not in said


@pytest.mark.parametrize(
    ("role", "places"),
    [
        (Role.AUDITOR, ["/don-vi", "/lop", "/goi-bai", "/nhat-ky"]),
        (Role.ADMINISTRATOR, ["/goi-bai", "/tai-khoan", "/nhat-ky"]),
        (Role.MONITOR, ["/lop"]),
        (Role.LECTURER, []),
    ],
)
def test_staff_who_are_no_cadres_are_led_to_their_work(
    client: FlaskClient, enter: Enter, role: Role, places: list[str]
) -> None:
    enter(client, role, organization="DU01")
    found = page(client, "/")
    head = found[: found.index("<main")]
    every = ("/don-vi", "/lop", "/goi-bai", "/tai-khoan", "/nhat-ky")
    assert [place for place in every if f'"{place}"' in head] == places
    assert [place for place in every if ask(client, place).status_code != 403] == places


def test_the_world_is_read_once_for_each_head_of_the_ledger(desk: Flask, house: House, lam_giang: LamGiang) -> None:
    def known() -> Shared:
        with desk.app_context(), house.books.reading() as books:
            return shared(books, house)

    before = known()
    assert known() is before
    put_into_class(house, lam_giang.cadres["02"])
    assert known() is not before


def test_the_first_page_comes_within_forty_kilobytes(client: FlaskClient, enter: Enter, lam_giang: LamGiang) -> None:
    """With every file that it names and htmx, which only lists need, each compressed alone."""
    enter(client, cadre=lam_giang.cadres["01"])
    sent = client.get("/", base_url="http://boiduong.localhost:8145", headers={"Accept-Encoding": "gzip"})
    assert sent.headers["Content-Encoding"] == "gzip"
    files = (VENDOR / name for name in ("desk.css", "desk.js", "htmx.js"))
    assert len(sent.data) + sum(len(gzip.compress(file.read_bytes())) for file in files) < BUDGET
