"""The monitor's list: who is here and how that is known, what is written by hand, what waits, what the paper says."""

import json
import re
from io import BytesIO
from secrets import token_hex
from typing import Any

import pytest
from boiduong_exporter.templates.enrolled import SheetOf, sheet_of
from boiduong_exporter.templates.sheet import write_sheet
from boiduong_records.people import subject_of
from boiduong_server.accounts.auditing import Asked, noted
from boiduong_server.accounts.roles import Role
from boiduong_server.attending.codes import code_of, period_at
from boiduong_server.attending.lines import lines_of
from boiduong_server.attending.scanning import Claim, Taken, Why, admit, claim, list_refused
from boiduong_server.attending.sheet import How
from boiduong_server.attending.sittings import Sitting
from boiduong_server.attending.stamps import stamp
from boiduong_server.house import House
from boiduong_server.tables import SITTING
from flask.testing import FlaskClient
from openpyxl import load_workbook
from sqlalchemy import update

from tests.server.attending.conftest import held, laid_out
from tests.server.attending.held import BRIDGE, CLASS, HALL, MORNING, NAMES, Held, log_in
from tests.server.conftest import APPLICATION, Clock
from tests.server.desk.conftest import Enter
from tests.server.desk.reading_pages import page, text
from tests.server.lam_giang import NOW

__all__ = ["held", "laid_out"]
PHONE = "a" * 32
WHY = {"ly-do": "quên điện thoại"}


@pytest.fixture
def sitting(client: FlaskClient, house: House, held: Held) -> Sitting:
    """The hall's, open, before its monitor."""
    log_in(client, house, held.monitor())
    return held.sitting()


def key(held: Held, code: str) -> str:
    with held.house.books.reading() as books:
        return subject_of(books, held.cadres[code])


def scan(held: Held, sitting: Sitting, code: str, device: str = "") -> None:
    now_ms = held.house.now_ms()
    made = stamp(sitting.public, held.code(sitting), now_ms)
    assert isinstance(admit(held.house.store, held.reader(code, device), made, now_ms), Taken)


def kept(held: Held, sitting: Sitting, code: str, minutes: int = 20) -> str:
    """A code that was read without a connection, sent so much later; its nonce."""
    at_ms, nonce = held.house.now_ms() - minutes * 60_000, token_hex(16)
    said = Claim(sitting.public, code_of(sitting.key, period_at(at_ms)), at_ms, nonce)
    assert isinstance(claim(held.house.store, held.reader(code), said, held.house.now_ms()), Taken)
    return nonce


def rows(client: FlaskClient, sitting: Sitting) -> dict[str, str]:
    """What the list says of each, by code."""
    found = page(client, f"/buoi/{sitting.public}")
    items = re.findall(r"<li data-key.*?</li>\s*(?=<li data-key|</ul>)", found, re.DOTALL)
    return {re.search(r"<i>(\w+)", each)[1]: text(each) for each in items}  # type: ignore[index]


def write(client: FlaskClient, sitting: Sitting, **form: Any) -> None:
    assert client.post(f"/buoi/{sitting.public}/ghi", data=form, base_url=APPLICATION).status_code == 303


def send(client: FlaskClient, sitting: Sitting, *lines: dict[str, Any], way: str = "/buoi") -> list[str]:
    """What is answered to each line that a page kept; empty where it was taken."""
    usual = {"mark": "present", "at_ms": NOW, "came": None, "left": None, "reason": "quên điện thoại"}
    sent = [{**usual, "nonce": token_hex(16), **each} for each in lines]
    answer = client.post(f"{way}/{sitting.public}/ghi", json={"lines": sent}, base_url=APPLICATION)
    assert answer.status_code == 200, answer.text
    return [each["said"] for each in answer.json["answers"]]  # type: ignore[index]


def news(client: FlaskClient, sitting: Sitting, mark: str) -> dict[str, Any]:
    answer = client.get(f"/buoi/{sitting.public}/tinh-hinh", query_string={"tu": mark}, base_url=APPLICATION)
    assert answer.status_code == 200, answer.text
    return dict(answer.json or {})


def mark_of(client: FlaskClient, sitting: Sitting) -> str:
    found = re.search(r'data-mark="([\d.]+)"', page(client, f"/buoi/{sitting.public}"))
    assert found
    return found[1]


