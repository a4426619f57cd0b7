"""The attendance block under XBlock's own TestRuntime: one request a call, over one store."""

import csv
import json
import time
from dataclasses import replace
from io import StringIO
from types import SimpleNamespace
from typing import Any

import pytest
from boiduong_xblocks.attendance import AttendanceBlock
from boiduong_xblocks.hall.roll import shelf_of
from lxml import etree
from webob import Request
from xblock.test.tools import blocks_are_equivalent
from xblock.validation import Validation

from tests.xblocks.runtime import LAN, MINH, NOBODY, STAFF, WATCHING, Person, Runtime, settings_of

XML = (
    '<boiduong_attendance url_name="a1" session_id="buoi-1" periods="5" starts_at="2026-12-14T00:30:00Z"'
    ' class_code="L01" check_out="true"/>'
)
PLAIN = '<boiduong_attendance url_name="a1" session_id="buoi-1" periods="5"/>'
MINUTE = 60_000
STAFF_ONLY = ("code", "roll", "move", "finish", "record")


class Hall:
    """A session with its monitor and learners."""

    def __init__(self, xml: str = XML) -> None:
        self.lan = Runtime(LAN)
        self.usage = self.lan.parse(xml)
        self.minh, self.staff = self.lan.of(MINH), self.lan.of(STAFF)
        self.world = self.lan.world

    def ask(self, runtime: Runtime, handler: str, **body: Any) -> Any:
        status, said = runtime.post(self.usage, handler, body)
        assert status == 200, said
        return said

    def refused(self, runtime: Runtime, handler: str, **body: Any) -> tuple[int, str]:
        status, said = runtime.post(self.usage, handler, body)
        assert status >= 400, said
        return status, said["error"]

    def open(self, to: str = "in") -> None:
        self.ask(self.staff, "move", to=to)

    @property
    def code(self) -> str:
        code: str = self.ask(self.staff, "code")["code"]
        return code

    def scan(self, runtime: Runtime, code: str = "") -> Any:
        return self.ask(runtime, "scan", code=code or self.code)

    def view(self, runtime: Runtime) -> Any:
        return runtime.view(self.usage)

    def record(self, learner: str, mark: str, reason: str = "hết pin", name: str = "") -> Any:
        return self.ask(self.staff, "record", learner=learner, mark=mark, reason=reason, name=name)

    def names(self) -> list[str]:
        return [row["learner"] for row in self.ask(self.staff, "roll")["rows"]]

    def table(self) -> list[list[str]]:
        answer = self.staff.send(self.usage, "sheet", method="GET")
        assert answer.status_code == 200
        return [*csv.reader(StringIO(answer.body.decode("utf-8-sig")))]

    def attended(self) -> list[dict[str, Any]]:
        return self.world.payloads("boiduong.attendance.attended")

    def completions(self, runtime: Runtime) -> list[float]:
        events = self.world.events
        mine = runtime.person.username
        return [each.payload["completion"] for each in events if (each.name, each.username) == ("completion", mine)]


@pytest.fixture
def hall() -> Hall:
    return Hall()


# The learner ----------------------------------------------------------------------------------------------------------


def test_before_it_is_opened_a_session_says_when_it_starts(hall: Hall) -> None:
    said = hall.ask(hall.lan, "state")
    assert said["said"] == ["Buổi học chưa mở điểm danh.", "Giờ bắt đầu: 14/12/2026 07:30."]
    assert said["asks"] == ""


def test_a_right_code_checks_in_and_out_and_says_when(hall: Hall) -> None:
    hall.open()
    assert hall.ask(hall.lan, "state")["asks"] == "Điểm danh vào"
    said = hall.scan(hall.lan)
    assert said["said"][0] == "Đã điểm danh vào lúc 12:00."
    hall.world.now_ms += 200 * MINUTE
    hall.open("out")
    assert hall.ask(hall.lan, "state")["asks"] == "Điểm danh ra"
    assert hall.scan(hall.lan)["said"][0] == "Đã điểm danh vào lúc 12:00, ra lúc 15:20."
    scans = hall.world.payloads("boiduong.attendance.scan")
    assert scans == [{"session": "buoi-1", "direction": "in"}, {"session": "buoi-1", "direction": "out"}]


