"""From a verdict down to what was observed: an inspector follows each line to its entry, and redoes the sum."""

import hashlib
import html
import json
import re

import pytest
from boiduong_records.decision import Decision
from boiduong_records.ledger import reverse
from boiduong_records.tables import BODY, LEDGER
from boiduong_server.accounts.roles import Role
from boiduong_server.house import House
from boiduong_server.study.beats import take_beats
from boiduong_server.study.handing import hand_over
from boiduong_vocabulary.canonical import canonical
from flask.testing import FlaskClient
from sqlalchemy import Connection, select, update

from tests.server.conftest import Clock
from tests.server.desk.conftest import Enter
from tests.server.desk.reading_pages import ask, key, page, text
from tests.server.lam_giang import NOW, LamGiang, ms
from tests.server.study.conftest import Open, launched, opening, package
from tests.server.study.test_beats import beat
from tests.server.study.test_handing import study
from tests.server.study.test_provisional import seal

__all__ = ["launched", "opening", "package"]

BY = Decision("ghi nhầm người", "Người ghi", "Người duyệt", NOW)


def followed(markup: str) -> list[str]:
    """Where the lines' entries are."""
    return re.findall(r'<a href="(/nguoi/[0-9a-f]{32}/minh-chung/\d+)">', markup)


def facts(markup: str) -> dict[str, str]:
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd[^>]*>(.*?)</dd>", markup, re.DOTALL)
    return {html.unescape(label): text(said) for label, said in pairs}