# What is shown --------------------------------------------------------------------------------------------------------


def test_the_list_names_each_by_team_with_time_and_source(client: FlaskClient, held: Held, sitting: Sitting) -> None:
    scan(held, sitting, "02")
    found = page(client, f"/buoi/{sitting.public}")
    assert re.findall(r"<h3>(.*?) <span", found) == ["Tổ 1", "Tổ 2"]
    assert [*rows(client, sitting)] == ["01", "02", "04", "05", "03"]
    assert "Có mặt, vào 8:00, muộn 30 phút quét mã" in rows(client, sitting)["02"]
    assert "Chưa điểm danh" in rows(client, sitting)["01"]


def test_one_telephone_for_two_is_said_at_both_and_refused_to_neither(
    client: FlaskClient, held: Held, sitting: Sitting
) -> None:
    scan(held, sitting, "01", PHONE)
    scan(held, sitting, "02", PHONE)
    found = rows(client, sitting)
    assert "cùng máy với «Trần Thị Bình»" in found["01"]
    assert "cùng máy với «Nguyễn Văn An»" in found["02"]


def test_who_was_read_at_two_places_is_where_they_were_first_and_both_are_said(
    client: FlaskClient, held: Held, sitting: Sitting, clock: Clock
) -> None:
    scan(held, sitting, "01")
    bridge = held.sitting(BRIDGE)
    scan(held, bridge, "02")
    clock.at_ms += 60_000
    scan(held, sitting, "02")
    scan(held, bridge, "01")
    found = rows(client, sitting)
    assert f"cũng quét mã ở «{BRIDGE}»" in found["01"]
    assert f"Có mặt ở «{BRIDGE}»" in found["02"]
    assert f"cũng quét mã ở «{HALL}»" in found["02"]


def test_who_belongs_elsewhere_comes_last_and_is_counted(client: FlaskClient, held: Held, sitting: Sitting) -> None:
    scan(held, sitting, "06")
    assert "Từ điểm học khác 1" in text(page(client, f"/buoi/{sitting.public}"))
    assert 'data-count="present">1<' in page(client, f"/buoi/{sitting.public}")


def test_heads_that_differ_stay_in_sight(client: FlaskClient, held: Held, sitting: Sitting) -> None:
    scan(held, sitting, "01")
    for heads, said in ((3, "Đếm 3, điểm danh 1, chênh 2"), (1, "Đếm 1, điểm danh 1, khớp")):
        form = {"so": heads, "ve": "danh-sach"}
        answer = client.post(f"/buoi/{sitting.public}/si-so", data=form, base_url=APPLICATION)
        assert answer.location == f"/buoi/{sitting.public}"
        assert said in text(page(client, f"/buoi/{sitting.public}"))


def test_refused_codes_are_listed_with_time_who_and_why(client: FlaskClient, held: Held, sitting: Sitting) -> None:
    def put(connection: Any) -> None:
        list_refused(sitting, Why.OUTDATED, NOW, NOW, held.reader("02"), connection)
        list_refused(sitting, Why.OUTDATED, NOW, NOW, None, connection)

    held.house.store.write(put)
    found = text(page(client, f"/buoi/{sitting.public}"))
    assert "08:00:00 Trần Thị Bình (02) Mã này đã hết hạn" in found
    assert "08:00:00 chưa đăng nhập Mã này đã hết hạn" in found


def test_an_auditor_looks_on_and_writes_nothing(
    client: FlaskClient, held: Held, sitting: Sitting, enter: Enter
) -> None:
    enter(client, Role.AUDITOR)
    found = page(client, f"/buoi/{sitting.public}")
    assert "Nguyễn Văn An" in found
    assert not re.search(r'name="(nguoi|ma|ly-do|so)"', found)
    assert client.post(f"/buoi/{sitting.public}/ghi", base_url=APPLICATION).status_code == 403


def test_the_monitor_of_another_place_finds_no_such_page(client: FlaskClient, held: Held, sitting: Sitting) -> None:
    log_in(client, held.house, held.monitor(BRIDGE))
    for path in ("", "/tinh-hinh?tu=0.0.0.0", "/tim?q=an", "/tep"):
        assert client.get(f"/buoi/{sitting.public}{path}", base_url=APPLICATION).status_code == 404