def test_checking_in_once_more_is_no_fault_and_changes_nothing(hall: Hall) -> None:
    hall.open()
    hall.scan(hall.lan)
    hall.world.now_ms += MINUTE
    said = hall.scan(hall.lan, "sai mã")
    assert (said["said"][0], said["wrong"]) == ("Đã điểm danh vào lúc 12:00.", "")
    assert len(hall.world.payloads("boiduong.attendance.scan")) == 1


def test_a_wrong_code_says_what_to_do_and_five_of_them_make_a_minute_of_waiting(hall: Hall) -> None:
    hall.open()
    for _ in range(4):
        assert hall.scan(hall.lan, "AAAAAA")["wrong"].startswith("Mã chưa đúng.")
    said = hall.scan(hall.lan, "AAAAAA")
    assert (said["pause_ms"], said["wrong"]) == (MINUTE, "Đã nhập sai mã nhiều lần. Nhập lại được sau 60 giây.")
    hall.world.now_ms += MINUTE - 1
    assert hall.scan(hall.lan)["wrong"] == "Đã nhập sai mã nhiều lần. Nhập lại được sau 1 giây."
    assert hall.scan(hall.minh)["wrong"] == "", "another person waits for nobody"
    hall.world.now_ms += 1
    assert hall.scan(hall.lan)["said"][0] == "Đã điểm danh vào lúc 12:01."


def test_the_page_says_that_the_name_is_in_the_list_only_when_a_later_request_saw_it(hall: Hall) -> None:
    hall.open()
    assert not any("Đã có tên" in line for line in hall.scan(hall.lan)["said"])
    later = hall.ask(hall.lan, "state")
    assert "Đã có tên trong danh sách." in later["said"]
    assert later["again_ms"] > 60_000


def test_of_two_who_check_in_at_once_the_one_overwritten_is_put_back_by_the_next_poll() -> None:
    hall = Hall(PLAIN)
    tu = hall.lan.of(on_the_shelf_of("lan"))
    hall.open()
    code = hall.code
    first, second = hall.lan.get_block(hall.usage), tu.get_block(hall.usage)
    for block in (first, second):  # both requests begin, and read the shelf
        assert [*block.rows()] == []
    for block, runtime in ((first, hall.lan), (second, tu)):
        said = block.scan(request_of({"code": code})).json
        assert said["again_ms"] == 5_000, runtime.person
    first.save()
    second.save()
    assert hall.names() == [tu.person.username], "lan's row was overwritten"
    assert "Đã có tên trong danh sách." not in hall.ask(hall.lan, "state")["said"]
    assert {*hall.names()} == {"lan", tu.person.username}
    for runtime in (hall.lan, tu):
        assert "Đã có tên trong danh sách." in hall.ask(runtime, "state")["said"]


def test_who_was_overwritten_at_the_last_moment_is_put_back_after_closing_and_the_monitor_is_told(hall: Hall) -> None:
    hall.open()
    hall.scan(hall.lan)
    forget_shelves(hall)
    hall.ask(hall.staff, "finish")
    assert hall.attended() == []
    hall.ask(hall.lan, "state")
    screen = hall.ask(hall.staff, "code")
    assert screen["closes"] == "Gửi lại danh sách"
    assert any("đã thay đổi" in line for line in screen["notices"])
    hall.ask(hall.staff, "finish")
    assert [(each["learner"], each["sheet"]) for each in hall.attended()] == [("lan", 2)]


def test_after_closing_each_sees_their_own_state() -> None:
    hall = Hall(PLAIN)
    hall.open()
    hall.scan(hall.lan)
    hall.ask(hall.staff, "finish")
    assert hall.ask(hall.lan, "state")["said"][0] == "Đã điểm danh lúc 12:00; buổi đã đóng."
    assert hall.ask(hall.minh, "state")["said"][0].startswith("Buổi đã đóng và không có lượt điểm danh nào.")
    assert hall.ask(hall.minh, "state")["asks"] == ""


