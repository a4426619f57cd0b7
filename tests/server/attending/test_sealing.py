"""Sealing: what a closed session came to goes into the ledger once, and only what is known."""

from collections.abc import Iterable

import pytest
from boiduong_exporter.sealing.sheets import Seen, seal_sheet, standing_at
from boiduong_records.decision import Decision
from boiduong_records.ledger import head, reverse
from boiduong_records.merging import merge
from boiduong_records.tables import LEDGER, SESSION
from boiduong_records.verify import verify
from boiduong_records.versions import apply, find
from boiduong_server.attending import sealing
from boiduong_server.attending.lines import Writer, Written, write
from boiduong_server.attending.objections import Answerer, Upheld, answer, object_to, objections_at, unanswered
from boiduong_server.attending.readings import confirm
from boiduong_server.attending.scanning import Claim, Reader, admit, claim
from boiduong_server.attending.sealing import kept_from_ms, seal_due, sweep, unclosed
from boiduong_server.attending.sheet import How, Mark
from boiduong_server.attending.sittings import Sitting, Slot, close, open_sitting, reopen
from boiduong_server.attending.stamps import stamp
from boiduong_server.errors import ServerError
from boiduong_server.house import House
from boiduong_server.tables import REFUSED, SCAN
from boiduong_vocabulary.evidence import Attendance, Presence
from sqlalchemy import func, select

from tests.server.attending.held import AFTERNOON, BRIDGE, CLASS, HALL, MORNING, Held
from tests.server.conftest import Clock
from tests.server.lam_giang import ms

HAND = Writer(1, "Lê Thị Hằng (ql-1)", How.HAND)
BY = Decision("ghi nhầm", "Người ghi", "Người duyệt", ms(30, 9))
DONE = "Đã niêm phong điểm danh lớp DD1, buổi sáng 26/11/2026: "
AFTER = ms(30, 0, 30)
"""The night after objections to a session of the 26th are over."""


def reader(held: Held, code: str) -> Reader:
    return Reader(1, held.cadres[code], frozenset({CLASS}), code)


def scan(held: Held, sitting: Sitting, *codes: str) -> None:
    """These people read the code that the screen shows now."""
    now = held.house.now_ms()
    for code in codes:
        admit(held.house.store, reader(held, code), stamp(sitting.public, held.code(sitting), now), now)


def close_now(held: Held, *sittings: Sitting) -> None:
    for each in sittings:
        close(held.house.store, each, f"đóng {each.place}", 3, held.house.now_ms())


def line(held: Held, sitting: Sitting, code: str, mark: Mark, **more: int) -> None:
    now = held.house.now_ms()
    written = Written(held.cadres[code], mark, now, f"{code}-{now}", reason="quên điện thoại", **more)
    write(held.house.store, sitting, HAND, [written], now)


def seal(house: House) -> list[str]:
    return list(seal_due(house.books, house.store, house.rules.attending, house.now_ms()))


def sealed(held: Held, slot: Slot = MORNING) -> dict[str, Attendance]:
    """What the ledger has, by the person's code."""
    with held.house.books.reading() as books:
        found = standing_at(books, CLASS, (slot.date, slot.half))
    return {code: found[cadre][1] for code, cadre in held.cadres.items() if cadre in found}


def presences(held: Held, slot: Slot = MORNING) -> dict[str, str]:
    return {code: said.presence.value for code, said in sealed(held, slot).items()}


def authors(held: Held, codes: Iterable[str]) -> list[str]:
    with held.house.books.reading() as books:
        found = standing_at(books, CLASS, (MORNING.date, MORNING.half))
        seqs = [found[held.cadres[code]][0] for code in codes]
        rows = dict(books.execute(select(LEDGER.c.seq, LEDGER.c.author).where(LEDGER.c.seq.in_(seqs))).all())
    return [rows[seq] for seq in seqs]


@pytest.fixture
def both(held: Held, clock: Clock) -> tuple[Sitting, Sitting]:
    """At 8:00 01 to 04 came to the hall and 06 to the bridge; 02 has leave; both closed at 11:40."""
    hall, bridge = held.sitting(HALL), held.sitting(BRIDGE)
    scan(held, hall, "01", "03", "04")
    scan(held, bridge, "06")
    line(held, hall, "02", Mark.EXCUSED)
    clock.at_ms = ms(26, 11, 40)
    close_now(held, hall, bridge)
    return held.now(hall), held.now(bridge)