# By hand --------------------------------------------------------------------------------------------------------------


def test_several_are_written_at_once_with_reason_and_writer_and_that_is_noted(
    client: FlaskClient, held: Held, sitting: Sitting
) -> None:
    write(client, sitting, nguoi=[key(held, "01"), key(held, "02")], viec="present", vao="07:40", **WHY)
    found = rows(client, sitting)
    for code in ("01", "02"):
        assert "Có mặt, vào 7:40, muộn 10 phút ghi tay quên điện thoại – Lê Thị Hằng (ql-1)" in found[code]
    with held.house.store.reading() as store:
        (last,) = noted(store, Asked("sitting.written"), None)
    assert (last.label, last.told) == ("Ghi danh sách điểm danh", "có mặt: 2")


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"viec": "present"}, "Ghi tay thì cần lý do"), ({"viec": "absent", "ly-do": " "}, "Ghi tay thì cần lý do"),
        ({"viec": "present", **WHY, "vao": "9:00", "ra": "8:00"}, "Giờ ra không sau giờ vào"),
        ({"viec": "present", **WHY, "nguoi": "ai đó"}, "Không có người này trong danh sách lớp"),
        ({"viec": "present", **WHY, "nguoi": []}, "Chưa chọn ai trong danh sách"),
    ],
)  # fmt: skip
def test_what_cannot_be_written_is_said(
    client: FlaskClient, held: Held, sitting: Sitting, form: dict[str, Any], said: str
) -> None:
    write(client, sitting, **{"nguoi": key(held, "01"), **form})
    assert said in text(page(client, f"/buoi/{sitting.public}"))
    with held.house.store.reading() as store:
        assert lines_of(store, [sitting.id]) == []


def test_what_is_undone_stays_to_be_read_and_the_code_speaks_again(
    client: FlaskClient, held: Held, sitting: Sitting, clock: Clock
) -> None:
    scan(held, sitting, "01")
    clock.at_ms += 60_000
    write(client, sitting, nguoi=key(held, "01"), viec="absent", **{"ly-do": "nhờ quét hộ"})
    assert "Vắng ghi tay nhờ quét hộ – Lê Thị Hằng (ql-1) đã quét mã lúc 8:00" in rows(client, sitting)["01"]
    clock.at_ms += 60_000
    write(client, sitting, nguoi=key(held, "01"), viec="undone")
    found = rows(client, sitting)["01"]
    assert "Có mặt, vào 8:00, muộn 30 phút quét mã" in found
    assert "8:01 vắng, ghi tay: nhờ quét hộ – Lê Thị Hằng (ql-1)" in found
    assert "8:02 bỏ ghi, ghi tay – Lê Thị Hằng (ql-1)" in found


def test_nobody_is_present_before_the_hours_and_may_be_excused(
    client: FlaskClient, held: Held, sitting: Sitting, clock: Clock
) -> None:
    clock.at_ms = sitting.from_ms - 60_000
    now = {"key": key(held, "01"), "at_ms": clock.at_ms}
    assert send(client, sitting, now) == ["Chưa đến giờ điểm danh của buổi này"]
    assert send(client, sitting, {**now, "mark": "excused", "reason": "ốm"}) == [""]


def test_after_the_seal_nothing_is_written(client: FlaskClient, held: Held, sitting: Sitting) -> None:
    held.house.store.write(lambda connection: connection.execute(update(SITTING).values(closed_ms=NOW, sealed_ms=NOW)))
    (said,) = send(client, sitting, {"key": key(held, "01")})
    assert "đã niêm phong" in said
    assert 'name="nguoi"' not in page(client, f"/buoi/{sitting.public}")


def test_a_person_of_another_place_is_found_by_name_without_marks_or_by_code_and_written(
    client: FlaskClient, held: Held, sitting: Sitting
) -> None:
    for asked in ("pham van khai", "06", "KHẢI"):
        assert "Phạm Văn Khải" in page(client, f"/buoi/{sitting.public}/tim?q={asked}")
    assert "Lớp không có ai khớp" in page(client, f"/buoi/{sitting.public}/tim?q=zzz")
    write(client, sitting, nguoi=key(held, "06"), viec="present", **WHY)
    assert "Có mặt ghi tay" in rows(client, sitting)["06"]


# Without a connection -------------------------------------------------------------------------------------------------