def test_a_learner_is_complete_when_present_and_not_before(hall: Hall) -> None:
    hall.open()
    hall.scan(hall.lan)
    assert hall.completions(hall.lan) == []
    hall.open("out")
    hall.scan(hall.lan)
    hall.ask(hall.lan, "state")
    assert hall.completions(hall.lan) == [1.0]


def test_where_leaving_is_not_asked_coming_completes() -> None:
    hall = Hall(PLAIN)
    hall.open()
    hall.scan(hall.lan)
    assert hall.completions(hall.lan) == [1.0]


def test_who_is_listed_by_hand_is_complete_at_the_next_look_and_no_more_when_taken_off(hall: Hall) -> None:
    hall.open()
    hall.record("lan", "present", name="Nguyễn Thị Lan")
    hall.view(hall.lan)
    assert hall.completions(hall.lan) == [1.0]
    hall.record("lan", "off")
    hall.view(hall.lan)
    assert hall.completions(hall.lan) == [1.0, 0.0]


def test_what_the_block_of_days_reads_follows_the_list(hall: Hall) -> None:
    hall.open()
    hall.scan(hall.lan)
    known = hall.lan.get_block(hall.usage).boiduong_attended
    kept = {"came_ms": hall.world.now_ms, "left_ms": None, "half": "morning", "date": "2026-12-14"}
    assert known == {str(hall.world.course): {"buoi-1": kept}}
    hall.record("lan", "absent", "về sớm")
    hall.ask(hall.lan, "state")
    assert hall.lan.get_block(hall.usage).boiduong_attended == {str(hall.world.course): {}}


def test_a_poll_that_finds_all_as_it_was_writes_nothing(hall: Hall) -> None:
    hall.open()
    hall.scan(hall.lan)
    before = len(hall.world.store.writes)
    for runtime in (hall.lan, hall.minh):
        hall.ask(runtime, "state")
        hall.view(runtime)
    assert len(hall.world.store.writes) == before


def test_a_learner_is_told_by_the_monitor_s_line_and_how_to_object(hall: Hall) -> None:
    hall.record("lan", "excused", "ốm", name="Nguyễn Thị Lan")
    assert hall.ask(hall.lan, "state")["said"] == [
        "Cán bộ quản lý lớp đã ghi vắng có phép. Lý do: ốm",
        "Nếu chưa đúng, báo cán bộ quản lý lớp.",
    ]


def test_nothing_that_a_learner_is_sent_names_another(hall: Hall) -> None:
    hall.open()
    hall.scan(hall.lan)
    hall.record("nam", "absent", name="Phạm Văn Nam")
    answers = [hall.ask(hall.minh, "state"), hall.scan(hall.minh), hall.ask(hall.minh, "state")]
    page = hall.minh.view(hall.usage)
    sent = json.dumps([*answers, page.content, page.json_init_args], ensure_ascii=False)
    for name in ("lan", "Nguyễn Thị Lan", "nam", "Phạm Văn Nam", "thay"):
        assert f'"{name}"' not in sent
        assert not (" " in name and name in sent)


# Who may what ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("person", [LAN, WATCHING, NOBODY], ids=["learner", "watching", "nobody"])
@pytest.mark.parametrize("handler", STAFF_ONLY)
def test_only_staff_may_do_what_is_the_monitors(hall: Hall, handler: str, person: Person) -> None:
    before = len(hall.world.store.writes)
    status, said = hall.refused(hall.lan.of(person), handler, to="in", learner="lan", mark="present", reason="?")
    assert (status, said) == (403, "Việc này dành cho cán bộ quản lý lớp.")
    assert len(hall.world.store.writes) == before


@pytest.mark.parametrize("person", [LAN, WATCHING, NOBODY], ids=["learner", "watching", "nobody"])
def test_only_staff_may_take_the_list_away(hall: Hall, person: Person) -> None:
    hall.open()
    assert hall.lan.of(person).send(hall.usage, "sheet", method="GET").status_code == 403


