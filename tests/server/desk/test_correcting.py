"""A sealed half day set right by two people, and what an inspector sees of it."""

import pytest
from boiduong_exporter.sealing.sheets import standing_at
from boiduong_records.decision import Decision
from boiduong_records.ledger import reverse
from boiduong_records.merging import merge
from boiduong_records.tables import BODY, LEDGER
from boiduong_records.verify import verify
from boiduong_server.accounts.account import Account
from boiduong_server.accounts.roles import Role
from boiduong_server.attending import corrections as rules
from boiduong_server.attending.corrections import Officer, approve, corrections
from boiduong_server.attending.readings import confirm
from boiduong_server.attending.scanning import Claim, claim
from boiduong_server.attending.sittings import Sitting
from boiduong_server.house import House
from boiduong_server.tables import AUDIT
from flask.testing import FlaskClient
from sqlalchemy import select

from tests.exporter.office import Office
from tests.server.attending.conftest import held, laid_out
from tests.server.attending.held import HALL, MORNING, NAMES, Held, log_in
from tests.server.attending.test_sealing import AFTER, both, close_now, reader, scan, seal, sealed
from tests.server.conftest import Clock
from tests.server.desk.reading_pages import ask, key, page, text
from tests.server.desk.test_objecting import object_, post
from tests.server.lam_giang import LamGiang, ms

__all__ = ["both", "held", "laid_out"]
PRESENT = {"ket_qua": "present", "noi": HALL, "vao": "07:35", "ly_do": "bản ký giấy"}


@pytest.fixture
def first(held: Held, clock: Clock, both: tuple[Sitting, Sitting]) -> Account:
    """An officer of the province; the morning is sealed, in which 05 was absent."""
    del both
    clock.at_ms = AFTER
    seal(held.house)
    clock.at_ms = ms(30, 9)
    return held.account("cb-1", "Đỗ Thị Nga", role=Role.PROVINCE_OFFICER)


@pytest.fixture
def second(held: Held, first: Account) -> Account:
    del first
    return held.account("cb-2", "Bùi Văn Thọ", role=Role.PROVINCE_OFFICER)


def entry(held: Held, code: str) -> int:
    with held.house.books.reading() as books:
        return standing_at(books, MORNING.class_code, (MORNING.date, MORNING.half))[held.cadres[code]][0]


def form(held: Held, code: str) -> str:
    return f"/dinh-chinh/{key(held.house, held.cadres[code])}/{entry(held, code)}"


def propose(client: FlaskClient, held: Held, who: Account, code: str = "05", **changed: str) -> tuple[int, str]:
    log_in(client, held.house, who)
    return post(client, form(held, code), **{**PRESENT, **changed})


def number(house: House) -> int:
    with house.store.reading() as connection:
        return max(each.id for each in corrections(connection))


def decide(client: FlaskClient, held: Held, who: Account, how: str, **said: str) -> tuple[int, str]:
    log_in(client, held.house, who)
    return post(client, f"/dinh-chinh/{number(held.house)}/{how}", **said)


def test_two_people_set_a_sealed_half_day_right(
    client: FlaskClient, held: Held, first: Account, second: Account
) -> None:
    old = entry(held, "05")
    log_in(client, held.house, first)
    assert "Sổ đang ghi: vắng" in text(page(client, form(held, "05")))
    status, shown = propose(client, held, first)
    assert (status, "Chờ duyệt" in shown) == (303, True)
    assert sealed(held)["05"].presence == "absent", "nothing changes before the second"
    status, shown = decide(client, held, second, "duyet")
    assert status == 303
    assert f"Đã đính chính cho {NAMES['05']}: mục {old} được đảo, mục mới là {entry(held, '05')}." in shown
    assert (sealed(held)["05"].presence, sealed(held)["05"].check_in) == ("present", 455)
    with held.house.books.reading() as books:
        assert list(verify(books)) == []
        rows = books.execute(select(LEDGER).where(LEDGER.c.seq > old).order_by(LEDGER.c.seq.desc()).limit(2)).all()
        reason = books.execute(select(BODY.c.body).where(BODY.c.seq == rows[1].seq)).scalar_one()
    assert [(row.author, row.approver) for row in rows] == [("Đỗ Thị Nga (cb-1)", "Bùi Văn Thọ (cb-2)")] * 2
    assert "bản ký giấy (đề nghị đính chính số 1)" in reason


def test_nobody_approves_what_they_asked_for(client: FlaskClient, held: Held, first: Account) -> None:
    propose(client, held, first)
    status, shown = decide(client, held, first, "duyet")
    assert (status, "người đề nghị không tự duyệt" in shown) == (409, True)
    assert decide(client, held, first, "tu-choi", ly_do="x")[0] == 409
    assert sealed(held)["05"].presence == "absent"