def test_claims_are_listed_apart_confirmed_once_and_count_then(
    client: FlaskClient, held: Held, sitting: Sitting
) -> None:
    nonces = {code: kept(held, sitting, code) for code in ("01", "02")}
    before = text(page(client, f"/buoi/{sitting.public}"))
    assert "Nguyễn Văn An 01 · quét lúc 7:40" in before
    assert "có mã gửi sau, chờ xác nhận" in rows(client, sitting)["02"]
    client.post(f"/buoi/{sitting.public}/xac-nhan", data={"ma": nonces["01"]}, base_url=APPLICATION)
    after = rows(client, sitting)
    assert "Có mặt, vào 7:40, muộn 10 phút quét mã mã giữ trên máy khi mất mạng, đã xác nhận" in after["01"]
    assert "Chưa điểm danh" in after["02"]
    with held.house.store.reading() as store:
        assert [each.label for each in noted(store, Asked("sitting.confirmed"), None)] == ["Xác nhận mã gửi sau"]


def test_a_line_by_hand_answers_a_claim(client: FlaskClient, held: Held, sitting: Sitting) -> None:
    kept(held, sitting, "01")
    write(client, sitting, nguoi=key(held, "01"), viec="absent", **{"ly-do": "không có trong phòng"})
    assert "quét lúc" not in page(client, f"/buoi/{sitting.public}")
    assert 'data-count="asks">0<' in page(client, f"/buoi/{sitting.public}")


def test_what_a_page_kept_is_answered_line_by_line_and_marked(
    client: FlaskClient, held: Held, sitting: Sitting
) -> None:
    good = {"key": key(held, "01"), "at_ms": NOW - 20 * 60_000, "nonce": "b" * 32}
    assert send(client, sitting, good, {"key": "ai đó"}) == ["", "Không có người này trong danh sách lớp"]
    assert send(client, sitting, good) == [""], "the answer was lost, and the page asks again"
    found = rows(client, sitting)["01"]
    assert found.count("ghi tay") == 1
    assert "ghi khi mất mạng, gửi sau" in found


@pytest.mark.parametrize("body", ["", "[]", '{"lines":[{"key":"a"}]}', '{"lines":[{"nonce":"x"}]}'])
def test_what_is_no_list_of_lines_is_refused(client: FlaskClient, sitting: Sitting, body: str) -> None:
    answer = client.post(
        f"/buoi/{sitting.public}/ghi", data=body, content_type="application/json", base_url=APPLICATION
    )
    assert answer.status_code == 400


# What has changed -----------------------------------------------------------------------------------------------------


def test_a_page_that_asks_is_told_what_a_reload_would_show(
    client: FlaskClient, held: Held, sitting: Sitting, clock: Clock
) -> None:
    mark = mark_of(client, sitting)
    assert "rows" not in news(client, sitting, mark)
    scan(held, sitting, "01", PHONE)
    kept(held, sitting, "03")
    found = news(client, sitting, mark)
    assert {row["code"]: row["said"] for row in found["rows"]}["01"] == "Có mặt, vào 8:00, muộn 30 phút"
    assert [each["name"] for each in found["claims"]] == ["Vũ Thị Lan"]
    clock.at_ms += 60_000
    scan(held, sitting, "02", PHONE)
    told = {row["code"]: row for row in news(client, sitting, found["mark"])["rows"]}
    assert {*told} >= {"01", "02"}, "who used the telephone before is told anew"
    shown = rows(client, sitting)
    for code, row in told.items():
        for each in (row["said"], *row["notes"]):
            assert each in shown[code]


def test_a_confirmation_and_a_scan_elsewhere_are_news(
    client: FlaskClient, held: Held, sitting: Sitting, clock: Clock
) -> None:
    nonce, bridge = kept(held, sitting, "01"), held.sitting(BRIDGE)
    clock.at_ms += 60_000
    mark = mark_of(client, sitting)
    client.post(f"/buoi/{sitting.public}/xac-nhan", data={"ma": nonce}, base_url=APPLICATION)
    scan(held, bridge, "02")
    scan(held, bridge, "07")
    said = {row["code"]: row["state"] for row in news(client, sitting, mark)["rows"]}
    assert said == {"01": "present", "02": "elsewhere"}, "07 sits at the bridge"