@pytest.mark.parametrize("person", [STAFF, WATCHING, NOBODY], ids=["staff", "watching", "nobody"])
@pytest.mark.parametrize("handler", ["scan", "state"])
def test_only_learners_check_in(hall: Hall, handler: str, person: Person) -> None:
    hall.open()
    assert hall.refused(hall.lan.of(person), handler, code=hall.code)[0] == 403


@pytest.mark.parametrize("body", [[], "x", None, {"code": 5}, {"code": None}, {"code": ["a"]}, {}, {"code": "\ud800"}])
def test_whatever_a_page_sends_is_at_most_a_wrong_code(hall: Hall, body: Any) -> None:
    hall.open()
    status, said = hall.lan.post(hall.usage, "scan", body)
    assert (status, said["asks"]) == (200, "Điểm danh vào")
    assert said["wrong"]


def test_each_sees_the_page_that_is_theirs(hall: Hall) -> None:
    staff = hall.staff.view(hall.usage)
    assert (staff.json_init_args["view"], 'class="boiduong-record"' in staff.content) == ("staff", True)
    learner = hall.view(hall.lan)
    assert (learner.json_init_args["view"], learner.json_init_args["watching"]) == ("learner", False)
    watching = hall.lan.of(WATCHING).view(hall.usage)
    assert watching.json_init_args["watching"]
    assert "Đang xem như học viên" in watching.content
    nobody = hall.lan.of(NOBODY).view(hall.usage)
    assert "Đăng nhập để điểm danh." in nobody.content
    assert nobody.js_init_fn is None


def test_studio_shows_the_arrangement_and_nothing_that_works(hall: Hall) -> None:
    shown = hall.staff.view(hall.usage, "author_view")
    assert "14/12/2026 07:30" in shown.content
    assert shown.js_init_fn is None
    assert "<button" not in shown.content


# The monitor ----------------------------------------------------------------------------------------------------------


def test_the_screen_shows_a_new_code_each_half_minute_and_how_long_it_stands(hall: Hall) -> None:
    hall.open()
    first = hall.ask(hall.staff, "code")
    hall.world.now_ms += first["left_ms"] - 1
    assert hall.ask(hall.staff, "code")["code"] == first["code"]
    hall.world.now_ms += 1
    second = hall.ask(hall.staff, "code")
    assert (second["code"] != first["code"], second["left_ms"]) == (True, 30_000)
    assert hall.scan(hall.lan, first["code"])["wrong"] == "", "the code before is good still"
    hall.world.now_ms += 30_000
    assert hall.scan(hall.minh, first["code"])["wrong"]


def test_a_session_goes_its_way_and_can_be_opened_again(hall: Hall) -> None:
    def moves() -> list[str]:
        return [each["to"] for each in hall.ask(hall.staff, "code")["moves"]]

    assert moves() == ["in"]
    hall.open()
    assert moves() == ["out"]
    hall.open("out")
    assert moves() == ["in"]
    hall.ask(hall.staff, "finish")
    assert moves() == ["in", "out"]
    assert hall.ask(hall.staff, "code")["told"] == "Buổi đã đóng lúc 12:00."
    hall.open()
    assert hall.scan(hall.lan)["wrong"] == ""


def test_leaving_is_not_opened_where_it_is_not_asked() -> None:
    hall = Hall(PLAIN)
    hall.open()
    assert hall.refused(hall.staff, "move", to="out")[0] == 400
    assert hall.refused(hall.staff, "move", to="closed")[0] == 400


def test_a_session_that_was_opened_to_try_it_begins_anew(hall: Hall) -> None:
    hall = Hall(PLAIN)
    hall.open()
    hall.ask(hall.staff, "finish")
    hall.world.now_ms += 24 * 60 * MINUTE
    hall.open()
    hall.scan(hall.lan)
    hall.ask(hall.staff, "finish")
    assert [each["date"] for each in hall.attended()] == ["2026-12-15"]


def test_a_session_held_on_another_day_than_arranged_is_told_with_the_day_it_was_held(hall: Hall) -> None:
    hall.world.now_ms += 24 * 60 * MINUTE
    hall.open()
    hall.scan(hall.lan)
    (notice,) = hall.ask(hall.staff, "code")["notices"]
    assert "14/12/2026" in notice
    assert "15/12/2026" in notice
    hall.ask(hall.staff, "finish")
    assert [(each["date"], each["half"]) for each in hall.attended()] == [("2026-12-15", "afternoon")]