@pytest.mark.usefixtures("both")
def test_everybody_enrolled_has_one_entry_in_the_name_of_who_closed_their_place(held: Held, clock: Clock) -> None:
    clock.at_ms = AFTER
    assert seal(held.house) == [f"{DONE}8 người, 8 mục mới."]
    assert presences(held) == {
        "01": "present", "02": "excused", "03": "present", "04": "present", "05": "absent", "06": "present",
        "07": "absent", "08": "absent",
    }  # fmt: skip
    of_an = sealed(held)["01"]
    assert (of_an.place, of_an.delivery.value, of_an.check_in, of_an.check_out) == (HALL, "hall", 480, None)
    assert (sealed(held)["07"].place, sealed(held)["07"].delivery.value) == (BRIDGE, "bridge")
    assert authors(held, ("01", "05", "06", "08")) == [f"đóng {HALL}"] * 2 + [f"đóng {BRIDGE}"] * 2
    with held.house.books.reading() as books:
        assert list(verify(books)) == []


@pytest.mark.usefixtures("both")
def test_a_second_night_enters_nothing(held: Held, clock: Clock) -> None:
    clock.at_ms = AFTER
    seal(held.house)
    assert seal(held.house) == []


@pytest.mark.parametrize("at", [ms(26, 23), ms(29, 23, 59)])
@pytest.mark.usefixtures("both")
def test_nothing_is_sealed_while_somebody_may_object(held: Held, clock: Clock, at: int) -> None:
    clock.at_ms = at
    assert (seal(held.house), presences(held)) == ([], {})