def test_refusals_heads_and_the_end_are_news(client: FlaskClient, held: Held, sitting: Sitting) -> None:
    mark = mark_of(client, sitting)
    held.house.store.write(lambda c: list_refused(sitting, Why.OUTDATED, NOW, NOW, None, c))
    held.house.store.write(lambda c: c.execute(update(SITTING).values(headcount=7, closed_ms=NOW)))
    found = news(client, sitting, mark)
    assert (found["state"], found["headcount"]) == ("đã kết thúc", 7)
    assert found["refused"] == [{"at": "08:00:00", "who": "", "why": "Mã này đã hết hạn"}]
    assert news(client, sitting, found["mark"])["refused"] == []


@pytest.mark.parametrize("mark", ["", "1.2.3", "a.b.c.d", "1.2.3.-4", "9" * 40 + ".1.1.1"])
def test_a_bookmark_that_no_page_was_given_is_refused(client: FlaskClient, sitting: Sitting, mark: str) -> None:
    answer = client.get(f"/buoi/{sitting.public}/tinh-hinh", query_string={"tu": mark}, base_url=APPLICATION)
    assert answer.status_code == 400


# Paper ----------------------------------------------------------------------------------------------------------------


def ticked(held: Held, marks: dict[str, str], tmp: Any) -> bytes:
    """The class's own sheet, of the hall, with these marks by code."""
    with held.house.books.reading() as books:
        found = sheet_of(books, CLASS, HALL, [(MORNING.date, MORNING.half)])
    assert isinstance(found, SheetOf)
    write_sheet(found, tmp / "bang-ky.xlsx")
    book = load_workbook(tmp / "bang-ky.xlsx")
    sheet = book.worksheets[0]
    for row in sheet.iter_rows():
        for code in marks.keys() & {str(cell.value) for cell in row}:
            head = next(
                each for line in sheet.iter_rows(max_row=row[0].row) for each in line if "26/11/2026" in str(each.value)
            )
            sheet.cell(row[0].row, head.column).value = marks[code]
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def look(client: FlaskClient, sitting: Sitting, data: bytes, name: str = "bảng ký.xlsx") -> str:
    answer = client.post(
        f"/buoi/{sitting.public}/tep", data={"tep": (BytesIO(data), name)}, content_type="multipart/form-data",
        base_url=APPLICATION,
    )  # fmt: skip
    assert answer.status_code == 200, text(answer.text)
    return answer.text


def enter_sheet(client: FlaskClient, sitting: Sitting, shown: str) -> None:
    """As the form stands."""
    kept_ = re.search(r'name="giu" value="([^"]+)"', shown)
    assert kept_
    chosen = re.findall(r'name="dong" value="(\d+)" checked', shown)
    form = {"giu": kept_[1], "dong": chosen}
    assert client.post(f"/buoi/{sitting.public}/tep/ghi", data=form, base_url=APPLICATION).status_code == 303


def test_a_ticked_sheet_is_looked_at_then_written_and_a_second_time_changes_nothing(
    client: FlaskClient, held: Held, sitting: Sitting, tmp_path: Any
) -> None:
    data = ticked(held, {"01": "x", "02": "v", "04": "7:40-11:30", "05": "p"}, tmp_path)
    shown = look(client, sitting, data)
    with held.house.store.reading() as store:
        assert lines_of(store, [sitting.id]) == []
    assert "Bản ký: có mặt từ 7:40 đến 11:30" in text(shown)
    enter_sheet(client, sitting, shown)
    enter_sheet(client, sitting, shown)
    with held.house.store.reading() as store:
        lines = lines_of(store, [sitting.id])
    assert sorted((each.cadre, each.mark.value, each.how) for each in lines) == sorted(
        (held.cadres[code], mark, How.PAPER)
        for code, mark in {"01": "present", "02": "absent", "04": "present", "05": "excused"}.items()
    )
    assert "Có mặt, vào 7:40, muộn 10 phút, ra 11:30 bản ký giấy tệp bảng ký.xlsx" in rows(client, sitting)["04"]
    again = text(look(client, sitting, data))
    assert "4 người đã ghi đúng như bản ký" in again
    assert "Không có gì để ghi" in again