def test_closing_hands_on_one_event_for_each_in_the_list_with_the_sheets_number(hall: Hall) -> None:
    hall.open()
    came = hall.world.now_ms
    hall.scan(hall.lan)
    hall.record("nam", "excused", "ốm", name="Phạm Văn Nam")
    hall.record("tu", "present", "không có điện thoại", name="Vũ Thị Tú")
    said = hall.ask(hall.staff, "finish")
    assert said["said"] == "Đã gửi danh sách lần 1: 2 người có mặt, 1 vắng có phép, 0 vắng."
    common = {"class": "L01", "session": "buoi-1", "date": "2026-12-14", "half": "morning", "left_ms": None, "sheet": 1}
    lan = {"learner": "lan", "presence": "present", "came_ms": came, "how": "code", "reason": ""}
    nam = {"learner": "nam", "presence": "excused", "came_ms": None, "how": "list", "reason": "ốm"}
    tu = {"learner": "tu", "presence": "present", "came_ms": None, "how": "list", "reason": "không có điện thoại"}
    assert hall.attended() == [common | each for each in (lan, nam, tu)]
    assert {each.username for each in hall.world.events if each.name.endswith("attended")} == {"thay"}


def test_closing_twice_hands_on_once_unless_the_list_changed(hall: Hall) -> None:
    hall.open()
    hall.scan(hall.lan)
    hall.ask(hall.staff, "finish")
    assert hall.refused(hall.staff, "finish")[0] == 409
    hall.record("lan", "off", "quét hộ")
    hall.ask(hall.staff, "finish")
    second = hall.attended()[1:]
    assert [(each["learner"], each["presence"], each["sheet"]) for each in second] == [("lan", "absent", 2)]


def test_a_session_that_was_never_open_cannot_be_closed(hall: Hall) -> None:
    assert hall.refused(hall.staff, "finish")[0] == 409


def test_what_is_written_by_hand_says_who_and_when_and_undoing_is_one_line_more(hall: Hall) -> None:
    hall.open()
    hall.scan(hall.lan)
    hall.record("lan", "off", "quét hộ")
    assert hall.names() == []
    hall.world.now_ms += MINUTE
    hall.record("lan", "undone", "nhầm")
    assert hall.names() == ["lan"]
    assert hall.ask(hall.staff, "roll")["lines"] == [
        "12:01 14/12/2026, thay: Nguyễn Thị Lan (lan): hủy dòng ghi tay, lấy lại theo mã. Lý do: nhầm",
        "12:00 14/12/2026, thay: Nguyễn Thị Lan (lan): bỏ khỏi danh sách. Lý do: quét hộ",
    ]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"reason": "  "}, "Ghi lý do"),
        ({"reason": "\u200b\ud800\0"}, "Ghi lý do"),
        ({"learner": "hai chữ"}, "Ghi tên tài khoản"),
        ({"learner": ""}, "Ghi tên tài khoản"),
        ({"mark": "late"}, "Chọn một cách ghi"),
        ({"name": ""}, "Ghi họ và tên"),
    ],
)
def test_a_line_that_lacks_something_is_not_written(hall: Hall, changed: dict[str, str], said: str) -> None:
    body = {"learner": "nam", "name": "Phạm Văn Nam", "mark": "present", "reason": "hết pin"} | changed
    status, error = hall.refused(hall.staff, "record", **body)
    assert (status, error.startswith(said)) == (400, True)
    assert hall.ask(hall.staff, "roll") == {"rows": [], "lines": []}


def test_half_a_letter_and_turned_writing_do_not_get_into_the_list(hall: Hall) -> None:
    hall.open()
    typed = {"learner": "nam", "name": "Phạm\ud800 Văn\u202e Nam", "reason": "hết\npin\0", "mark": "present"}
    hall.ask(hall.staff, "record", **typed)
    sheet = hall.lan.of(STAFF).send(hall.usage, "sheet", method="GET")
    assert sheet.body.decode("utf-8-sig").splitlines()[1] == "L01,nam,Phạm Văn Nam,x,ghi tay,hết pin,thay"