def test_an_auditor_follows_each_line_to_its_entry(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    enter(client, Role.AUDITOR)
    found = page(client, f"/nguoi/{key(house, lam_giang.cadres['01'])}")
    assert "Đủ số ngày: được tính 7 ngày" in text(found)
    there = followed(found)
    assert len(there) == 14, "a half day each"
    said = facts(page(client, there[0]))
    assert said["Lớp"].startswith("Lớp mùa hạ (L2)")
    assert said["Buổi"] == "sáng 04/05/2026"
    assert said["Có mặt"] == "có mặt"
    assert said["Tệp đã nhập"].startswith("L2.xlsx (lần nhập số ")
    assert said["Chức vụ ngày 04/05/2026"] == "Bí thư – Đảng ủy xã An Hòa"
    assert said["Cấp quản lý ngày 04/05/2026"] == "Tỉnh ủy Lam Giang"
    assert said["Nhiệm kỳ đang xét"].startswith("2025-2030: 01/10/2025 – 30/09/2030")
    assert said["Buổi học theo lịch lớp"].startswith("sáng 04/05/2026; Trực tiếp tại hội trường")


def test_what_the_page_shows_is_enough_to_redo_the_entrys_hash(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    enter(client, Role.AUDITOR)
    there = followed(page(client, f"/nguoi/{key(house, lam_giang.cadres['01'])}"))[3]
    markup = page(client, there)
    said = facts(markup)
    commitment = hashlib.sha256(
        bytes.fromhex(said["Chuỗi ngẫu nhiên kèm theo"]) + said["Nội dung"].encode()
    ).hexdigest()
    assert commitment == said["Dấu cam kết"]
    kind, at = said["Loại; thời điểm (ms)"].split("; ")
    line = [
        int(there.rpartition("/")[2]), int(at), kind, said["Khóa người trong sổ"], said["Nguồn (dấu có khóa)"],
        commitment, said["Người ghi"], said.get("Người duyệt", ""),
    ]  # fmt: skip
    redone = hashlib.sha256(bytes.fromhex(said["Mã mục liền trước"]) + canonical(line)).hexdigest()
    assert redone == said["Mã mục này"]
    assert "Mã của mục tính lại khớp với sổ. Nội dung khớp với dấu cam kết." in text(markup)


def alter(connection: Connection, seq: int) -> None:
    body = connection.execute(select(BODY.c.body).where(BODY.c.seq == seq)).scalar_one()
    said = json.loads(body) | {"place": "nơi khác"}
    connection.execute(update(BODY).where(BODY.c.seq == seq).values(body=canonical(said).decode()))


def test_an_entry_that_was_altered_is_named_so(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    enter(client, Role.AUDITOR)
    there = followed(page(client, f"/nguoi/{key(house, lam_giang.cadres['01'])}"))
    first, second = (int(each.rpartition("/")[2]) for each in there[:2])
    with house.books.writing() as connection:
        alter(connection, first)
        connection.execute(update(LEDGER).where(LEDGER.c.seq == second).values(author="Người khác"))
    assert "Nội dung KHÔNG khớp với dấu cam kết" in text(page(client, there[0]))
    assert "Mã của mục tính lại KHÔNG khớp với sổ" in text(page(client, there[1]))


def test_an_entry_that_was_taken_back_says_by_whom_and_why(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    enter(client, Role.AUDITOR)
    there = followed(page(client, f"/nguoi/{key(house, lam_giang.cadres['01'])}"))[0]
    with house.books.writing() as connection:
        seq = reverse(connection, int(there.rpartition("/")[2]), BY)
    said = text(page(client, there))
    assert f"Mục này đã được đảo ở mục {seq}, lúc 08:00 ngày 26/11/2026" in said
    assert "Lý do: ghi nhầm người. Người ghi: Người ghi; người duyệt: Người duyệt." in said


def studied(house: House, clock: Clock, launched: Open) -> str:
    """Where the page is of someone who studied ten minutes on 25/11/2026, which were sealed since."""
    clock.at_ms = ms(25, 20)
    launch = launched()
    study(house, clock, launch, 20)
    clock.at_ms = ms(26, 0, 30)
    hand_over(house)
    seal(house, house.today)
    return f"/nguoi/{key(house, launch.cadre)}"


def test_a_studied_day_is_followed_to_the_spans_of_its_launches(
    client: FlaskClient, enter: Enter, house: House, clock: Clock, launched: Open
) -> None:
    there = studied(house, clock, launched)
    enter(client, Role.AUDITOR)
    days = [each for each in followed(page(client, there)) if "Ngày tự học đã niêm phong" in page(client, each)]
    assert len(days) == 1
    markup = page(client, days[0])
    said = text(markup)
    assert facts(markup)["Ngày"] == "25/11/2026"
    assert "Khớp với tệp đang giữ." in said
    assert re.search(r"20:00:00 20:10:00 10 phút 20 lần 1 ", said), "from, to, how long, of how many spans"


def test_signs_that_were_some_way_on_the_road_make_one_stretch_to_be_added_up(
    client: FlaskClient, enter: Enter, house: House, clock: Clock, launched: Open
) -> None:
    clock.at_ms = ms(25, 20)
    launch = launched()
    for sequence in range(1, 11):
        clock.at_ms += 30_200  # what the way took lies between the signs
        take_beats(house.store, launch, [beat(sequence)], clock.at_ms)
    clock.at_ms += 60_000
    study(house, clock, launch, 1, 11)
    clock.at_ms = ms(26, 0, 30)
    hand_over(house)
    seal(house, house.today)
    enter(client, Role.AUDITOR)
    entries = [page(client, each) for each in followed(page(client, f"/nguoi/{key(house, launch.cadre)}"))]
    (said,) = (text(each) for each in entries if "Ngày tự học đã niêm phong" in each)
    assert "20:00:00 20:05:02 5 phút 10 lần 1 " in said
    assert "20:06:02 20:06:32 30 giây 1 lần 1 " in said
    assert "tối: 5 phút 30 giây" in said
    assert "Đã niêm phong 5 phút 30 giây" in said


def test_a_day_whose_file_is_gone_says_so(
    client: FlaskClient, enter: Enter, house: House, clock: Clock, launched: Open
) -> None:
    there = studied(house, clock, launched)
    for file in house.archive.folder.glob("*.parquet"):
        file.unlink()
    enter(client, Role.AUDITOR)
    found = followed(page(client, there))
    assert any("không đọc được tệp thời gian học" in text(page(client, each)) for each in found)


@pytest.mark.parametrize("code", ["01", "02", "04", "05"])
def test_every_entry_that_a_page_names_opens(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang, code: str
) -> None:
    enter(client, Role.PROVINCE_OFFICER)
    there = followed(page(client, f"/nguoi/{key(house, lam_giang.cadres[code])}"))
    assert there
    assert {ask(client, each).status_code for each in there} == {200}


def test_one_persons_key_opens_no_entry_about_another(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang
) -> None:
    enter(client, Role.AUDITOR)
    (of_an, *_) = followed(page(client, f"/nguoi/{key(house, lam_giang.cadres['01'])}"))
    seq = of_an.rpartition("/")[2]
    assert ask(client, f"/nguoi/{key(house, lam_giang.cadres['04'])}/minh-chung/{seq}").status_code == 404
    assert ask(client, f"/nguoi/{key(house, lam_giang.cadres['01'])}/minh-chung/1").status_code == 404, "an import"
    assert ask(client, f"/nguoi/{key(house, lam_giang.cadres['01'])}/minh-chung/{2**63}").status_code == 404


@pytest.mark.parametrize("grant", [("DU01", ["01", "02", "03"]), ("SO", ["02"]), ("DU02", ["04", "06"])])
def test_nobody_outside_the_grant_is_shown_in_any_way(
    client: FlaskClient, enter: Enter, lam_giang: LamGiang, house: House, grant: tuple[str, list[str]]
) -> None:
    organization, seen = grant
    enter(client, Role.UNIT_OFFICER, organization=organization)
    for code, cadre in lam_giang.cadres.items():
        there = f"/nguoi/{key(house, cadre)}"
        answers = [ask(client, path).status_code for path in (there, f"{there}/phieu.pdf")]
        assert answers == ([200, 200] if code in seen else [404, 404]), code
    assert ask(client, f"/nguoi/{'0' * 32}").status_code == 404


@pytest.mark.parametrize("role", [Role.LECTURER, Role.MONITOR, Role.ADMINISTRATOR])
def test_lecturers_monitors_and_administrators_see_no_persons_days(
    client: FlaskClient, enter: Enter, house: House, lam_giang: LamGiang, role: Role
) -> None:
    enter(client, role)
    there = f"/nguoi/{key(house, lam_giang.cadres['01'])}"
    paths = (there, f"{there}/phieu.pdf", f"{there}/minh-chung/20")
    assert [ask(client, path).status_code for path in paths] == [403, 403, 403]
