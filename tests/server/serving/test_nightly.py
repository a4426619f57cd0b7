"""What a night does: study goes into the books and becomes evidence, once."""

from pathlib import Path

import pytest
from boiduong_exporter.sealing.sheets import standing_of
from boiduong_records.errors import BooksError
from boiduong_records.verify import verify
from boiduong_server.attending.sittings import close
from boiduong_server.house import House
from boiduong_server.serving import nightly
from boiduong_server.serving.nightly import Nights, is_due, night, pause_ms, wait_ms
from boiduong_server.study.beats import take_beats
from boiduong_vocabulary.command import main

from tests.server.attending.conftest import held, laid_out
from tests.server.attending.held import HALL, Held
from tests.server.attending.test_sealing import AFTER, DONE, close_now, scan
from tests.server.conftest import Clock
from tests.server.lam_giang import LamGiang, ms
from tests.server.study.conftest import Open, launched, opening, package
from tests.server.study.test_beats import beat

__all__ = ["held", "laid_out", "launched", "opening", "package"]


@pytest.fixture
def studied(house: House, clock: Clock, launched: Open) -> None:
    """Ten minutes of yesterday evening."""
    clock.at_ms = ms(25, 20)
    launch = launched()
    for sequence in range(1, 21):
        clock.at_ms += 30_000
        take_beats(house.store, launch, [beat(sequence)], clock.at_ms)
    clock.at_ms = ms(26, 0, 30)


@pytest.mark.usefixtures("studied")
def test_a_night_makes_evidence_of_the_day_before_and_a_second_one_does_nothing(house: House) -> None:
    assert list(night(house)) == [
        "Đã đưa vào sổ 20 nhịp học và kết quả của 0 lượt học chuyên đề.",
        "Đã niêm phong ngày 25/11/2026: 1 người, 0,1 giờ học, 1 mục mới.",
    ]
    assert list(night(house)) == []
    with house.books.reading() as connection:
        assert list(verify(connection)) == []


@pytest.mark.usefixtures("studied")
def test_what_the_books_would_not_have_is_told_and_kept(house: House, clock: Clock, launched: Open) -> None:
    clock.at_ms = ms(25, 21)
    take_beats(house.store, launched(class_code="KHONG-CO"), [beat(1)], clock.at_ms + 30_000)
    clock.at_ms = ms(26, 0, 30)
    said = list(night(house))
    assert said[1].startswith("Sổ chưa nhận 1 nhịp hoặc kết quả")


@pytest.mark.parametrize(
    ("now", "minutes"),
    [(ms(26, 0, 30), 24 * 60), (ms(26, 0, 29), 1), (ms(26, 12), 12 * 60 + 30), (ms(26, 0, 31), 24 * 60 - 1)],
)
def test_the_next_night_is_at_half_past_midnight(now: int, minutes: int) -> None:
    assert wait_ms(now) == minutes * 60_000


@pytest.mark.parametrize(
    ("now", "due", "minutes", "is_now"),
    [
        (ms(26, 0, 30), ms(26, 0, 30), 0, True),
        (ms(26, 8), ms(26, 0, 30), 0, True),  # the machine slept over it
        (ms(26, 0, 20), ms(26, 0, 30), 10, False),
        (ms(26, 0, 31), ms(27, 0, 30), 60, False),  # the clock is looked at every hour
        (ms(21, 8), ms(26, 0, 30), 60, True),  # it had run five days ahead
    ],
)
def test_a_night_is_due_by_the_clock_however_long_the_machine_slept(
    now: int, due: int, minutes: int, is_now: bool
) -> None:
    assert (pause_ms(now, due), is_due(now, due)) == (minutes * 60_000, is_now)


@pytest.mark.usefixtures("studied")
def test_a_server_that_slept_through_the_night_does_it_when_it_starts(
    house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    nights = Nights(house)
    nights.start()
    nights.stop()
    assert "Đã niêm phong ngày 25/11/2026" in capsys.readouterr().out


def test_a_night_that_failed_is_told_and_tried_again(
    house: House, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_house: House) -> None:
        raise BooksError("sổ đang bận", "chờ rồi thử lại")

    monkeypatch.setattr(nightly, "hand_over", refuse)
    nights = Nights(house)
    assert not nights.once()
    assert "Việc ban đêm chưa xong: sổ đang bận; chờ rồi thử lại." in capsys.readouterr().err


@pytest.mark.usefixtures("studied")
@pytest.mark.parametrize("where", ["cạnh sổ"])  # the command looks where the books are
def test_the_seal_from_a_command_takes_what_the_server_holds(
    lam_giang: LamGiang, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["seal", "--books", str(lam_giang.books), "--beats", str(tmp_path / "nhip")]) == 0
    said = capsys.readouterr().out
    assert "Đã đưa vào sổ 20 nhịp học" in said
    assert "Đã niêm phong ngày 25/11/2026: 1 người" in said


def test_the_seal_tells_of_a_servers_tables_that_cannot_be_opened(
    lam_giang: LamGiang, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (lam_giang.folder / "may-chu.sqlite").write_bytes(b"no database at all, " * 100)
    assert main(["seal", "--books", str(lam_giang.books), "--beats", str(tmp_path / "nhip")]) == 1
    assert "Máy chủ chưa ghi hoặc đọc được dữ liệu" in capsys.readouterr().err


def attended(held: Held, clock: Clock) -> None:
    """01 came to the hall at 8:00, and it was closed at 11:40."""
    hall = held.sitting(HALL)
    scan(held, hall, "01")
    clock.at_ms = ms(26, 11, 40)
    close_now(held, hall)


def test_a_night_seals_attendance_before_the_days_and_the_half_day_counts(
    house: House, held: Held, clock: Clock
) -> None:
    attended(held, clock)
    clock.at_ms = AFTER
    assert list(night(house)) == [f"{DONE}5 người, 5 mục mới; 3 người chưa rõ vì nơi học của họ chưa điểm danh."]
    assert list(night(house)) == []
    with house.books.reading() as books:
        found = standing_of(books, [held.cadres["01"]])
        assert [said.check_in for _, said in found if said.class_code == "DD1"] == [480]


def test_codes_that_were_read_are_deleted_when_beats_of_their_time_are(house: House, held: Held, clock: Clock) -> None:
    attended(held, clock)
    clock.at_ms = AFTER
    list(night(house))
    clock.at_ms = AFTER + 365 * 86_400_000
    assert list(night(house)) == [], "twelve whole months, from the first of a month"
    clock.at_ms += 86_400_000
    assert list(night(house)) == ["Đã xóa 1 lần quét mã điểm danh hết hạn giữ; kết quả từng buổi vẫn còn trong sổ."]


@pytest.mark.parametrize("where", ["cạnh sổ"])
def test_the_seal_from_a_command_takes_attendance_too(
    held: Held, lam_giang: LamGiang, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    hall = held.sitting(HALL)
    scan(held, hall, "01")
    close(held.house.store, hall, "Lê Thị Hằng (ql-1)", 3, 0)
    assert main(["seal", "--books", str(lam_giang.books), "--beats", str(tmp_path / "nhip")]) == 0
    assert f"{DONE}5 người, 5 mục mới" in capsys.readouterr().out