def test_dying_between_the_ledger_and_the_mark_enters_nothing_twice(
    held: Held, clock: Clock, both: tuple[Sitting, Sitting], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock.at_ms = AFTER
    with monkeypatch.context() as killed:
        killed.setattr(sealing, "update", lambda _: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            seal(held.house)
    assert held.now(both[0]).sealed_ms is None
    assert seal(held.house) == [f"{DONE}8 người, 0 mục mới."]
    assert held.now(both[0]).sealed_ms == AFTER


def test_a_sitting_that_nobody_closed_holds_its_session_up_and_is_told(held: Held, clock: Clock) -> None:
    hall, bridge = held.sitting(HALL), held.sitting(BRIDGE)
    scan(held, hall, "01")
    close_now(held, hall)
    clock.at_ms = AFTER
    said = "Chưa niêm phong được điểm danh lớp DD1, buổi sáng 26/11/2026: chưa kết thúc điểm danh ở «Điểm cầu Sông Mã»."
    assert seal(held.house) == [said]
    assert presences(held) == {}
    with held.house.store.reading() as connection:
        assert [each.public for each in unclosed(connection, AFTER, [CLASS])] == [bridge.public]
        assert unclosed(connection, AFTER, ["LỚP KHÁC"]) == []


def test_where_attendance_was_not_held_nobody_is_absent(held: Held, clock: Clock) -> None:
    hall = held.sitting(HALL)
    scan(held, hall, "01", "08")
    close_now(held, hall)
    clock.at_ms = AFTER
    assert seal(held.house) == [f"{DONE}6 người, 6 mục mới; 2 người chưa rõ vì nơi học của họ chưa điểm danh."]
    assert not {"06", "07"} & presences(held).keys()
    assert sealed(held)["08"].place == HALL, "whoever sits at the bridge and came to the hall was in the hall"


def test_a_bridge_whose_word_comes_later_is_sealed_later(held: Held, clock: Clock) -> None:
    hall, bridge = held.sitting(HALL), held.prepared(BRIDGE)
    scan(held, hall, "01")
    now = clock.at_ms
    said = Claim(bridge.public, held.code(bridge), now, "n1")
    close_now(held, hall)
    clock.at_ms = AFTER
    seal(held.house)
    assert "06" not in presences(held)
    claim(held.house.store, reader(held, "06"), said, clock.at_ms)
    assert "chưa kết thúc điểm danh ở «Điểm cầu Sông Mã»" in seal(held.house)[0]
    confirm(held.house.store, bridge, ["n1"], "Cao Văn Sơn", clock.at_ms)
    open_sitting(held.house.store, bridge, "Cao Văn Sơn", clock.at_ms)
    close_now(held, bridge)
    clock.at_ms = ms(30, 0, 30) + 4 * 86_400_000
    assert seal(held.house) == [f"{DONE}3 người, 3 mục mới."]
    assert (presences(held)["06"], presences(held)["07"]) == ("present", "absent")


def test_who_waits_for_an_answer_is_sealed_after_it_and_the_others_before(
    held: Held, clock: Clock, both: tuple[Sitting, Sitting]
) -> None:
    store = held.house.store
    object_to(store, both[0], held.cadres["05"], "có mặt từ 8:10, máy hết pin", clock.at_ms)
    clock.at_ms = AFTER
    assert seal(held.house) == [f"{DONE}7 người, 7 mục mới; 1 người chờ trả lời ý kiến hoặc xác nhận mã."]
    assert "05" not in presences(held)
    with store.reading() as connection:
        (one,) = objections_at(connection, [both[0].id])
        assert unanswered(connection, [CLASS]) == {both[0].public: 1}
    clock.at_ms = ms(30, 9)
    who = Answerer(1, "Lê Thị Hằng (ql-1)")
    upheld = Upheld(Mark.PRESENT, 490)
    store.write(lambda connection: answer(connection, one, who, "có người làm chứng", upheld, clock.at_ms))
    assert seal(held.house) == [f"{DONE}1 người, 1 mục mới."]
    assert (sealed(held)["05"].presence, sealed(held)["05"].check_in) == (Presence.PRESENT, 490)
    assert seal(held.house) == []


def test_a_claim_that_nobody_judged_makes_neither_present_nor_absent(held: Held, clock: Clock) -> None:
    hall = held.sitting(HALL)
    claim(held.house.store, reader(held, "01"), Claim(hall.public, held.code(hall), clock.at_ms, "n1"), clock.at_ms)
    close_now(held, hall)
    clock.at_ms = AFTER
    seal(held.house)
    assert "01" not in presences(held)
    clock.at_ms += 1
    confirm(held.house.store, hall, ["n1"], "Lê Thị Hằng", clock.at_ms)
    seal(held.house)
    assert sealed(held)["01"].check_in == 480


@pytest.mark.usefixtures("both")
def test_what_the_ledger_has_otherwise_is_told_and_stays(held: Held, clock: Clock, house: House) -> None:
    with house.books.writing() as books:
        absent = Seen(held.cadres["01"], Presence.ABSENT, HALL, by="bản giấy")
        seal_sheet(books, CLASS, (MORNING.date, MORNING.half), [absent], clock.at_ms)
    clock.at_ms = AFTER
    told = seal(house)
    assert told[0].endswith("7 người, 7 mục mới.")
    assert told[1].startswith("Chưa ghi mã cán bộ 01: buổi sáng 26/11/2026 đã ghi khác ở mục ")
    assert presences(held)["01"] == "absent"


def test_what_two_people_took_back_does_not_come_again(
    held: Held, clock: Clock, both: tuple[Sitting, Sitting], house: House
) -> None:
    clock.at_ms = AFTER
    object_to(house.store, both[0], held.cadres["01"], "vào từ 7:40", ms(29, 8))
    seal(house)
    with house.books.writing() as books:
        seq = standing_at(books, CLASS, (MORNING.date, MORNING.half))[held.cadres["03"]][0]
        reverse(books, seq, BY)
    with house.store.reading() as connection:
        (one,) = objections_at(connection, [both[0].id])
    clock.at_ms += 60_000
    answered = Answerer(1, "Lê Thị Hằng (ql-1)")
    house.store.write(lambda connection: answer(connection, one, answered, "đúng như đã ghi", None, clock.at_ms))
    seal(house)
    assert "03" not in presences(held)
    assert presences(held)["01"] == "present"


def test_who_was_merged_since_is_one_person(
    held: Held, clock: Clock, both: tuple[Sitting, Sitting], house: House
) -> None:
    del both
    with house.books.writing() as books:
        merge(books, held.cadres["05"], held.cadres["04"], BY)
    clock.at_ms = AFTER
    seal(house)
    assert sealed(held)["05"].presence is Presence.PRESENT
    assert "04" not in sealed(held)


def test_after_the_seal_no_line_is_written(held: Held, clock: Clock, both: tuple[Sitting, Sitting]) -> None:
    clock.at_ms = AFTER
    seal(held.house)
    with pytest.raises(ServerError, match="đã niêm phong"):
        line(held, both[0], "05", Mark.PRESENT)


def test_a_class_that_is_gone_is_told(held: Held, clock: Clock, both: tuple[Sitting, Sitting], house: House) -> None:
    del both
    with house.books.writing() as books:
        apply(books, SESSION, find(books, SESSION, [], groups=[(CLASS,)], key=("class_code",)), head(books).seq)
    clock.at_ms = AFTER
    assert seal(held.house) == [
        "Chưa niêm phong được điểm danh lớp DD1, buổi sáng 26/11/2026: lịch lớp trong sổ không còn buổi này."
    ]


def test_readings_are_kept_for_whole_months_after_the_seal_and_the_ledger_stays(
    held: Held, clock: Clock, both: tuple[Sitting, Sitting], house: House
) -> None:
    del both
    clock.at_ms = AFTER
    seal(house)
    edge = kept_from_ms(house.today, 0)
    assert edge == ms(1, 0)

    def rows() -> int:
        with house.store.reading() as connection:
            return sum(
                connection.execute(select(func.count()).select_from(each)).scalar_one() for each in (SCAN, REFUSED)
            )

    assert sweep(house.store, AFTER) == 0
    assert rows() == 4
    assert sweep(house.store, AFTER + 1) == 4
    assert rows() == 0
    assert presences(held)["01"] == "present"


@pytest.mark.parametrize("way", ["answer", "confirm"])
def test_a_word_that_had_to_wait_for_the_seal_is_entered_after_it(held: Held, clock: Clock, way: str) -> None:
    """Its moment was taken before the night's, and it is written after: whoever waited must not wait for ever."""
    hall, house = held.sitting(), held.house
    kept = Claim(hall.public, held.code(hall), clock.at_ms, "0" * 32)
    if way == "confirm":
        claim(house.store, reader(held, "05"), kept, clock.at_ms)
    clock.at_ms = ms(26, 11, 40)
    close_now(held, hall)
    if way == "answer":
        object_to(house.store, held.now(hall), held.cadres["05"], "có mặt", clock.at_ms)
    clock.at_ms = AFTER
    seal(house)
    assert "05" not in presences(held)
    if way == "confirm":
        confirm(house.store, hall, [kept.nonce], "Hằng", AFTER - 1)
    else:
        with house.store.reading() as store:
            (one,) = objections_at(store, [hall.id])
        who, upheld = Answerer(1, "Hằng"), Upheld(Mark.PRESENT, 480)
        house.store.write(lambda connection: answer(connection, one, who, "đúng", upheld, AFTER - 1))
    clock.at_ms = AFTER + 24 * 3_600_000
    seal(house)
    assert presences(held)["05"] == "present"


def test_an_objection_that_meets_the_seal_or_an_opening_is_refused(held: Held, clock: Clock) -> None:
    """The page asked while it was closed; by the time it is written it is sealed."""
    hall = held.sitting()
    clock.at_ms = ms(26, 11, 40)
    close_now(held, hall)
    closed = held.now(hall)
    clock.at_ms = AFTER
    seal(held.house)
    with pytest.raises(ServerError, match="hết hạn nêu ý kiến"):
        object_to(held.house.store, closed, held.cadres["05"], "có mặt", ms(29, 23, 59))


def test_what_is_opened_again_while_the_night_is_at_others_is_not_sealed(held: Held, clock: Clock) -> None:
    morning = held.sitting()
    clock.at_ms = ms(26, 13, 30)
    afternoon = held.sitting(slot=AFTERNOON)
    scan(held, afternoon, "01")
    close_now(held, morning, afternoon)
    clock.at_ms = AFTER
    night = seal_due(held.house.books, held.house.store, held.house.rules.attending, AFTER)
    assert "buổi sáng" in next(night)
    reopen(held.house.store, held.now(afternoon))
    assert list(night) == ["Chưa niêm phong được điểm danh lớp DD1, buổi chiều 26/11/2026: vừa được mở lại."]
    assert presences(held, AFTERNOON) == {}