def test_where_paper_and_list_disagree_the_monitor_chooses(
    client: FlaskClient, held: Held, sitting: Sitting, tmp_path: Any
) -> None:
    scan(held, sitting, "01")
    scan(held, sitting, "02")
    shown = look(client, sitting, ticked(held, {"01": "v", "02": "x", "04": "x"}, tmp_path))
    assert "Bản ký: vắng đang ghi: có mặt, vào 8:00, muộn 30 phút, quét mã" in text(shown)
    enter_sheet(client, sitting, shown)
    found = rows(client, sitting)
    assert "quét mã" in found["01"]
    assert "quét mã" in found["02"]
    assert "bản ký giấy" in found["04"]


def test_rows_that_cannot_be_told_are_told(client: FlaskClient, sitting: Sitting) -> None:
    head = "Mã lớp,Điểm học,Mã cán bộ,Họ và tên,26/11/2026 Sáng"
    lines = (
        f"DD1,{HALL},01,Nguyễn Văn An,?", f"DD1,{BRIDGE},02,Trần Thị Bình,x", f"TH1,{HALL},03,Vũ Thị Lan,x",
        f"DD1,{HALL},99,Người Lạ,x", f"DD1,{HALL},04,Lê Văn Dũng,x", f"DD1,{HALL},04,Lê Văn Dũng,v",
    )  # fmt: skip
    found = text(look(client, sitting, "\n".join((head, *lines)).encode("utf-8-sig"), "bang.csv"))
    for said in (
        "bang.csv:2: ô E2", f"dòng này của điểm học «{BRIDGE}»", "dòng này của lớp «TH1»", "sổ chưa có người này",
        "người này đã có ở bang.csv:6",
    ):  # fmt: skip
        assert said in found, said
    assert "Lê Văn Dũng 04 Bản ký: có mặt" in found


def test_a_sheet_without_this_session_and_a_signed_text_that_is_not_ours_write_nothing(
    client: FlaskClient, sitting: Sitting
) -> None:
    other = "Mã lớp,Mã cán bộ,Họ và tên,27/11/2026 Sáng\nDD1,01,Nguyễn Văn An,x".encode("utf-8-sig")
    assert "bảng không có cột buổi sáng 26/11/2026" in text(look(client, sitting, other, "b.csv"))
    form = {"giu": json.dumps(["b.csv", sitting.public, [[1, "present", None, None, False, "c" * 32]]]), "dong": "0"}
    answer = client.post(f"/buoi/{sitting.public}/tep/ghi", data=form, base_url=APPLICATION)
    assert answer.status_code == 400


def test_who_sits_at_another_place_is_written_down_as_absent_there_and_nowhere_else(
    client: FlaskClient, held: Held, sitting: Sitting
) -> None:
    scan(held, held.sitting(BRIDGE), "06")
    of_06 = {"key": key(held, "06")}
    refused = [send(client, sitting, of_06 | {"mark": mark})[0] for mark in ("absent", "excused", "undone")]
    assert refused == ["Người này học ở «Điểm cầu Sông Mã»: cán bộ quản lý lớp ở đó ghi"] * 3
    assert send(client, sitting, of_06) == [""], "they may have come here all the same"
    assert send(client, sitting, of_06 | {"mark": "undone"}) == [""]


@pytest.mark.parametrize("body", [b'{"lines": [{"key": "\xff"}]}', b"[]", b"{"])
def test_a_body_that_is_no_list_of_lines_is_refused_as_that(client: FlaskClient, sitting: Sitting, body: bytes) -> None:
    answer = client.post(
        f"/buoi/{sitting.public}/ghi", data=body, content_type="application/json", base_url=APPLICATION
    )
    assert answer.status_code == 400


def test_a_sheet_writes_nobody_down_as_absent_who_sits_at_another_place(
    client: FlaskClient, held: Held, sitting: Sitting
) -> None:
    sheet = f"Mã lớp,Mã cán bộ,Họ và tên,26/11/2026 Sáng\nDD1,06,{NAMES['06']},v\nDD1,07,{NAMES['07']},x"
    shown = text(look(client, sitting, sheet.encode("utf-8-sig"), "b.csv"))
    assert f"Học ở điểm khác nên không ghi vắng ở đây: {NAMES['06']}." in shown
    assert f"{NAMES['07']} 07 Bản ký: có mặt" in shown
    assert "Bản ký: vắng" not in shown