def test_what_another_version_of_the_software_kept_is_read_as_far_as_it_goes(hall: Hall) -> None:
    hall.open()
    hall.scan(hall.lan)
    hall.ask(hall.staff, "record", learner="nam", name="Nam", mark="absent", reason="ốm")
    for key, value in hall.world.store.db_dict.items():
        if key.field_name == "own":
            hall.world.store.db_dict[key] = json.dumps({"came_ms": json.loads(value)["came_ms"], "seat": 5})
        if key.field_name == "entries":
            hall.world.store.db_dict[key] = json.dumps([{**each, "seat": 5} for each in json.loads(value)])
    assert "Đã có tên trong danh sách." in hall.ask(hall.lan, "state")["said"]
    assert [row["learner"] for row in hall.ask(hall.staff, "roll")["rows"]] == ["lan", "nam"]


class Directory:
    """What edx-platform's user service finds for staff, besides who is logged in."""

    def __init__(self, staff: Any) -> None:
        self.get_current_user = staff.get_current_user
        self._nam = SimpleNamespace(username="nam", profile=SimpleNamespace(name="Phạm Văn Nam"))

    def get_anonymous_user_id(self, username: str, course_id: str) -> str | None:
        assert course_id
        return "7f" if username in {"nam", "nam@example.vn"} else None

    def get_user_by_anonymous_id(self, uid: str) -> Any:
        return {"7f": self._nam}.get(uid)


def test_where_the_platform_knows_its_people_a_mistaken_account_is_refused_and_the_name_is_filled_in(
    hall: Hall,
) -> None:
    users = Directory(hall.staff.service(hall.staff.get_block(hall.usage), "user"))
    hall.staff = Runtime(STAFF, hall.world, services={"user": users})
    status, error = hall.refused(hall.staff, "record", learner="nan", mark="present", reason="hết pin")
    assert (status, error) == (400, "Hệ thống không có tài khoản «nan». Xem lại tên.")
    hall.record("nam@example.vn", "present")
    (row,) = hall.ask(hall.staff, "roll")["rows"]
    assert (row["learner"], row["name"]) == ("nam", "Phạm Văn Nam")


def test_the_table_has_a_line_for_each_and_what_the_officers_command_asks(hall: Hall) -> None:
    hall.open()
    hall.scan(hall.lan)
    hall.record("nam", "present", "=hết pin", name="Phạm Văn Nam")
    hall.world.now_ms += 200 * MINUTE
    hall.open("out")
    hall.scan(hall.lan)
    assert hall.table() == [
        ["Mã lớp", "Tài khoản", "Họ và tên", "Sáng 14/12/2026", "Cách ghi", "Lý do", "Người ghi"],
        ["L01", "lan", "Nguyễn Thị Lan", "12:00-15:20", "mã điểm danh", "", ""],
        ["L01", "nam", "Phạm Văn Nam", "x", "ghi tay", "'=hết pin", "thay"],
    ]
    answer = hall.staff.send(hall.usage, "sheet", method="GET")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="diem-danh-buoi-1-2026-12-14.csv"'


# The author -----------------------------------------------------------------------------------------------------------


def test_what_an_author_sets_survives_the_way_through_olx(hall: Hall) -> None:
    written = hall.lan.written(hall.usage)
    there = Runtime(LAN)
    again = there.get_block(there.parse(_text(written)))
    assert blocks_are_equivalent(hall.lan.get_block(hall.usage), again)
    kept = {name: again.fields[name].read_from(again) for name in settings_of(AttendanceBlock)}
    arranged = {"session_id": "buoi-1", "periods": 5, "starts_at": "2026-12-14T00:30:00Z", "class_code": "L01"}
    assert kept == kept | arranged | {"check_out": True}