def test_it_is_decided_once(client: FlaskClient, held: Held, first: Account, second: Account) -> None:
    propose(client, held, first)
    assert decide(client, held, second, "duyet")[0] == 303
    for how in ("duyet", "tu-choi", "rut"):
        assert decide(client, held, second, how, ly_do="x")[0] == 409, how


def test_what_was_reversed_by_command_meanwhile_is_refused(
    client: FlaskClient, held: Held, first: Account, second: Account
) -> None:
    propose(client, held, first)
    with held.house.books.writing() as books:
        reverse(books, entry(held, "05"), Decision("ghi nhầm", "Người ghi", "Người duyệt", ms(30, 10)))
    status, shown = decide(client, held, second, "duyet")
    assert (status, "đã được đảo sau khi có đề nghị này" in shown) == (409, True)
    assert decide(client, held, second, "tu-choi", ly_do="đã đảo bằng lệnh")[0] == 303


def test_an_approval_cut_short_is_made_good_by_the_next(
    client: FlaskClient, held: Held, first: Account, second: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    propose(client, held, first)
    officer = Officer(second.user, "Bùi Văn Thọ (cb-2)")
    with monkeypatch.context() as killed:
        killed.setattr(rules, "_decide", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            approve(held.house.books, held.house.store, number(held.house), officer, ms(30, 10))
    assert sealed(held)["05"].presence == "present"
    assert decide(client, held, second, "duyet")[0] == 303
    with held.house.store.reading() as connection:
        assert corrections(connection)[0].approved
    with held.house.books.reading() as books:
        assert list(verify(books)) == []


@pytest.mark.parametrize(
    ("changed", "why"),
    [
        ({"ket_qua": "absent", "vao": ""}, "không có gì khác"),
        ({"ket_qua": "absent"}, "người vắng thì không có giờ vào"),
        ({"vao": "9:00", "ra": "8:00"}, "giờ ra không sau giờ vào"),
        ({"vao": "25:00"}, "không hiểu giờ"),
        ({"ly_do": " "}, "chưa ghi lý do"),
        ({"ket_qua": ""}, "chưa chọn kết quả"),
        ({"noi": "Nơi lạ"}, "không có điểm học"),
        ({"noi": ""}, "chưa ghi học ở đâu"),
    ],
)
def test_what_cannot_stand_is_not_proposed(
    client: FlaskClient, held: Held, first: Account, changed: dict[str, str], why: str
) -> None:
    status, shown = propose(client, held, first, **changed)
    assert status == 422
    assert why.casefold() in shown.casefold()


def test_one_wish_for_an_entry_at_a_time(client: FlaskClient, held: Held, first: Account, second: Account) -> None:
    propose(client, held, first)
    assert propose(client, held, second, vao="07:45")[0] == 409
    assert decide(client, held, second, "rut")[0] == 409, "another's"
    status, shown = decide(client, held, first, "rut")
    assert (status, "Đã rút lại" in shown) == (303, True)
    assert propose(client, held, second, vao="07:45")[0] == 303


def test_who_declines_says_why_and_the_ledger_stays(
    client: FlaskClient, held: Held, first: Account, second: Account
) -> None:
    propose(client, held, first)
    assert decide(client, held, second, "tu-choi")[0] == 422
    status, shown = decide(client, held, second, "tu-choi", ly_do="không thấy chữ ký")
    assert (status, "không thấy chữ ký" in shown) == (303, True)
    assert sealed(held)["05"].presence == "absent"
    with held.house.store.reading() as connection:
        found = [row.action for row in connection.execute(select(AUDIT).where(AUDIT.c.action.startswith("corr")))]
    assert found == ["correction.asked", "correction.declined"]


def test_nobody_decides_about_themselves(client: FlaskClient, held: Held, first: Account) -> None:
    propose(client, held, first)
    own = held.account("05", "", held.cadres["05"], role=Role.PROVINCE_OFFICER)
    status, shown = decide(client, held, own, "duyet")
    assert (status, "tự quyết định về chính mình" in shown) == (403, True)


def test_people_beyond_ones_care_are_as_if_they_did_not_exist(client: FlaskClient, held: Held, first: Account) -> None:
    propose(client, held, first, "05")
    other = held.account("cb-9", "Cán bộ xã", role=Role.UNIT_OFFICER, organization="DU02")
    log_in(client, held.house, other)
    for code in ("01", "05"):
        assert ask(client, form(held, code)).status_code == 404
    assert "Không có đề nghị nào đang chờ." in text(page(client, "/dinh-chinh"))
    assert post(client, f"/dinh-chinh/{number(held.house)}/duyet")[0] == 404
    log_in(client, held.house, first)
    theirs = f"/dinh-chinh/{key(held.house, held.cadres['01'])}/{entry(held, '05')}"
    assert ask(client, theirs).status_code == 404, "one person's key opens no entry about another"


def test_words_that_stood_before_may_stand_again_and_a_sheet_brings_nothing_twice(
    client: FlaskClient, held: Held, first: Account, second: Account, lam_giang: LamGiang
) -> None:
    rounds = ({}, {"ket_qua": "absent", "vao": ""}, {})
    for changed in rounds:
        assert propose(client, held, first, **changed)[0] == 303
        assert decide(client, held, second, "duyet")[0] == 303
    assert (sealed(held)["05"].presence, sealed(held)["05"].check_in) == ("present", 455)
    stands = entry(held, "05")
    head = ("Mã lớp", "Mã cán bộ", "Họ và tên", "Điểm học", "26/11/2026 sáng vào")
    sheet = {"Bảng": [head, ("DD1", "05", NAMES["05"], HALL, "7:35")]}
    office = Office(lam_giang.folder)
    office.bring("attendance", sheet, "ban-ky")
    assert entry(held, "05") == stands


# What an inspector sees -----------------------------------------------------------------------------------------------


def proof(held: Held, code: str) -> str:
    return f"/nguoi/{key(held.house, held.cadres[code])}/minh-chung/{entry(held, code)}"


def test_an_inspector_follows_a_half_day_to_codes_lines_and_objections(
    client: FlaskClient, held: Held, clock: Clock
) -> None:
    hall = held.sitting(HALL)
    claim(held.house.store, reader(held, "01"), Claim("", held.code(hall), clock.at_ms, "n1"), clock.at_ms + 90_000)
    confirm(held.house.store, hall, ["n1"], "Lê Thị Hằng (ql-1)", clock.at_ms + 120_000)
    clock.at_ms += 15_000
    scan(held, hall, "02")
    clock.at_ms = ms(26, 11, 40)
    close_now(held, hall)
    heard = object_(client, held, hall, "03", "máy hết pin")
    log_in(client, held.house, held.monitor(HALL))
    post(client, f"/buoi/{hall.public}/y-kien/{heard}", tra_loi="present", vao="7:40", ly_do="đúng")
    clock.at_ms = AFTER
    seal(held.house)
    auditor = held.account("kt-1", "Kiểm tra", role=Role.AUDITOR)
    log_in(client, held.house, auditor)
    said = text(page(client, proof(held, "01")))
    assert "08:00:00" in said
    assert "gõ mã; giữ trên máy khi mất mạng; Lê Thị Hằng (ql-1) đã xác nhận, 08:02 ngày 26/11/2026" in said
    assert "Mở điểm danh 08:00 ngày 26/11/2026, Lê Thị Hằng" in said
    assert "08:00:15" in text(page(client, proof(held, "02")))
    of_third = text(page(client, proof(held, "03")))
    assert "có mặt, vào 7:40" in of_third
    assert "theo ý kiến học viên: đúng" in of_third
    assert "máy hết pin . Chấp nhận: đúng (Lê Thị Hằng (ql-1)" in of_third
    assert "Đề nghị đính chính" not in of_third, "auditors look on"


def test_the_proof_leads_officers_to_a_correction_and_tells_what_became_of_it(
    client: FlaskClient, held: Held, first: Account, second: Account
) -> None:
    there = proof(held, "05")
    log_in(client, held.house, first)
    assert f'href="{form(held, "05")}"' in page(client, there)
    propose(client, held, first)
    assert "Đề nghị số 1 của Đỗ Thị Nga (cb-1)" in text(page(client, there))
    decide(client, held, second, "duyet")
    said = text(page(client, there))
    assert "Mục này đã được đảo ở mục" in said
    assert "Đã duyệt: Bùi Văn Thọ (cb-2)" in said


def test_two_accounts_of_one_person_are_one_person(client: FlaskClient, held: Held, first: Account) -> None:
    """Two files of a person, each with its account, are found to be the same one's and merged."""
    own = [held.account(code, NAMES[code], held.cadres[code], Role.PROVINCE_OFFICER) for code in ("06", "07")]
    propose(client, held, own[0])
    with held.house.books.writing() as books:
        merge(books, held.cadres["07"], held.cadres["06"], Decision("một người", "A", "B", ms(30, 9)))
    for how in ("duyet", "tu-choi"):
        status, shown = decide(client, held, own[1], how, ly_do="x")
        assert (status, "bằng tài khoản khác" in shown) == (409, True), shown
    assert decide(client, held, first, "tu-choi", ly_do="x")[0] == 303