@pytest.mark.parametrize("starts_at", ["", "hôm nào đó", "2026-13-01T00:00:00Z"])
def test_a_session_without_an_hour_that_can_be_read_goes_by_its_opening(starts_at: str) -> None:
    hall = Hall(f'<boiduong_attendance url_name="a1" session_id="b" periods="x" starts_at="{starts_at}"/>')
    assert hall.lan.get_block(hall.usage).periods == 4
    hall.open()
    hall.scan(hall.lan)
    hall.ask(hall.staff, "finish")
    assert [(each["date"], each["half"]) for each in hall.attended()] == [("2026-12-14", "afternoon")]


def test_a_session_added_in_studio_has_an_id_of_its_own() -> None:
    runtime = Runtime()
    first, second = (runtime.parse(f'<boiduong_attendance url_name="{name}"/>') for name in "ab")
    ids = {runtime.get_block(usage).session_id for usage in (first, second)}
    assert len(ids) == 2
    assert "" not in ids


def test_studios_editor_takes_the_hour_as_people_write_it(hall: Hall) -> None:
    values = {"starts_at": " 15/12/2026 7:30 ", "session_id": " b2 ", "periods": 4}
    assert hall.ask(hall.staff, "submit_studio_edits", values=values, defaults=[]) == {"result": "success"}
    block = hall.staff.get_block(hall.usage)
    assert (block.starts_at, block.session_id) == ("2026-12-15T00:30:00Z", "b2")
    fields = hall.staff.view(hall.usage, "studio_view").json_init_args["fields"]
    assert {field["name"]: field["value"] for field in fields}["starts_at"] == "15/12/2026 07:30"


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"session_id": "buổi 1"}, "Mã buổi chỉ gồm"),
        ({"session_id": ""}, "Mã buổi chỉ gồm"),
        ({"periods": 0}, "Số tiết là số nguyên"),
        ({"periods": "bốn"}, "Số tiết là số nguyên"),
        ({"starts_at": "sáng mai"}, "Giờ bắt đầu viết như"),
    ],
)
def test_studios_editor_refuses_what_cannot_be_and_says_how_to_mend_it(hall: Hall, values: Any, said: str) -> None:
    _, error = hall.staff.post(hall.usage, "submit_studio_edits", {"values": values, "defaults": []})
    (message,) = error["error"]["messages"]
    assert message["text"].startswith(said)
    assert message["field"] in values


def test_a_sound_block_has_nothing_to_mend(hall: Hall) -> None:
    validation: Validation = hall.staff.get_block(hall.usage).validate()
    assert validation.empty


def test_the_mobile_app_is_told_the_arrangement(hall: Hall) -> None:
    said = hall.lan.get_block(hall.usage).student_view_data()
    assert said == {"session_id": "buoi-1", "periods": 5, "starts_at": "2026-12-14T00:30:00Z"}


# Many people ----------------------------------------------------------------------------------------------------------


def test_a_full_hall_costs_a_learner_little_and_sends_nobody_the_list(hall: Hall) -> None:
    hall.open()
    code = hall.code
    people = [hall.lan.of(replace(LAN, username=f"can.bo{at}", name=f"Nguyễn Văn Số {at}")) for at in range(400)]
    for runtime in people:
        hall.scan(runtime, code)
    began = time.perf_counter()
    for runtime in people[:50]:
        said = hall.ask(runtime, "state")
        assert len(json.dumps(said)) < 500
    assert (time.perf_counter() - began) / 50 < 0.05
    assert len(hall.names()) == 400
    assert hall.ask(hall.staff, "finish")["said"].startswith("Đã gửi danh sách lần 1: 400 người")


# ----------------------------------------------------------------------------------------------------------------------


def on_the_shelf_of(learner: str) -> Person:
    name = next(f"tu{at}" for at in range(1000) if shelf_of(f"tu{at}") == shelf_of(learner))
    return replace(LAN, username=name, name="Vũ Thị Tú")


def forget_shelves(hall: Hall) -> None:
    block = hall.staff.get_block(hall.usage)
    for name in [name for name in block.fields if name.startswith("shelf_")]:
        setattr(block, name, {})
    block.save()


def request_of(body: Any) -> Any:
    return Request.blank("/", method="POST", body=json.dumps(body).encode())


def _text(element: Any) -> str:
    text: str = etree.tostring(element, encoding="unicode")
    return text
